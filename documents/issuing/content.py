"""What a draft says: what its paper is made from, and the digest that the signer signs."""

from __future__ import annotations

import difflib
from hashlib import sha256
from typing import Any

from foundation.files.services import files_of
from foundation.journal.chain import canonical

from .. import layout
from ..formats import Words
from ..models import Draft
from ..models.document import OFFICIAL
from ..papers import official_words
from .joint import joint_content

LABEL = "documents.draft"


def draft_content(draft: Draft) -> dict[str, Any]:
    """What its paper is made from (papers.py); kept with the Document once it is registered."""
    return {
        "text": draft.text, "to": draft.to, "cc": draft.cc,
        "signer": draft.signer.person.name if draft.signer and OFFICIAL[draft.kind].upward else "",
        "urgency": draft.get_urgency_display() if draft.urgency else "",
    } | _head(draft) | joint_content(draft)  # fmt: skip


def _head(draft: Draft) -> dict[str, Any]:
    """Whose paper it is, where that is not the organ itself (papers.py)."""
    return draft.head.said if draft.head else {}


def digest_of(draft: Draft) -> str:
    """Of everything that is signed: the words and what is attached, not who wrote them."""
    files = [file.file.sha256 for file in files_of(LABEL, draft.pk)]
    told = {
        name: getattr(draft, name)
        for name in ("kind", "text", "code", "urgency", "to", "cc", "cosigners", "main_head")
    }
    told |= {"organ": draft.organ_id, "corrects": draft.corrects_id, "files": sorted(files)}
    told |= ({"joint": True} if draft.joint else {}) | _head(draft)
    return sha256(canonical(told).encode()).hexdigest()


def title_of(text: str) -> str:
    """As the paper will have it; of a text that can't be read yet, its first line."""
    try:
        return layout.parse(text).title[:200]
    except layout.UnreadableText:
        return next((line.strip() for line in text.splitlines() if line.strip()), "")[:200]


def words_of(draft: Draft) -> Words:
    """Its parts and what is known of it, with its number and date where it has them."""
    document = draft.document
    known = layout.Meta(
        kind=draft.get_kind_display(), organ=draft.organ.name, code=draft.code, issued_on=draft.signed_on,
        year=document.year if document else None, number=document.number if document else None,
    )  # fmt: skip
    return official_words(document.content if document else draft_content(draft), known)


def proof_of(draft: Draft) -> bytes:
    """As PDF, across every page 草稿."""
    return layout.render_notice(*words_of(draft), draft=True)


def difference(before: str, after: str) -> list[str]:
    """Lines that went (-) and came (+), as the journal keeps them."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[:2] in ("- ", "+ ")]
