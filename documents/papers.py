"""From a document's stored content to the bytes of its paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from foundation.files.models import path_of

from . import layout
from .formats import Words
from .models import Document
from .sealing.codes import shown

Content = Mapping[str, Any]


def paper_of(document: Document, finish: layout.Finish = layout.READING) -> bytes:
    """PDF bytes; deterministic for the same content and number."""
    return PAPERS[Document.Kind(document.kind)](document.content, document, finish)


def words_of(document: Document) -> Words | None:
    """What can be had as text, for Word or Excel; none of papers that are forms or have their own dress."""
    make = WORDS.get(Document.Kind(document.kind))
    return make(document.content, document) if make else None


def table_of(content: Content) -> layout.Table:
    """{"columns": [{"label", "width", "align", "group", "runs_on"}], "rows", "totals", "title", "facts", "unit", "note"}"""
    columns = tuple(layout.Column(**column) for column in content["columns"])
    rows = tuple(tuple(row) for row in content["rows"])
    rest = {key: value for key, value in content.items() if key not in ("columns", "rows", "totals")}
    return layout.Table(columns=columns, rows=rows, totals=tuple(content.get("totals", ())), **rest)


def _official(content: Content, document: Document, finish: layout.Finish) -> bytes:
    return layout.render_notice(*official_of(content, document), finish=finish)


def official_of(content: Content, document: Document) -> Words:
    return official_words(
        content,
        layout.Meta(
            kind=document.get_kind_display(), organ=document.organ.name, code=document.code, year=document.year,
            number=document.number, issued_on=document.issued_on,
        ),
    )  # fmt: skip


def official_words(content: Content, known: layout.Meta) -> Words:
    """{"text": plain text as render_document takes it, "to": […], "cc": […], "signer", "urgency", "printed_by",
    "annexes": [{label, title, table}], "seal": digest of its picture, "mark": 核验码, "mark_url"}, of a joint paper
    "joint_organs": [{code, name}], "joint_signers" and "joint_seals", under a 版头 "head": {name, plain}; `known`: whose it is, its kind, number and date."""
    parsed, head = layout.parse(content["text"]), content.get("head", {})
    annexes = tuple(
        layout.Annex(one["label"], one["title"], (table_of(one["table"]),))
        for one in content.get("annexes", ())
    )
    meta = replace(
        known, organ=head.get("name") or known.organ, plain=head.get("plain", False), to=tuple(content.get("to", ())), cc=tuple(content.get("cc", ())), signer=content.get("signer", ""),
        printed_by=content.get("printed_by", known.organ), urgency=content.get("urgency", ""),
        joint_organs=tuple(one["name"] for one in content.get("joint_organs", ())), joint_signers=tuple(content.get("joint_signers", ())),
        seal=_seal(content.get("seal", "")), joint_seals=tuple(map(_seal, content.get("joint_seals", ()))),
        mark=shown(content.get("mark", "")), mark_url=content.get("mark_url", ""),
    )  # fmt: skip
    return replace(parsed, annexes=parsed.annexes + annexes), meta


def _seal(digest: str) -> str:
    return str(path_of(digest)) if digest else ""


def _table(content: Content, document: Document, finish: layout.Finish) -> bytes:
    """{"table": see table_of}"""
    return layout.render_table(table_of(content["table"]), finish=finish)


def _table_words(content: Content, document: Document) -> Words:
    table = table_of(content["table"])
    return layout.Document(
        title=table.title or document.title, blocks=(replace(table, title=""),)
    ), layout.Meta()


def _approval_form(content: Content, document: Document, finish: layout.Finish) -> bytes:
    return layout.render_approval_form(form_of(content), finish=finish)


def form_of(content: Content) -> layout.ApprovalForm:
    """{"title", "facts": [[label, value]], "content": [[label, text]], "opinions": […], "attachments": […]}"""
    opinions = tuple(map(_opinion, content.get("opinions", ())))
    return layout.ApprovalForm(
        title=content["title"],
        facts=_pairs(content["facts"]),
        content=_pairs(content.get("content", ())),
        opinions=opinions,
        attachments=tuple(layout.Attachment(**one) for one in content.get("attachments", ())),
        note=content.get("note", ""),
    )


def _case_paper(content: Content, document: Document, finish: layout.Finish) -> bytes:
    """{"paper": which, "parts": [{"writ": see _writ} or {"form": see form_of}]}"""
    parts = [
        form_of(one["form"]) if "form" in one else _writ(one["writ"], document) for one in content["parts"]
    ]
    return layout.render_writs(parts, title=document.title, made_on=document.issued_on, finish=finish)


def _writ(content: Content, document: Document) -> layout.Writ:
    """{"organ", "name", "number", "to", "blocks": [a line or see table_of], "signed_by", "dated"}

    A number of None is the one the document was given.
    """
    number = content.get("number", "")
    blocks = [
        layout.paragraph(one) if isinstance(one, str) else table_of(one) for one in content["blocks"] if one
    ]
    told = {key: content[key] for key in ("organ", "name", "to", "signed_by", "dated") if key in content}
    return layout.Writ(
        blocks=tuple(blocks), number=document.full_number if number is None else number, **told
    )


def _opinion(one: Content) -> layout.Opinion:
    """Kept: the day as text, of a signature the digest of its picture."""
    at, picture = one.get("at"), one.get("signature")
    return layout.Opinion(
        **{
            **one,
            "at": dt.datetime.fromisoformat(at) if at else None,
            "signature": str(path_of(picture)) if picture else "",
            "files": tuple(one.get("files", ())),
        }
    )


def _pairs(values: Any) -> tuple[tuple[str, str], ...]:
    return tuple((label, value) for label, value in values)


PAPERS: dict[Document.Kind, Callable[[Content, Document, layout.Finish], bytes]] = {
    **{Document.Kind(kind): _official for kind, _ in Document.OFFICIAL},
    Document.Kind.STATISTICS: _table,
    Document.Kind.TASK_LIST: _table,
    Document.Kind.APPROVAL_FORM: _approval_form,
    Document.Kind.SUPERVISION: _approval_form,
    Document.Kind.CASE_PAPER: _case_paper,
}

WORDS: dict[Document.Kind, Callable[[Content, Document], Words]] = {
    **{Document.Kind(kind): official_of for kind, _ in Document.OFFICIAL},
    Document.Kind.STATISTICS: _table_words,
    Document.Kind.TASK_LIST: _table_words,
}
