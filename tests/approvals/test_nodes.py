"""The approval node in a flow of its own: parked, cancelled, revived, undone, timed out; nobody nameless moves it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from viewflow.fsm import TransitionNotAllowed
from viewflow.workflow import PROCESS
from viewflow.workflow.models import Process, Task

from approvals import services, timers
from approvals.acting import acting
from approvals.jobs import tick
from approvals.models import Approval, Signer
from approvals.nodes import lock_processes
from foundation.jobs.models import Job
from foundation.jobs.progress import Progress
from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused

from .conftest import AT, UNIT_ROUTE, make_route
from .timed import LIMIT, TimedFlow, approvals, begin, last, statuses, tasks

HOLDING = ('FROM "viewflow_process"', 'FROM "approvals_approval" INNER JOIN')  # as the locks ask for them
TIMER = TimedFlow.review__timeout
SECOND = LIMIT / LIMIT.total_seconds()


@pytest.fixture
def process(town) -> Process:
    make_route(UNIT_ROUTE | {"steps": [{"name": "审批", "who": [{"post": "head"}]}]})
    return begin(town.unit.pk, Actor.of(town.liaison), AT)


@pytest.fixture
def by_liaison(town):
    with acting(Actor.of(town.liaison), AT, "撤销"):
        yield


def decide(town, do: str = "agree", at=AT) -> None:
    pending = Approval.objects.get(state="pending").pk
    services.decide(approval_id=pending, actor=Actor.of(town.head), at=at, do=do, opinion="见意见")


def ended(process: Process) -> bool:
    process.refresh_from_db()
    return process.status == PROCESS.DONE


# parked


def test_it_waits_in_scheduled_where_the_engine_leaves_it_alone(process):
    assert (statuses(TimedFlow.review), approvals()) == (["SCHEDULED"], ["pending"])
    assert statuses(TIMER) == ["SCHEDULED"]


@pytest.mark.parametrize(("do", "way"), [("agree", "granted"), ("disagree", "refused"), ("return", "amend")])
def test_it_is_left_by_the_way_its_approval_ended(process, town, do, way):
    decide(town, do)
    assert len(tasks(getattr(TimedFlow, way))) == 1
    assert (statuses(TimedFlow.review), statuses(TIMER)) == (["DONE"], ["CANCELED"])
    assert ended(process) is (way != "amend")


def test_a_withdrawal_leaves_like_a_return(process, town):
    services.withdraw(approval_id=Approval.objects.get().pk, actor=Actor.of(town.liaison), at=AT)
    assert statuses(TimedFlow.amend) == ["NEW"]


def test_after_a_return_it_asks_again_with_a_new_clock(process, town, by_liaison):
    decide(town, "return")
    TimedFlow.amend.run(tasks(TimedFlow.amend)[0])
    assert (approvals(), statuses(TIMER)) == (["returned", "pending"], ["CANCELED", "SCHEDULED"])


def test_the_route_hears_the_facts_of_the_flow(town):
    big = {"name": "大额", "who": [{"post": "deputy"}], "when": [{"fact": "amount", "op": ">", "value": 10}]}
    make_route(UNIT_ROUTE | {"steps": [big, {"name": "审批", "who": [{"post": "head"}]}]})
    asked = []
    for amount in (10, 11):
        begin(town.unit.pk, Actor.of(town.liaison), AT, amount=amount)
        asked.append(Signer.objects.filter(state="open").latest("pk").appointment)
    assert asked == [town.head, town.deputy]


def test_where_nobody_can_sign_nothing_begins(town):
    make_route(UNIT_ROUTE | {"steps": [{"name": "审批", "who": [{"post": "office_head"}]}]})
    with pytest.raises(Refused, match="无人担任"):
        begin(town.unit.pk, Actor.of(town.liaison), AT)
    assert not Task.objects.exists()


# cancelled, revived, undone


def test_cancelling_it_voids_the_approval_and_disarms_the_timer(process, by_liaison):
    last(TimedFlow.review).cancel()
    assert (approvals(), statuses(TIMER)) == (["void"], ["CANCELED"])
    assert Entry.objects.get(verb="approvals.approval.void").words["opinion"] == "撤销"


def test_reviving_it_asks_again_and_arms_a_new_timer(process, by_liaison, town):
    last(TimedFlow.review).cancel()
    last(TimedFlow.review).revive()
    assert statuses(TimedFlow.review) == ["REVIVED", "SCHEDULED"]
    assert (approvals(), statuses(TIMER)) == (["void", "pending"], ["CANCELED", "SCHEDULED"])
    decide(town)
    assert statuses(TIMER) == ["CANCELED", "CANCELED"]
    assert ended(process), "an armed timer would keep it open for ever"


def test_a_cancelled_process_voids_the_approval_and_nothing_fires_later(process, by_liaison):
    TimedFlow.instance.cancel(process)
    assert (approvals(), statuses(TIMER)) == (["void"], ["CANCELED"])
    assert timers.fire(AT + 2 * LIMIT) == 0
    assert Process.objects.get().status == PROCESS.CANCELED


def test_reviving_it_takes_a_cancelled_process_up_again(process, by_liaison, town):
    TimedFlow.instance.cancel(process)
    last(TimedFlow.review).revive()
    process.refresh_from_db()
    assert (process.status, process.finished) == (PROCESS.NEW, None)
    decide(town)
    assert ended(process)


def test_undoing_it_keeps_what_was_decided_and_reviving_asks_anew(process, by_liaison, town):
    decide(town, "return")
    with pytest.raises(TransitionNotAllowed):
        last(TimedFlow.review).undo()  # what came after it is still there
    last(TimedFlow.amend).cancel()
    last(TimedFlow.review).undo()
    assert (statuses(TimedFlow.review), approvals()) == (["CANCELED"], ["returned"])
    last(TimedFlow.review).revive()
    assert (approvals(), statuses(TIMER)) == (["returned", "pending"], ["CANCELED", "SCHEDULED"])
    decide(town)
    assert ended(process)
    assert first_bad()[1] is None


def test_a_decision_after_the_cancelling_hears_that_it_has_ended(process, by_liaison, town):
    pending = Approval.objects.get().pk
    last(TimedFlow.review).cancel()
    with pytest.raises(Refused, match="已结束"):
        services.decide(approval_id=pending, actor=Actor.of(town.head), at=AT, do="agree")


@pytest.mark.parametrize("act", ["cancel", "revive"])
def test_nobody_moves_it_without_a_name(process, act, town):
    if act == "revive":
        with acting(Actor.of(town.liaison), AT):
            last(TimedFlow.review).cancel()
    before = approvals()
    with pytest.raises(LookupError):
        getattr(last(TimedFlow.review), act)()
    assert approvals() == before


# timers


def test_in_time_nothing_fires(process):
    assert timers.fire(AT + LIMIT - SECOND) == 0
    assert approvals() == ["pending"]


def test_out_of_time_the_approval_is_void_and_the_flow_goes_on(process):
    assert timers.fire(AT + LIMIT) == 1
    assert (approvals(), statuses(TimedFlow.late)) == (["void"], ["DONE"])
    assert (statuses(TimedFlow.review), statuses(TIMER)) == (["CANCELED"], ["DONE"])
    assert ended(process)
    told = Entry.objects.get(verb="approvals.approval.void")
    assert (told.actor, told.words["opinion"]) == (None, "超过期限")
    assert timers.fire(AT + LIMIT) == 0


def test_the_job_that_urges_fires_them(process):
    job = Job(name="approvals.tick", started=AT + LIMIT)
    assert tick(Progress(job)) == {"touched": 0, "fired": 1}
    assert ended(process)


def test_what_goes_wrong_on_its_way_is_rolled_back_and_stores_nothing(process, caplog):
    """viewflow would keep the locals of the frame, here somebody's telephone, in its own table."""
    Process.objects.update(data=process.data | {"broken": True})
    assert timers.fire(AT + LIMIT) == 0
    assert (approvals(), statuses(TimedFlow.late), statuses(TIMER)) == (["pending"], [], ["SCHEDULED"])
    assert set(map(str, Task.objects.values_list("data", flat=True))) == {"{}"}
    assert "timer" in caplog.text
    Process.objects.update(data=process.data)
    assert timers.fire(AT + LIMIT) == 1


