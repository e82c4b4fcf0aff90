"""Tasks by the million: copies of one that the product brought to some state, with all that hangs on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from approvals.models import Approval, Signer
from foundation.journal.models import Entry
from workflows.tasks.models import Submission, Task

from .many import START, copies, earlier

TASK, APPROVAL = Task._meta.label_lower, Approval._meta.label_lower
ENTRIES, APPROVALS, SIGNERS = 32, 4, 16  # ids kept free for each task
DUE = "(SELECT due_on FROM plans_period WHERE id = {0})"


@dataclass(frozen=True)
class Lot:
    """Tasks of one or many campaigns; columns are SQL over g.n. `before`: tasks of the lots before, for ids go on from
    there; `unit`: which one, `place`: of the item in its campaign, both from 0; `ago`: how many days earlier all of it
    happened."""

    count: int
    before: int
    unit: str
    plan: str
    item: str
    period: str
    place: str
    ago: str = ""

    @property
    def number(self) -> str:
        return f"({self.before} + g.n)"


class Pattern:
    """One task of the first unit. `staff`: ids of it, of its people and their appointments; those of the other units
    follow each of them."""

    def __init__(self, task: int, staff: Mapping[type[models.Model], set[int]]) -> None:
        self.task = Task.objects.get(pk=task)
        self.staff = staff
        self.approvals = list(Approval.objects.filter(subject=TASK, subject_id=task).order_by("pk"))

    def copy(self, lot: Lot, where: str, *, whole: bool) -> None:
        """`where` says which of the lot are like this one. Without `whole`, only the last approval comes along, and
        without its journal."""
        for row, changed in self._rows(lot, whole):
            copies(row, lot.count, where, **self._moved(row, lot), **changed)

    def _rows(self, lot: Lot, whole: bool) -> Iterator[tuple[models.Model, dict[str, str]]]:
        task, told = f"{START} + {lot.number}", 0
        yield (
            self.task,
            {"id": task, "plan_id": lot.plan, "item_id": lot.item, "period_id": lot.period, "due_on": DUE.format(lot.period)},
        )  # fmt: skip
        for submission in Submission.objects.filter(task=self.task).order_by("pk"):
            yield submission, {"id": _id(lot, 2, submission.version), "task_id": task}
        for entry in _chain(TASK, self.task.pk):
            yield entry, {"id": _id(lot, ENTRIES, told), "target_id": task}
            told += 1
        for n, approval in enumerate(self.approvals if whole else self.approvals[-1:]):
            pk = _id(lot, APPROVALS, n)
            yield approval, {"id": pk, "subject_id": task}
            for signer in Signer.objects.filter(approval=approval):
                yield signer, {"id": _id(lot, SIGNERS, n * 4 + signer.key), "approval_id": pk}
            for entry in _chain(APPROVAL, approval.pk) if whole else ():
                yield entry, {"id": _id(lot, ENTRIES, told), "target_id": pk}
                told += 1
        assert told < ENTRIES, told

    def _moved(self, row: models.Model, lot: Lot) -> dict[str, str]:
        """To another unit with its own people, and into the past."""
        found = {}
        for field in row._meta.concrete_fields:
            value: Any = getattr(row, field.attname)
            if value in self.staff.get(field.related_model, ()):  # type: ignore[arg-type]
                found[field.column] = f"{value} + {lot.unit}"
            elif lot.ago and isinstance(field, models.DateTimeField):
                found[field.column] = earlier(f't."{field.column}"', lot.ago)
        return found


def _id(lot: Lot, apart: int, place: int) -> str:
    return f"{START} + {lot.number} * {apart} + {place}"


def _chain(target: str, pk: int) -> list[Entry]:
    return list(Entry.objects.filter(target=target, target_id=pk).order_by("seq"))
