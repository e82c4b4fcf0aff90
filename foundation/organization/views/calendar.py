"""The working calendar: a year as a table, filled from the package or from an upload."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ..access import only
from ..forms import UploadForm
from ..identity import actor_of
from ..importing_days import COLUMNS, read_days
from ..models import Day
from ..permissions import EDITORS, ONLY_EDITORS, ONLY_READERS, READERS
from ..refusals import Refused
from ..seed import seed_days
from ..services import save_days
from ..typed import number
from .uploads import STALE, packed, unpacked, uploaded

FREE, EXTRA = "休", "班"  # on a weekday; on a weekend


@require_safe
@only(*READERS, says=ONLY_READERS)
def calendar(request: HttpRequest) -> HttpResponse:
    return _shown(request, _year(request.GET.get("year", "")))


@require_POST
@only(*EDITORS, says=ONLY_EDITORS)
def calendar_seed(request: HttpRequest) -> HttpResponse:
    year = _year(request.POST.get("year", ""))
    if days := seed_days(year):
        save_days(days, actor=actor_of(request), at=timezone.now())
        messages.success(
            request, f"已载入 {year} 年工作日历，共 {len(days)} 天。请与国务院办公厅的放假通知核对。"
        )
    else:
        messages.error(request, f"系统没有 {year} 年的内置数据，请上传放假安排表。")
    return redirect(_address(year))


@require_POST
@only(*EDITORS, says=ONLY_EDITORS)
def calendar_upload(request: HttpRequest) -> HttpResponse:
    """First the file: what would change. Then the same rows once more, to be written."""
    try:
        rows = (
            unpacked("calendar", request.POST["rows"])
            if "rows" in request.POST
            else uploaded(request, COLUMNS, COLUMNS[:2])
        )
    except (Refused, signing.BadSignature) as error:
        form = UploadForm(request.POST, request.FILES)
        form.add_error("file", str(error) if isinstance(error, Refused) else STALE)
        return _shown(request, timezone.localdate().year, upload=form, status=422)
    reading = read_days(rows)
    if "rows" in request.POST and not reading.errors:
        save_days(reading.days, actor=actor_of(request), at=timezone.now())
        messages.success(request, f"已写入工作日历，改动 {len(reading.changes)} 天。")
        return redirect(_address(min(reading.days).year))
    context = {"reading": reading, "rows": packed("calendar", rows), "upload": UploadForm()}
    return render(
        request, "organization/calendar_preview.html", context, status=422 if reading.errors else 200
    )


def _address(year: int) -> str:
    return f"{reverse('calendar')}?year={year}"


def _year(text: str) -> int:
    today = timezone.localdate().year
    year = number(text)
    return year if year and 2000 <= year <= 2100 else today


def _shown(
    request: HttpRequest, year: int, *, upload: UploadForm | None = None, status: int = 200
) -> HttpResponse:
    days = {day.date: day for day in Day.objects.filter(date__year=year)}
    this = timezone.localdate().year
    known = {
        day.year for day in Day.objects.filter(date__month=1, date__day=1).values_list("date", flat=True)
    }
    context = {
        "year": year,
        "years": [
            {"label": f"{y} 年", "url": f"?year={y}", "current": y == year}
            for y in sorted({*known, this, this + 1, year})
        ],
        "months": _months(year, days) if days else [],
        "numbers": range(1, 32),
        "spans": _spans(list(days.values())),
        "works": sum(day.works for day in days.values()),
        "seedable": not days and bool(seed_days(year)),
        "upload": upload or UploadForm(),
        "editable": request.identity.post in EDITORS,  # type: ignore[attr-defined]
    }
    return render(request, "organization/calendar.html", context, status=status)


def _months(year: int, days: dict[dt.date, Day]) -> list[tuple[int, list[tuple[str, str]]]]:
    """[(month, 31 cells of (kind, word))]: what differs from the plain week has a word."""
    return [(month, [_cell(year, month, n, days) for n in range(1, 32)]) for month in range(1, 13)]


def _cell(year: int, month: int, number: int, days: dict[dt.date, Day]) -> tuple[str, str]:
    if number > monthrange(year, month)[1]:
        return "none", ""
    date = dt.date(year, month, number)
    day, weekend = days.get(date), date.weekday() > 4
    if day is None:
        return "none", "?"
    if day.works:
        return ("near", EXTRA) if weekend else ("idle", "")
    return ("done", "") if weekend and not day.name else ("ok", FREE)


def _spans(days: list[Day]) -> list[dict[str, Any]]:
    """Named days in a row as one line: 春节 2月15日–23日, 9 days."""
    named = [day for day in days if day.name]
    runs = groupby(
        enumerate(named), key=lambda p: (p[1].name, p[1].works, p[1].date - dt.timedelta(days=p[0]))
    )
    lines = []
    for (name, works, _), run in runs:
        dates = [day.date for _, day in run]
        lines.append({"name": name, "works": works, "start": dates[0], "end": dates[-1], "count": len(dates)})
    return lines
