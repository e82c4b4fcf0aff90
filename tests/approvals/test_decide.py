"""One decision: who may, what it changes, what the next person finds."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals import services
from approvals.engine.terms import Command, Do
from approvals.models import Approval, Proxy, Signer
from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused
from foundation.organization.services import end_appointment

from .conftest import AT, appoint

LATER = AT + dt.timedelta(hours=1)


def act(approval, who, do="agree", at=AT, **kw):
    return services.decide(approval_id=approval, actor=Actor.of(who), at=at, do=do, **kw)


def todo(seat, day=AT):
    return list(Approval.objects.todo_of(seat, day.date()).values_list("pk", flat=True))


def test_it_goes_from_deputy_to_head_and_ends_approved(start, town, told):
    pk = start()
    assert (todo(town.deputy), todo(town.head)) == ([pk], [])
    act(pk, town.deputy, opinion="同意报送。")
    assert (todo(town.deputy), todo(town.head)) == ([], [pk])
    act(pk, town.head, at=LATER)
    approval = Approval.objects.get(pk=pk)
    assert (approval.state, approval.ended_at) == ("approved", LATER)
    assert [(one.result, one.route, one.subject_id) for one in told] == [("approved", "test", 1)]
    assert first_bad()[1] is None


def test_every_decision_keeps_the_digest_it_was_taken_on(start, town):
    pk = start()
    act(pk, town.deputy)
    assert Signer.objects.get(approval=pk, key=1).digest == "d1"


def test_the_second_of_two_is_told_who_was_first(start, town, told):
    second = appoint(town.unit, "deputy", "分二")
    pk = start()
    act(pk, town.deputy)
    with pytest.raises(Refused, match="此件已由 分 于 09:30 办理"):
        act(pk, second)


def test_a_form_sent_twice_decides_once(start, town):
    pk = start()
    act(pk, town.deputy, signer=1)
    with pytest.raises(Refused, match="您已于 09:30 办理过此件。"):
        act(pk, town.deputy, signer=1)
    assert Entry.objects.filter(target="approvals.approval", verb="approvals.approval.sign").count() == 1


def test_a_return_ends_it_and_needs_a_reason(start, town, told):
    pk = start()
    with pytest.raises(Refused, match="请先填写意见"):
        act(pk, town.deputy, do="return")
    act(pk, town.deputy, do="return", opinion="照片不清")
    assert (told[0].result, told[0].opinion) == ("returned", "照片不清")


def test_a_return_to_the_previous_step_asks_it_again(start, town):
    pk = start()
    act(pk, town.deputy)
    act(pk, town.head, do="return", to="previous", opinion="请核实人数")
    assert (todo(town.deputy), todo(town.head)) == ([pk], [])


def test_somebody_outside_is_refused(start, town):
    other = appoint(town.unit, "handler", "经")
    with pytest.raises(Refused, match="不是此件的审批人"):
        act(start(), other)


def test_nobody_approves_what_they_drafted(start, town):
    both = appoint(town.unit, "deputy", "联")
    with pytest.raises(Refused, match="本人提交或起草"):
        act(start(), both)


def test_a_proxy_decides_for_an_absent_head(start, town):
    clerk = appoint(town.unit, "handler", "代")
    pk = start()
    Proxy.objects.create(owner=town.deputy, to=clerk, start=AT.date(), end=AT.date(), made_by=town.deputy)
    assert todo(clerk) == todo(town.deputy) == [pk]
    act(pk, clerk)
    signer = Signer.objects.get(approval=pk, key=1)
    assert (signer.appointment, signer.decided_by) == (town.deputy, clerk)
    entry = Entry.objects.get(verb="approvals.approval.sign")
    assert (entry.post, entry.behalf) == (clerk, town.deputy)


def test_a_proxy_of_yesterday_sees_nothing(start, town):
    clerk, past = appoint(town.unit, "handler", "代"), AT.date() - dt.timedelta(days=1)
    Proxy.objects.create(owner=town.deputy, to=clerk, start=past, end=past, made_by=town.deputy)
    pk = start()
    assert todo(clerk) == []
    with pytest.raises(Refused, match="不是此件的审批人"):
        act(pk, clerk)


def test_a_proxy_ends_with_the_post_of_whom_it_stands_for(start, town):
    clerk = appoint(town.unit, "handler", "代")
    pk = start()
    Proxy.objects.create(owner=town.deputy, to=clerk, start=AT.date(), end=AT.date(), made_by=town.deputy)
    end_appointment(appointment=town.deputy, on=AT.date() - dt.timedelta(days=1), at=AT)
    assert todo(clerk) == []
    with pytest.raises(Refused, match="不是此件的审批人"):
        act(pk, clerk)


def test_a_successor_finds_what_the_predecessor_left(start, town):
    pk = start()
    end_appointment(appointment=town.deputy, on=AT.date() - dt.timedelta(days=1), at=AT)
    heir = appoint(town.unit, "deputy", "新")
    assert (todo(town.deputy), todo(heir)) == ([], [pk])
    act(pk, heir)
    assert Signer.objects.get(approval=pk, key=1).appointment == heir


def test_a_decision_writes_the_columns_that_it_changes(start, town):
    pk = start()
    with CaptureQueriesContext(connection) as caught:
        act(pk, town.deputy)
    (written,) = (one["sql"] for one in caught if "UPDATE approvals_signer" in one["sql"])
    columns = written.split(" SET ")[1].split(" FROM r")[0]
    assert [name for name in ("reason", "due", "urged", "signature_id") if f'"{name}"' in columns] == []


def test_withdrawing_ends_it_until_somebody_decided(start, town, told):
    first, second = start(1), start(2)
    services.withdraw(approval_id=first, actor=Actor.of(town.liaison), at=AT)
    assert told[0].result == "withdrawn"
    act(second, town.deputy)
    with pytest.raises(Refused, match="已由 分"):
        services.withdraw(approval_id=second, actor=Actor.of(town.liaison), at=AT)


def test_void_ends_it_without_asking_the_subject(start, town, told):
    pk = start()
    services.void(subject="test.matter", subject_id=1, actor=Actor.of(town.liaison), at=AT, reason="撤销")
    assert Approval.objects.get(pk=pk).state == "void"
    assert told == []
    with pytest.raises(Refused):
        act(pk, town.deputy)


def test_an_empty_post_refuses_the_start_and_names_it(start, town):
    end_appointment(appointment=town.head, on=AT.date() - dt.timedelta(days=1), at=AT)
    with pytest.raises(Refused, match="甲镇主要负责人目前无人担任"):
        start()
    assert not Approval.objects.exists()


def test_a_second_approval_on_the_same_matter_is_impossible(start):
    start(7)
    with pytest.raises(Exception, match=r"(?i)unique"):
        start(7)


def test_following_takes_matter_and_initiator_along(start, town, told):
    from .conftest import UNIT_ROUTE, make_route

    make_route({"name": "再审", "steps": UNIT_ROUTE["steps"][1:]}, code="again")
    pk = start()
    act(pk, town.deputy)
    act(pk, town.head)
    (next_pk,) = services.follow(approvals=[pk], route="again", actor=Actor.of(town.head), at=LATER)
    made = Approval.objects.get(pk=next_pk)
    assert (made.subject_id, made.title, made.initiator, made.digest) == (1, "月报", town.liaison, "d1")
    assert todo(town.head) == [next_pk]


def test_many_at_once_settle_in_a_constant_number_of_statements(start, town, told):
    counts = []
    for size in (2, 20):
        pks = [start(size * 100 + n) for n in range(size)]
        with CaptureQueriesContext(connection) as caught:
            done = services.decide_many(
                approvals=pks,
                actor=Actor.of(town.deputy),
                at=AT,
                command=Command(Do.AGREE, town.deputy.person_id),
            )
        assert (len(done.outcomes), done.refused) == (size, {})
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_one_decision_is_few_statements(start, town):
    pk = start()
    with CaptureQueriesContext(connection) as caught:
        act(pk, town.deputy)
    work = [q["sql"] for q in caught if not q["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]
    assert len(work) <= 8, "\n".join(work)
    assert len([q for q in caught if q["sql"].startswith("SAVEPOINT")]) == 1  # inside the test's transaction
