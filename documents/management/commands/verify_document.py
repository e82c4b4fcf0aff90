"""verify_document FILE.pdf [--json]: exit 1 where it is not what was issued, with the reasons."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from documents.models import Document
from documents.sealing import keys
from documents.sealing.checking import check
from documents.sealing.printed import printed_code
from documents.sealing.reasons import REASONS
from documents.sealing.verifying import Verdict, document_of, verify
from foundation.organization.commands import bad_input
from foundation.organization.schemas import write_json


class Command(BaseCommand):
    help = "Check the signature of an issued PDF, and the file against what was issued here."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true")

    def handle(self, *, file: Path, json: bool, **_: Any) -> None:
        with bad_input(ValueError, keys.BadKey):
            content = file.read_bytes()
            if b"%PDF-" not in content[:1024]:
                raise ValueError(f"{file.name} 不是 PDF 文件，请指定印发的 PDF。")
            found = _verdict(content)
        told = _told(found)
        self.stdout.write(write_json(told) if json else _words(told))
        if not found.ok:
            raise SystemExit(1)


def _verdict(content: bytes) -> Verdict:
    """By the signature alone where this machine keeps no documents."""
    if Document._meta.db_table not in connection.introspection.table_names():
        signed = check(content, keys.roots())
        return Verdict(signed.faults, signed)
    code = printed_code(content)
    return verify(content, document=document_of(code) if code else None)


def _told(found: Verdict) -> dict[str, Any]:
    signed, document = found.signed, found.document
    return {
        "ok": found.ok,
        "reasons": [{"code": code, "text": REASONS[code]} for code in found.faults],
        "signature": (
            signed.signer
            and {
                "signer": signed.signer,
                "at": timezone.localtime(signed.at).isoformat() if signed.at else None,
            }
        )
        or None,
        "document": document
        and {
            "organ": document.organ.name,
            "number": document.full_number,
            "title": document.title,
            "issued_on": document.issued_on.isoformat(),
            "same": found.same,
        },
    }


def _words(told: dict[str, Any]) -> str:
    """For a person at the terminal."""
    signature, document = told["signature"], told["document"]
    lines = ["核验通过。" if told["ok"] else "核验未通过。", *(f"- {one['text']}" for one in told["reasons"])]
    if signature:
        lines.append(f"签名：{signature['signer']}，{signature['at'] or '没有时间'}")
    if document:
        same = "与印发的文件一致" if document["same"] else "与印发的文件不一致"
        lines.append(f"公文：{document['organ']} {document['number']}《{document['title']}》，{same}")
    elif told["ok"]:
        lines.append("这台机器上没有印发过这份文件，只核对了签名。")
    return "\n".join(lines)
