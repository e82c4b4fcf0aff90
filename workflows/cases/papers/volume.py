"""案卷: its cover, and 卷内目录 of what it holds."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from documents.measure import pages_of
from documents.models import Document

from .dossier import Dossier
from .kinds import About, Line, Paper, Parts, Typed
from .referral import list_part
from .words import day_said, party_said

OUTCOMES = (
    "decided",
    "no_penalty",
    "dropped",
    "handed_over",
    "not_filed",
    "admin_finished",
)  # steps of the pack
COVER, INDEX = "cover", "index"


def _cover(about: About, typed: Typed) -> Parts:
    dossier = about.dossier
    filed, closed = dossier.last("filed"), dossier.last("closed")
    steps = [dossier.pack.steps[one].name for one in OUTCOMES if dossier.last(one)]
    facts = [
        ["全宗单位", dossier.organ],
        ["案卷号", typed["volume"] or "　"],
        ["案由", dossier.case.title],
        ["当事人", "、".join(party_said(one) for one in dossier.parties) or "　"],
        ["立案日期", day_said(filed.at.date()) if filed else "　"],
        ["结案日期", day_said(closed.at.date()) if closed else "　"],
        ["承办人", dossier.officers],
        ["办理结果", "、".join(steps) or "　"],
        ["保管期限", typed["kept"] or "　"],
        ["归档日期", "　"],
        ["件数", "　"],
        ["页数", "　"],
    ]
    return [{"form": {"title": f"{dossier.organ}案卷", "facts": facts}}]


def _index(about: About, typed: Typed) -> Parts:
    columns = (
        ("序号", 12, "center"),
        ("文号", 36),
        ("题名", 56),
        ("日期", 33, "center"),
        ("页号", 18, "center"),
    )
    rows = ([str(n), *one] for n, one in enumerate(_held(about.dossier), 1))
    return [list_part(about.dossier, "卷内目录", columns, rows, signs="")]


def _held(dossier: Dossier) -> Iterator[list[str]]:
    """What was made here with its pages, then the evidence, whose pages only the paper knows."""
    page = 1
    for one in documents_of(dossier.case.pk):
        number = next(
            (
                part["writ"]["number"]
                for part in one.content["parts"]
                if "writ" in part and part["writ"].get("number")
            ),
            "",
        )
        pages = pages_of(one.file.path) if one.file else 0
        yield [
            one.full_number or number,
            one.title.removeprefix(dossier.case.title),
            day_said(one.issued_on),
            f"{page}-{page + pages - 1}" if pages > 1 else str(page),
        ]
        page += pages
    for proof in dossier.evidence:
        yield ["", proof.name, day_said(proof.on), ""]


def _issued(case: int) -> QuerySet[Document]:
    return Document.objects.filter(subject="cases.case", subject_id=case, state=Document.State.ISSUED)


def documents_of(case: int) -> list[Document]:
    """The newest of each paper that was issued, in the order of their making."""
    rows = _issued(case).select_related("file").order_by("pk")
    newest = {(one.content["paper"], one.content["about"]): one for one in rows}
    return sorted(
        (one for (code, _), one in newest.items() if code not in (COVER, INDEX)), key=lambda one: one.pk
    )


def _nothing_held(about: About) -> Iterator[str]:
    if not about.dossier.evidence and not _issued(about.dossier.case.pk).exists():
        yield "案卷里还没有文书和证据"


PAPERS = (
    Paper(COVER, "案卷封面", _cover, (
        Line("volume", "案卷号"),
        Line("kept", "保管期限", hint="照本单位的归档范围和保管期限表填。"),
    )),
    Paper(INDEX, "卷内目录", _index, missing=_nothing_held, says="本系统生成的文书写明页号，证据的页号手填"),
)  # fmt: skip
