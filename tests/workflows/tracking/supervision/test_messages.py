"""Whom the ladder names hears of its rungs; the office hears of answers."""

from __future__ import annotations

import datetime as dt

from foundation.journal.moves import transition
from foundation.outbox.models import Message
from foundation.outbox.spreading import spread
from tests.cast import actor
from tests.workflows.tasks.conftest import DUE, make, plan  # noqa: F401 - fixtures
from workflows.tracking.models import Slip
from workflows.tracking.supervision.sweep import sweep

MORNING = dt.time(9, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def news(day: dt.date) -> list[tuple[str, str]]:
    before = Message.objects.count()
    at = dt.datetime.combine(day, MORNING)
    sweep(at=at)
    spread(at)
    return sorted(Message.objects.order_by("pk").values_list("person__username", "kind")[before:])


def test_each_rung_reaches_higher_and_an_answer_the_office(make, cast):  # noqa: F811
    make(handler=cast.town.handler)
    spread(dt.datetime.combine(dt.date(2026, 6, 1), MORNING))
    below = ["jia.handler", "jia.liaison"]
    assert news(dt.date(2026, 6, 25)) == [(one, "supervision.reminder") for one in below]
    assert news(dt.date(2026, 7, 2)) == [(one, "supervision.slip") for one in below]
    assert news(dt.date(2026, 7, 6)) == [(one, "supervision.slip") for one in ["jia.deputy", *below]]
    above = [(one, "supervision.slip") for one in ["jia.deputy", "jia.handler", "jia.head", "jia.liaison"]]
    office = [(one, "supervision.listed") for one in ["clerk", "office_head", "twice"]]
    assert news(dt.date(2026, 7, 10)) == sorted([*above, *office])
    at = dt.datetime.combine(dt.date(2026, 7, 13), MORNING)
    slip = Slip.objects.earliest("pk").pk
    transition(
        Slip.answer, slip, actor=actor(cast.town.liaison), at=at, data={"reply": "已补报。"}
    ).all_or_refuse()
    told = [name for name, kind in news(dt.date(2026, 7, 13)) if kind == "supervision.answered"]
    assert told == ["clerk", "office_head", "twice"]
