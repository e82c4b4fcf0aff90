"""The rows of the ledger as cells. Names of parties that a title tells are masked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from foundation.organization.services import working_calendar

from ..listing import cases_found, row_of
from ..models import Case, Party
from ..publishing.masking import mask
from ..publishing.people import aliases
from ..publishing.shapes import Known

COLUMNS = ("案由", "办案单位", "办案机关", "登记日期", "状态", "认定", "下一项", "最迟", "时限")
CHUNK = 1000
SOMEWHERE = "某单位"


def ledger(
    seen: QuerySet[Case], wanted: Mapping[str, str], now: dt.datetime
) -> tuple[list[int], list[tuple[str, ...]]]:
    """(cases, their lines): what the list finds for `wanted`, in its order."""
    calendar, lines = working_calendar(now.year - 1, now.year + 1), []
    rows = cases_found(seen, wanted, now).select_related("unit").order_by("-pk")
    ids = list(rows.values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        some, parties = ids[start : start + CHUNK], defaultdict(list)
        for one in Party.objects.filter(case__in=some):
            parties[one.case_id].append(one)
        lines += [
            _cells(row_of(case, now, calendar), _title(case, parties[case.pk]))
            for case in rows.filter(pk__in=some)
        ]
    return ids, lines


def _cells(row: dict[str, Any], title: str) -> tuple[str, ...]:
    case = row["case"]
    return (
        title, case.unit.short_name, case.get_agency_display(), case.opened_on.isoformat(),
        case.get_state_display(), "、".join(row["tags"]), row["next"].name if "next" in row else "",
        f"{timezone.localtime(row['next'].due):%Y-%m-%d %H:%M}" if "next" in row else "", row["words"],
    )  # fmt: skip


def _title(case: Case, parties: Iterable[Party]) -> str:
    title = case.title
    entities = [one.name for one in parties if one.kind == Party.Kind.ENTITY]
    for name in sorted(entities, key=len, reverse=True):
        title = title.replace(name, SOMEWHERE)
    people = aliases(one.name for one in parties if one.kind == Party.Kind.PERSON)
    return mask(title, Known(people)).text