# locks


def test_a_decision_holds_the_process_before_the_approval_and_waits_for_both(process, town):
    pending = Approval.objects.get().pk
    with CaptureQueriesContext(connection) as caught:
        services.decide(approval_id=pending, actor=Actor.of(town.head), at=AT, do="agree")
    # What locks a single approval first leaves out those with a process behind them, by its condition.
    asked = [query["sql"] for query in caught if "NOT (" not in query["sql"]]
    held = [next(n for n, sql in enumerate(asked) if words in sql) for words in HOLDING]
    assert held == sorted(held)
    if connection.vendor == "postgresql":  # SQLite has one writer: the transaction itself is the lock
        assert all("FOR UPDATE" in asked[n] and "NOWAIT" not in asked[n] for n in held)


def test_processes_are_held_by_id_whatever_the_order_of_their_approvals(process, town):
    others = [process, *(begin(town.unit.pk, Actor.of(town.liaison), AT) for _ in range(2))]
    with (
        CaptureQueriesContext(connection) as caught,
        lock_processes([t.pk for t in tasks(TimedFlow.review)][::-1]),
    ):
        pass
    held = [
        query["sql"] for query in caught if '"viewflow_process"' in query["sql"] and "LIMIT 1" in query["sql"]
    ]
    assert [f" {one.pk} " in sql for one, sql in zip(others, held, strict=True)] == [True] * 3
