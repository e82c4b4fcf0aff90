"""When the outbox is filled makes no difference to who is told of what: after every act, or once at the end."""

from __future__ import annotations

import pytest

from foundation.outbox.models import Cursor, Message
from foundation.outbox.spreading import spread

from .minutes import AT

# 催办 is told while there is something to be done, and so depends on when it is told.
SOON = ("approval.urged", "approval.near")


def story(case, cast):
    """Every way a task can go but the last one; yields after each act."""
    town, office = cast.town, (cast.clerk, cast.office_head)
    acts = (
        case.receive, case.hold, case.submit, lambda: case.decide(town.deputy, "return", "请补照片"), case.submit,
        lambda: case.agree(town.deputy), lambda: case.agree(town.head), lambda: case.decide(cast.clerk, "return", "不清楚"),
        case.submit, case.withdraw, case.submit, lambda: case.agree(town.deputy, town.head), lambda: case.agree(*office),
    )  # fmt: skip
    for act in acts:
        act()
        yield


def told() -> set[tuple[int, str, str]]:
    rows = Message.objects.exclude(kind__in=SOON)
    return set(rows.values_list("entry", "person__username", "kind"))


@pytest.mark.once
def test_early_and_late_spreading_tell_the_same(case, cast):
    for _ in story(case, cast):
        spread(AT)
    early = told()
    Message.objects.all().delete()
    Cursor.objects.update(upto=0)
    spread(AT)
    assert told() == early
    assert len(early) == 15
