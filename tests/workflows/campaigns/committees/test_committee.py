"""指导委员会: set up by the office's head, its members read until its last day, then it is dissolved by itself."""

import datetime as dt

import pytest
from django.utils import timezone

from foundation.journal.models import Entry
from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM
from foundation.organization.models import Appointment
from foundation.organization.posts import Post
from foundation.organization.refusals import Refused
from foundation.outbox.models import Message
from foundation.outbox.spreading import spread
from tests.cast import actor
from workflows.campaigns.committees.services import add_member, dissolve, dissolve_due, remove_member, set_up
from workflows.campaigns.models import Committee
from workflows.plans.models import Plan
from workflows.tracking.closing.checklist import checklist
from workflows.tracking.facts import sees_unit

NOW = timezone.make_aware(dt.datetime(2026, 6, 1, 9))
TODAY, LAST = NOW.date(), dt.date(2026, 6, 30)
DAY = dt.timedelta(days=1)


@pytest.fixture
def plan(cast):
    values = {"title": "活动方案", "text": "一", "organ": cast.office, "state": "running", "ends_on": LAST}
    (pk,) = create(Plan, values, actor=SYSTEM, at=NOW)
    return Plan.objects.get(pk=pk)


@pytest.fixture
def committee(plan, cast):
    people = [cast.town.deputy.person, cast.other.deputy.person]
    given = {"name": "活动指导委员会", "ends_on": LAST, "people": people}
    pk = set_up(plan=plan.pk, **given, actor=actor(cast.office_head), at=NOW)
    return Committee.objects.get(pk=pk)


def seat_of(seat) -> Appointment:
    return Appointment.objects.get(person=seat.person, post=Post.LEADER)


def sees_others(seat, cast, day) -> bool:
    return sees_unit(cast.department.unit, actor(seat), day)


def test_a_member_reads_every_unit_until_the_last_day_and_no_longer(committee, cast):
    seat = seat_of(cast.town.deputy)
    assert [sees_others(seat, cast, day) for day in (TODAY, LAST, LAST + DAY)] == [True, True, False]


def test_it_is_dissolved_by_itself_once_and_the_journal_says_so(committee, cast):
    assert dissolve_due(NOW.replace(day=30)) == 0
    assert [dissolve_due(NOW + 30 * DAY), dissolve_due(NOW + 31 * DAY)] == [1, 0]
    entry = Entry.objects.get(verb="campaigns.committee.dissolve")
    assert (entry.actor, entry.data) == (None, {"last_day": "2026-06-30", "members": 2})
    assert [one.until for one in committee.members.all()] == [LAST, LAST]


def test_the_office_hears_of_it_once(committee, cast):
    spread(NOW)
    dissolve_due(NOW + 30 * DAY)
    spread(NOW + 30 * DAY)
    told = Message.objects.filter(kind="plan.committee", channel="site")
    assert [one.person for one in told] == [cast.office_head.person]


def test_the_head_may_end_it_earlier_and_posts_end_at_once(committee, cast):
    later = NOW + 9 * DAY
    dissolve(committee=committee.pk, actor=actor(cast.office_head), at=later)
    assert not sees_others(seat_of(cast.town.deputy), cast, later.date())
    assert sees_others(seat_of(cast.town.deputy), cast, later.date() - DAY)
    with pytest.raises(Refused, match="已经撤销"):
        dissolve(committee=committee.pk, actor=actor(cast.office_head), at=later)


def test_who_was_a_leader_anyway_stays_one(committee, cast):
    by = {"actor": actor(cast.office_head), "at": NOW}
    add_member(committee=committee.pk, person=cast.leader.person, role="chair", **by)
    dissolve(committee=committee.pk, actor=actor(cast.office_head), at=NOW + DAY)
    assert sees_others(cast.leader, cast, LAST + DAY)


def test_a_member_who_leaves_on_the_first_day_never_was_one(committee, cast):
    one = committee.members.get(person=cast.town.deputy.person)
    remove_member(member=one.pk, actor=actor(cast.office_head), at=NOW)
    assert seat_of(cast.town.deputy).revoked
    assert committee.members.filter(until=None).count() == 1


def test_only_the_offices_head_decides_and_one_works_at_a_time(committee, plan, cast):
    given = {"plan": plan.pk, "name": "又一个", "ends_on": LAST}
    with pytest.raises(Refused, match="安委办主任"):
        set_up(**given, actor=actor(cast.clerk), at=NOW)
    with pytest.raises(Refused, match="已有指导委员会"):
        set_up(**given, actor=actor(cast.office_head), at=NOW)


def test_closing_names_it_until_it_is_dissolved(committee, plan):
    def left() -> int:
        return next(one.count for one in checklist(plan) if "指导委员会" in one.label)

    before = left()
    dissolve_due(NOW + 30 * DAY)
    assert (before, left()) == (1, 0)


def test_the_page_sets_it_up_by_the_name_of_the_plan(plan, cast, client):
    from tests.cast import identity

    Plan.objects.filter(pk=plan.pk).update(
        text="四、组织架构\n成立市“安全生产月”活动指导委员会，任务完成后即行撤销。",
        ends_on=timezone.localdate(),
    )
    identity(client, cast.office_head)
    at = f"/plans/{plan.pk}/committee/"
    assert 'value="市“安全生产月”活动指导委员会"' in client.get(at).content.decode()
    given = {"name": "活动指导委员会", "ends_on": timezone.localdate().isoformat()}
    assert client.post(at, given).status_code == 302
    answer = client.post(at, {"person": "没有这人", "role": "member"})
    assert (answer.status_code, "没有叫“没有这人”的在用账号" in answer.content.decode()) == (422, True)
    assert client.post(at, {"person": cast.town.deputy.person.name, "role": "vice"}).status_code == 302
    assert "黄立诚" not in client.get(at).content.decode()
    assert "何振邦" in client.get(at).content.decode()
