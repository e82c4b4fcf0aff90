"""verify_document FILE.pdf [--json]: exit 1 where it is not what was issued, with the reasons."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.db import DatabaseError
from django.utils import timezone

from documents.sealing import keys
from documents.sealing.checking import check
from documents.sealing.printed import printed_code
from documents.sealing.reasons import REASONS
from documents.sealing.verifying import Verdict, document_of, verify
from foundation.organization.commands import OwnCommand, bad_input, tell_verdict


class Command(OwnCommand):
    help = "Check the signature of an issued PDF, and the file against what was issued here. Exit 1 if anything is wrong."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.pdf")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, file: Path, json: bool, **_: Any) -> None:
        with bad_input(ValueError, keys.BadKey):
            content = file.read_bytes()
            if b"%PDF-" not in content[:1024]:
                raise ValueError(f"{file.name} 不是 PDF 文件，请指定印发的 PDF。")
            found = self._verdict(content)
        reasons = [REASONS[code] for code in found.faults]
        tell_verdict(self.stdout, reasons, json=json, words=_words(found, reasons))

    def _verdict(self, content: bytes) -> Verdict:
        """By the signature alone where this machine keeps no documents."""
        code = printed_code(content)
        try:
            return verify(content, document=document_of(code) if code else None)
        except DatabaseError:
            self.stderr.write("没有可用的数据库，没有和印发的文件比对，只核对了签名。")
            signed = check(content, keys.roots())
            return Verdict(signed.faults, signed)


def _words(found: Verdict, reasons: list[str]) -> str:
    """For a person at the terminal."""
    signed, document = found.signed, found.document
    lines = ["核验通过。" if found.ok else "核验未通过。", *(f"- {one}" for one in reasons)]
    if signed.signer:
        at = timezone.localtime(signed.at).isoformat() if signed.at else "没有时间"
        lines.append(f"签名：{signed.signer}，{at}")
    if document:
        same = "与印发的文件一致" if found.same else "与印发的文件不一致"
        lines.append(f"公文：{document.issuer} {document.full_number}《{document.title}》，{same}")
    elif found.ok:
        lines.append("这台机器上没有印发过这份文件，只核对了签名。")
    return "\n".join(lines)
