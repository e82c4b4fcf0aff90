"""What must be the same for the same seed, on any database: what happened and what the commands say of it, as one text.

Rows are called by their place among their kind, for ids depend on what a database had before. What is drawn anew in
every run (salts, marks) or is a hash over ids is left out.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from approvals.models import Approval
from documents.models import Document
from foundation.journal.models import Entry
from foundation.organization.models import Appointment, Unit
from foundation.outbox.models import Message
from workflows.plans.models import Item, Period, Plan
from workflows.tasks.models import ActivityRecord, Extension, Remark, Submission, Task
from workflows.tracking.models import Appeal, Assessment, Reminder, Slip

from .world import Year, said

MODELS: tuple[type[models.Model], ...] = (
    Unit, Appointment, Plan, Item, Period, Task, Submission, ActivityRecord, Extension, Remark, Approval, Document,
    Reminder, Slip, Assessment, Appeal, Entry, Message,
)  # fmt: skip
LEFT_OUT = {  # of rows and inside JSON
    "id", "journal_head", "hash", "words_salt", "words_hash", "digest", "file", "parcel", "reading", "text", "mark",
    "mark_url",
}  # fmt: skip

SOURCE = re.compile(r"^([a-z_.]+):\d+$")


def dump(year: Year) -> str:
    told = {model._meta.label: list(_rows(model)) for model in MODELS}
    told |= {"sweeps": year.sweeps} | {f"{plan} {name}": found for plan, name, found in _commands(year)}
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True, default=str)


def _rows(model: type[models.Model]) -> Iterator[dict[str, Any]]:
    fields = [one for one in model._meta.fields if one.name not in LEFT_OUT]
    places = {one.attname: _places(one.related_model) for one in fields if one.is_relation}
    columns = [one.attname for one in fields]
    targets: dict[str, dict[int, int]] = {}
    for row in model._base_manager.order_by("pk").values(*columns):
        found = {
            name: places[name].get(value) if name in places else _plain(value) for name, value in row.items()
        }
        for name in ("target", "subject"):  # by label and id
            if label := row.get(name):
                targets.setdefault(label, _places(label))
                found[f"{name}_id"] = targets[label].get(row[f"{name}_id"])
        yield found


def _places(model: Any) -> dict[int, int]:
    rows = (apps.get_model(model) if isinstance(model, str) else model)._base_manager
    return {pk: n for n, pk in enumerate(rows.order_by("pk").values_list("pk", flat=True), 1)}


def _plain(value: Any) -> Any:
    """Numbers inside JSON may be ids, alone or behind what they are of ("record:21"): only words, days and amounts as
    text are kept of it."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if key not in LEFT_OUT and not _number(one)}
    if isinstance(value, list):
        return [_plain(one) for one in value if not _number(one)]
    if isinstance(value, str):
        return SOURCE.sub(r"\1", value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _commands(year: Year) -> Iterator[tuple[str, str, Any]]:
    for name, plan in (("monthly", year.monthly), ("campaign", year.campaign)):
        yield name, "board", said("board", str(plan))
        for unit in (told := said("assess", str(plan)))["units"]:
            for line in unit["lines"]:
                line["evidence"] = len(line["evidence"])  # ids
        yield name, "assess", told
        for period in ("month", "cumulative"):
            figures = said("statistics", str(plan), "--period", period, "--cutoff", year.today.isoformat())
            yield name, f"statistics {period}", figures
