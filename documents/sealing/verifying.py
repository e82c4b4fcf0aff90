"""Whether a PDF is what was issued: first by its SHA-256 against what was issued here, then by its signature."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest

from ..models import Document, Mark
from . import codes, keys
from .checking import Signed, check


@dataclass(frozen=True)
class Verdict:
    """`document`: the one that was issued as this very file (`same`), else the one whose code it bears."""

    faults: tuple[str, ...]  # codes of reasons.py
    signed: Signed
    document: Document | None = None
    same: bool = False

    @property
    def ok(self) -> bool:
        return not self.faults


def document_of(code: str) -> Document | None:
    """The paper with this 核验码, once it is issued or void; before that there is nothing to verify."""
    marks = Mark.objects.filter(digest=codes.digest_of(code)).select_related(
        "document__organ", "document__file"
    )
    found = marks.first()
    return found.document if found and found.document.file else None


def verify(content: bytes, *, document: Document | None = None) -> Verdict:
    """`document`: whose code the file bears, or is said to bear. What is byte for byte the issued file needs no signature."""
    digest = sha256(content).hexdigest()
    signed = check(content, keys.roots())
    if document is None or not _same(document, digest):
        issued = Document.objects.filter(file__sha256=digest).select_related("organ", "file").first()
        document = issued or document
    if document is None:
        return Verdict(signed.faults, signed)
    same, void = _same(document, digest), ("void",) if document.state == Document.State.VOID else ()
    return Verdict(void if same else (*signed.faults, "differs", *void), signed, document, same)


def _same(document: Document, digest: str) -> bool:
    return document.file is not None and compare_digest(document.file.sha256, digest)
