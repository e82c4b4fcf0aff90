"""verify_archive PACKAGE.zip [--json]: the check that a package carries in itself."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from documents.archiving.verify import NoPackage, check
from foundation.organization.commands import bad_input, tell_verdict


class Command(BaseCommand):
    help = "Check an archive package: its files, its manifest, the chains of events. Exit 1 if anything is wrong."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("package", metavar="PACKAGE.zip")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, package: str, json: bool, **_: Any) -> None:
        with bad_input(NoPackage):
            reasons = check(package)
        words = "\n".join(reasons) or "核验通过：文件齐全，没有改动，办理过程完整。"
        tell_verdict(self.stdout, reasons, json=json, words=words)
