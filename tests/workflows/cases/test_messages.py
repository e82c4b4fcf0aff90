"""What of a case came due is told to its team and its heads, and above them where the law says so."""

from __future__ import annotations

import pytest

from foundation.journal.moves import record
from foundation.organization.actors import SYSTEM
from foundation.outbox.models import Message
from foundation.outbox.spreading import spread
from tests.cast import actor
from tests.workflows.tasks.minutes import AT
from workflows.cases.models import Case
from workflows.cases.register import About, open_case

HEADS = ["jia.deputy", "jia.handler", "jia.head"]


@pytest.mark.parametrize(("above", "told"), [(False, HEADS), (True, sorted([*HEADS, "office_head"]))])
def test_a_lapsed_limit_reaches_those_who_have_to_act(above, told, cast):
    about = About("关闭报警器案", "other", (cast.town.handler.pk,))
    case = open_case(about=about, unit=cast.town.unit.pk, actor=actor(cast.town.handler), at=AT)
    record(Case, case, "overdue", actor=SYSTEM, at=AT, data={"rule": "r", "name": "移送", "above": above})
    spread(AT)
    assert sorted(Message.objects.values_list("person__username", flat=True)) == told
