"""What becomes of the slips of a unit that ends: who has the task now signs for them and answers."""

from __future__ import annotations

from foundation.journal.moves import record
from foundation.organization.ending import Ending, Estate, Line
from foundation.organization.models import Unit
from workflows.tasks.succession import going

from ..models import Slip
from ..models.supervision import OPEN


def preview(unit: Unit, successor: Unit | None) -> list[Line]:
    if successor is None:
        return []
    rows = Slip.objects.filter(unit=unit, state__in=OPEN, task__in=going(unit, successor))
    return [Line("未办结的督办单由承接单位签收和回复", rows.count())]


def pass_on(ending: Ending) -> None:
    """After the tasks: of one that lapsed the next sweep closes them."""
    if ending.successor is None:
        return
    rows = Slip.objects.filter(unit=ending.unit, state__in=OPEN, task__unit=ending.successor)
    data = {"unit": [ending.unit.pk, ending.successor.pk]}
    ids, changes = list(rows.values_list("pk", flat=True)), {"unit": ending.successor.pk}
    record(Slip, ids, "succeed", actor=ending.actor, at=ending.at, changes=changes, data=data).all_or_refuse()


SLIPS = Estate(preview, pass_on)
