"""A button is shown where, and only where, the service would do it."""

import datetime as dt

import pytest
import time_machine

from approvals.models import Approval
from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM
from foundation.organization.refusals import Refused
from tests.cast import actor
from workflows.tasks.acts import ACTS, acts_for, may_write
from workflows.tasks.models import Extension, Task
from workflows.tasks.services import refuse_writing

from .conftest import DUE
from .minutes import AT

LATER = dt.date(2026, 7, 20)
STATES = Task.State.values


def given(case, cast, state, handler):
    """The task in a state, set past the services; a review without its approval can't be withdrawn."""
    Task.objects.filter(pk=case.pk).update(
        state=state, handler=cast.town.handler if handler else None, urged_on=None, due_on=DUE, entry=None
    )
    return Task.objects.select_related("item", "unit").get(pk=case.pk)


def asked(task, cast) -> None:
    """An extension that waits for the office."""
    values = {"task": task.pk, "due_on": DUE, "wanted_on": LATER, "reason": "理由", "asked_by": cast.town.liaison, "asked_at": AT}  # fmt: skip
    create(Extension, values, actor=SYSTEM, at=AT)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("code", [code for code in ACTS if code != "withdraw"])
def test_it_is_offered_where_it_works(case, cast, state, code):
    act = ACTS[code]
    for seat in (cast.town.liaison, cast.town.handler, cast.town.head, cast.clerk, cast.office_head, cast.auditor, cast.other.liaison):  # fmt: skip
        task = given(case, cast, state, handler=True)
        if code.startswith("extend-"):
            asked(task, cast)
        offered = act in acts_for(task, seat)
        data = {"handler": cast.town.handler.pk} if code in ("hand_over", "reassign") else {}
        if code in ("waiver", "reopen", "cancel", "reassign", "extend", "extend-refuse", "begin_entry"):
            data["reason"] = "理由"
        if code in ("extend", "extend-agree"):
            data["until"] = LATER
        if code == "begin_entry":
            data["paper_on"] = AT.date()
        try:
            act.run(task.pk, actor(seat), AT, data)
            worked = True
        except Refused:
            worked = False
        assert worked == offered, (seat, state, code)
        Approval.objects.filter(state="pending").update(state="void")
        Extension.objects.all().update(state="withdrawn")


@pytest.mark.parametrize("state", STATES)
def test_the_form_is_shown_to_who_may_write(case, cast, state):
    for seat in cast:
        task = given(case, cast, state, handler=True)
        try:
            refuse_writing(task.pk, actor(seat), AT)
            may = True
        except Refused:
            may = False
        assert may_write(task, seat) == may


def test_taking_back_is_offered_until_somebody_has_decided(ready, cast):
    ready.submit()
    assert ACTS["withdraw"] in acts_for(ready.task, cast.town.liaison)
    ready.agree(cast.town.deputy)
    assert ACTS["withdraw"] not in acts_for(ready.task, cast.town.liaison)
