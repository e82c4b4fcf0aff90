"""One page of a list, with what components/pager.html shows below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from .addresses import same_list

SIZE = 50


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    count: int
    text: str  # 第 1–50 人，共 340 人
    newer: str  # addresses of the neighbours, empty where there is none
    older: str


def page_of(request: HttpRequest, rows: QuerySet, *, unit: str, size: int = SIZE) -> Page:
    """Two queries whatever the number of rows. A page number that makes no sense gives the nearest page."""
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    count = page.paginator.count
    whole = f"共 {count} {unit}"
    several = page.has_other_pages()
    text = f"第 {page.start_index()}–{page.end_index()} {unit}，{whole}" if several else whole
    return Page(
        list(page.object_list), count, text,
        same_list(request.GET, page=str(page.previous_page_number())) if page.has_previous() else "",
        same_list(request.GET, page=str(page.next_page_number())) if page.has_next() else "",
    )  # fmt: skip
