"""A unit's head and its deputy object to the same line at the same moment, in two processes: it is asked once."""

from __future__ import annotations

import datetime as dt

import pytest

from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM
from tests.cast import engage
from tests.pairs import pairs
from tests.workflows.tasks.minutes import AT
from workflows.plans.models import Plan
from workflows.tracking.models import Appeal, Assessment

pytestmark = pytest.mark.django_db(transaction=True)
LOST = {"rule": "plan", "name": "按时报送活动方案", "kind": "rule", "points": "8", "of": "10", "lost": "2"}


def test_two_who_object_to_one_line_are_one_objection(transactional_db, together):
    cast = engage()
    values = {"title": "方案", "text": "…", "organ": cast.office, "state": "running"}
    (plan,) = create(Plan, values, actor=SYSTEM, at=AT)
    result = {"unit": "jia", "place": 1, "score": "98", "grade": "优秀", "lines": [LOST]}
    for number, _ in enumerate(pairs(together, 8), 1):
        values = {
            "plan": plan,
            "number": number,
            "scheme": "s",
            "version": 1,
            "results": [result],
            "digest": "0" * 64,
        }
        (fixed,) = create(
            Assessment, values | {"appeal_by": AT.date() + dt.timedelta(days=7)}, actor=SYSTEM, at=AT
        )
        kw = {"assessment": fixed, "unit": cast.town.unit.pk, "rule": "plan"}
        acts = [
            {"act": "object", "seat": seat.pk, "kw": kw, "at": AT.isoformat()}
            for seat in (cast.town.head, cast.town.deputy)
        ]
        assert sorted(together(*acts)) == ["", "这一项已经提出过申诉，请等候复核。"]
    assert Appeal.objects.count() == together.count
