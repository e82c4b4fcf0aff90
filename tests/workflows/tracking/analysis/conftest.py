"""The campaign of the room's tests, played a little: 甲镇 passes at the second go, 乙镇 at the first, 丙局 is late."""

from __future__ import annotations

import datetime as dt

import pytest

from foundation.organization.models import Appointment
from tests.workflows.tracking.conftest import CHINA, move
from workflows.tasks.models import Remark, Submission, Task


def at(day: int, hour: int = 9) -> dt.datetime:
    return dt.datetime(2026, 6, day, hour, tzinfo=CHINA)


def hand_in(task: int, seat: Appointment, version: int, when: dt.datetime) -> Submission:
    """To the office, as the unit's heads let it through at once."""
    move(Task.submit, task, seat=seat, at=when, version=version)
    move(Task.reach_office, task, seat=seat, at=when)
    return Submission.objects.create(
        task_id=task, version=version, content={}, digest=f"{task}-{version}", author=seat, at=when
    )


@pytest.fixture
def played(campaign, cast):
    jia, yi = campaign.tasks["jia", "1"], campaign.tasks["yi", "1"]
    move(Task.receive, jia, seat=cast.town.liaison, at=at(1))
    move(Task.receive, yi, seat=cast.other.liaison, at=at(1))
    first = hand_in(jia, cast.town.liaison, 1, at(3))
    move(Task.office_return, jia, seat=cast.clerk, at=at(4))
    for by, reason in ((cast.clerk, "wrong"), (cast.clerk, "wrong"), (cast.town.deputy, "other")):
        Remark.objects.create(submission=first, part="summary", reason=reason, text="…", by=by, at=at(4))
    hand_in(jia, cast.town.liaison, 2, at(5))
    hand_in(yi, cast.other.liaison, 1, at(11))
    move(Task.accept, jia, seat=cast.clerk, at=at(8))
    move(Task.accept, yi, seat=cast.clerk, at=at(11, 15))
    return campaign
