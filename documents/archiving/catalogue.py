"""归档文件目录, 卷内文件目录 and 移交清单 of some 件, as a table that becomes PDF or a workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from foundation.files.kinds import KINDS

from .. import layout
from ..models import ArchiveItem
from .scheme import scheme_for

Row = tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    title: str  # its name in layout/forms.yaml
    rows: Callable[[Sequence[ArchiveItem]], Iterator[Row]]
    wanted: Callable[[dt.date], Q]  # of the items found

    def of(self, found: QuerySet[ArchiveItem], day: dt.date) -> QuerySet[ArchiveItem]:
        return found.filter(self.wanted(day))

    def table(self, items: Sequence[ArchiveItem]) -> layout.Table:
        return layout.listed(self.title, self.rows(items))


def _files(items: Sequence[ArchiveItem]) -> Iterator[Row]:
    """A line a 件; one that is void keeps its line, so that the numbers have no gap. Nothing here is classified (密级)."""
    for number, one in enumerate(items, 1):
        void = "作废" if one.state == ArchiveItem.State.VOID else ""
        yield str(number), one.reference, *_document(one), "", _pages(one), void


def _volume(items: Sequence[ArchiveItem]) -> Iterator[Row]:
    """A line a file, with the page that it begins on."""
    number, page = 0, 1
    for one in items:
        code, organ, title, day = _document(one)
        for file in one.content["files"]:
            number += 1
            named = title if file["role"] == "正文" else f"{file['role']}：{file['name']}"
            yield str(number), code, organ, named, day, str(page), f"{one.number:04}"
            page += file.get("pages") or 1


def _transfer(items: Sequence[ArchiveItem]) -> Iterator[Row]:
    for number, one in enumerate(items, 1):
        code, _, title, day = _document(one)
        yield str(number), one.reference, title, code, day, one.get_term_display(), _pages(one), ""


def _document(one: ArchiveItem) -> tuple[str, str, str, str]:
    kept = one.content["document"]
    return kept["number"], kept["organ"], kept["title"], kept["issued_on"].replace("-", "")


def _pages(one: ArchiveItem) -> str:
    return str(sum(file.get("pages") or 1 for file in one.content["files"]))


def _due(day: dt.date) -> Q:
    """What the state archive takes, old enough to be handed over."""
    scheme = scheme_for(day)
    terms = [code for code, term in scheme.terms.items() if term.transfers]
    last = day.year - scheme.transfer.years
    return Q(term__in=terms, year__lte=last, state=ArchiveItem.State.ARCHIVED)


CATALOGUES = {
    "files": Catalogue("归档文件目录", _files, lambda day: Q()),
    "volume": Catalogue("卷内文件目录", _volume, lambda day: Q(state=ArchiveItem.State.ARCHIVED)),
    "transfer": Catalogue("档案移交清单", _transfer, _due),
}


def as_pdf(table: layout.Table) -> bytes:
    return layout.render_table(table)


def as_workbook(table: layout.Table) -> bytes:
    from ..formats.workbook import render_workbook

    return render_workbook(layout.Document(title=table.title, blocks=(table,)))


FORMATS = {
    "pdf": (as_pdf, KINDS["pdf"].media_type),
    "xlsx": (as_workbook, KINDS["xlsx"].media_type),
}
