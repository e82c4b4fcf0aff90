"""Some tasks in every state, with their approvals and handlers, at noon of one day."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from foundation.organization.services import working_calendar
from tests.cast import identity
from tests.workflows.tasks.minutes import AT, Minutes
from workflows.tasks import services

NOW = dt.datetime(2026, 6, 25, 1, tzinfo=dt.UTC)
TODAY = dt.date(2026, 6, 25)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def office(client, cast):
    return identity(client, cast.clerk)


@pytest.fixture
def liaison(client, cast):
    return identity(client, cast.town.liaison)


@pytest.fixture
def several(make, cast):
    """Issued, in work, with a handler, under review of the unit and of the office, returned, accepted; of a unit
    without an officer too."""

    def submitted() -> Minutes:
        told = Minutes(make(), cast, AT)
        told.receive()
        told.hold()
        told.submit()
        return told

    make()
    make(due=None)
    make(due=dt.date(2026, 6, 20))
    make(unit=cast.department.unit, state="received", due=dt.date(2026, 6, 26))
    given = Minutes(make(), cast)
    given.receive()
    services.hand_over(task=given.pk, handler=cast.town.handler.pk, **given.by(None))
    submitted()
    second = submitted()
    second.agree(cast.town.deputy)
    third = submitted()
    third.unit_agrees()
    back = submitted()
    back.unit_agrees()
    back.send_back(cast.clerk, "请补正", ("summary", "写清人数"))
    make(state="accepted")
    make(unit=cast.office)  # nobody is its liaison officer
    return working_calendar(timezone.localdate().year - 1, timezone.localdate().year + 1)
