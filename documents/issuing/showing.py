"""What the page of one document shows: its pages, what it is, how it came about, what may follow from it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from foundation.files.models import Attachment
from foundation.files.services import files_of
from foundation.journal.models import Entry
from foundation.journal.timeline import timeline_of
from foundation.organization.actors import Actor
from foundation.organization.posts import UNIT_POSTS

from ..batches.filling import words_in
from ..batches.permissions import copies
from ..batches.services import LABEL as BATCH
from ..formats.stored import formats_of
from ..models import ArchiveItem, Document, Draft, SealUse
from ..models.document import OFFICIAL
from ..permissions import reads_document
from ..sealing.codes import shown
from ..services import ANNEX, LABEL, PAPER
from ..subjects import page_about
from ..writing.pictures import sizes_of
from .content import LABEL as DRAFT
from .making import makes_again, making_of
from .permissions import handles_draft, sees_draft, writes_draft
from .timeline import timeline_of_draft

MOST = 20  # pages shown; the others are in the file
LIGHTS = {"registered": ("ok", "已登记"), "issued": ("done", "已印发"), "void": ("idle", "已作废")}


def page_of_document(document: Document, actor: Actor) -> dict[str, Any]:
    """`document` with its organ and unit; read by `actor`."""
    day = timezone.localdate()
    draft = Draft.objects.select_related("signer__person", "corrects").filter(document=document).first()
    inside = draft is not None and sees_draft(draft, actor, day)
    files = files_of(LABEL, document.pk)
    paper = next((one for one in files if one.slot == PAPER), None)
    sizes = sizes_of(paper.file.path) if paper else []
    return {
        "section": "archive", "document": document, "draft": draft, "inside": inside, "light": LIGHTS[document.state],
        "paper": paper, "files": [one for one in files if one.slot == ANNEX], "pages": list(enumerate(sizes[:MOST], 1)), "count": len(sizes), "menu": _menu(document, paper),
        "about": _about(document, actor), "belongs": _belongs(document),
        "item": ArchiveItem.objects.filter(document=document, state=ArchiveItem.State.ARCHIVED).defer("content").first(),
        "making": making_of(document), "remakes": makes_again(document, actor, day),
        "uses": SealUse.objects.select_related("seal", "by__person").filter(document=document).order_by("pk"),
        "issued": _issued(document), "code": shown(document.content.get("mark", "")), "forms": _forms(document, actor),
        "corrections": _corrections(document, actor), "acts": _acts(document, draft, actor),
        "timeline": _timeline(document, draft, inside), "words": words_in(document.content),
    }  # fmt: skip


def _about(document: Document, actor: Actor) -> str:
    """Units read a copy, not how it was made."""
    inside = document.subject in (DRAFT, LABEL) or (
        document.subject == BATCH and actor.post_code in UNIT_POSTS
    )
    return "" if inside else page_about(document)


def _timeline(document: Document, draft: Draft | None, inside: bool) -> list[dict[str, Any]]:
    """Who only reads what was issued is not told how it came about."""
    if draft is None:
        return timeline_of(document)
    return timeline_of_draft(draft.pk) if inside else []


def _menu(document: Document, paper: Attachment | None) -> list[dict[str, str]]:
    """Every format it is to be had in."""
    if paper is None:
        return []
    rest = [
        {"label": says, "url": reverse("document_as", args=[document.pk, code])}
        for code, says in formats_of(document)
    ]
    return [{"label": "PDF", "url": paper.url}, *rest]


def _issued(document: Document) -> Entry | None:
    rows = Entry.objects.filter(target=LABEL, target_id=document.pk, verb=f"{LABEL}.issue")
    return rows.first()


def _belongs(document: Document) -> Document | None:
    """The document that it is a form of."""
    return Document.objects.filter(pk=document.subject_id).first() if document.subject == LABEL else None


def _forms(document: Document, actor: Actor) -> list[Document]:
    """Papers about the document itself that this person reads: its 发文处理单."""
    readable = reads_document.q(actor.post, timezone.localdate())
    return list(Document.objects.filter(readable, subject=LABEL, subject_id=document.pk).defer("content"))


def _corrections(document: Document, actor: Actor) -> list[Draft]:
    """Those that were issued; those that are being written for who sees them."""
    day = timezone.localdate()
    readable = Document.objects.filter(reads_document.q(actor.post, day), state=Document.State.ISSUED)
    rows = Draft.objects.filter(Q(document__in=readable) | sees_draft.q(actor.post, day), corrects=document)
    return list(rows.exclude(state=Draft.State.VOID).select_related("document").defer("text").order_by("pk"))


def _acts(document: Document, draft: Draft | None, actor: Actor) -> set[str]:
    """What may follow: correct, reuse, send to many, void."""
    day = timezone.localdate()
    found: set[str] = set()
    if document.kind in OFFICIAL and writes_draft(document, actor, day):
        found.add("reuse")
        if document.state == Document.State.ISSUED:
            found.add("correct")
    if document.kind in OFFICIAL and copies(document, actor, day):
        found.add("batch")
    waits = document.state == Document.State.REGISTERED and draft and draft.state in ("registered", "sealed")
    if waits and handles_draft(document, actor, day):
        found.add("void")
    return found
