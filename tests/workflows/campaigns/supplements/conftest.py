"""A campaign under way: 甲镇 was accepted, 丁镇 has an extension, the others have not begun; and a 补充通知 about it."""

from __future__ import annotations

import datetime as dt

import pytest

from approvals.models import Approval
from approvals.services import decide
from foundation.journal.moves import record
from foundation.organization.actors import SYSTEM
from tests.cast import actor
from tests.workflows.campaigns.pages.conftest import approved, ready, running, sent  # noqa: F401 - fixtures
from tests.workflows.plans.conftest import AT, clerk, item, plan, sign_in  # noqa: F401 - fixtures
from tests.workflows.tasks.minutes import Minutes
from workflows.campaigns.supplements import services
from workflows.tasks.models import Task

LATER = AT + dt.timedelta(days=10)
NEW_DAY, OWN_DAY = dt.date(2026, 7, 10), dt.date(2026, 7, 20)


def task(number: str, unit) -> Task:
    return Task.objects.select_related("item", "period").get(item__number=number, unit=unit)


@pytest.fixture
def under_way(running, cast):  # noqa: F811
    """Item 1 asks 甲镇, 乙镇, 丁镇 and 市丙局 for records until 20 June."""
    done = Minutes(task("1", cast.town.unit).pk, cast)
    done.receive()
    done.hold()
    done.submit()
    done.unit_agrees()
    done.office_agrees()
    own = {"changes": {"due_on": OWN_DAY}, "data": {"due_on": ["2026-06-20", "2026-07-20"]}}
    record(Task, task("1", cast.twice.unit).pk, "supplement", actor=SYSTEM, at=AT, **own)
    return running


@pytest.fixture
def by(cast):
    return {"actor": actor(cast.clerk), "at": LATER}


@pytest.fixture
def drafted(under_way, item, by):  # noqa: F811
    """Two sessions instead of one, a report beside the records, and more time."""
    pk = services.start_supplement(plan=under_way.pk, reason="因防汛形势变化，经研究", **by)
    change(pk, item("1"), by)
    return pk


def change(pk, row, by, **other):
    (period,) = row.periods.all()
    given = {
        "text": row.text.replace("不少于1场", "不少于2场"), "deliverables": [*row.deliverables, "report"],
        "due": {period.pk: NEW_DAY},
    }  # fmt: skip
    return services.change_item(supplement=pk, item=row.pk, **given | other, **by)


@pytest.fixture
def agreed(drafted, cast, by):
    services.send(supplement=drafted, **by)
    agree(cast)
    return drafted


def agree(cast) -> None:
    pending = Approval.objects.get(state="pending", subject="viewflow.task").pk
    decide(approval_id=pending, actor=actor(cast.office_head), at=LATER, do="agree")
