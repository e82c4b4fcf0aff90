"""verify_archive PACKAGE.zip [--key FINGERPRINT] [--json]: the check of the package, and of its 件 with those kept here."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from documents.archiving.comparing import verified
from documents.archiving.verify import PASSED, NoPackage, key_of
from foundation.journal.keys import BadKey
from foundation.organization.commands import OwnCommand, bad_input, tell_verdict


class Command(OwnCommand):
    help = "Check an archive package: signature, manifest, files, chains, and this archive. Exit 1 if anything is wrong."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("package", metavar="PACKAGE.zip")
        parser.add_argument("--key", default="", help="fingerprint of the key that must have signed it")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, package: str, json: bool, key: str = "", **_: Any) -> None:
        with bad_input(NoPackage, BadKey):
            found = verified(package, key_of(key) if key else "")
        for one in found.notes:
            self.stderr.write(one)
        words = "\n".join(found.reasons) or f"{PASSED}\n{found.says}"
        tell_verdict(self.stdout, found.reasons, json=json, words=words)
