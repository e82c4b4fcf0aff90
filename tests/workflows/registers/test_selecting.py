"""作品评选: collected, judged by 票签, selected, voted on."""

import datetime as dt
from itertools import cycle

import pytest
from django.urls import reverse

from approvals.groups import SignerGroup
from approvals.models import Approval, Route
from approvals.services import decide
from foundation.journal.verify import first_bad
from foundation.organization.refusals import Refused
from foundation.organization.tables import write_table
from tests.cast import actor, identity
from workflows.registers.models import Candidate, RegisterRow, Selection
from workflows.registers.permissions import sees_selection
from workflows.registers.services.importing import look_at, take
from workflows.registers.services.selecting import begin, choose, record_votes, send

from .rows import AT, kind, row

pytestmark = pytest.mark.django_db
APRIL = {"start": dt.date(2026, 4, 1), "end": dt.date(2026, 4, 30)}


class Hall:
    """A selection, its judges (three heads) and its works."""

    def __init__(self, cast, works=3, wanted=2):
        self.cast, self.office = cast, {"actor": actor(cast.clerk), "at": AT}
        self.judges = (cast.town.head, cast.other.head, cast.department.head)
        SignerGroup.objects.create(code="judges", name="作品评委").seats.set(self.judges)
        for n in range(works):
            self.work(n)
        self.pk = begin(kind=kind("works"), title="作品评选", wanted=wanted, **APRIL, **self.office)

    def work(self, n, day="2026-04-10"):
        typed = {"number": str(n), "title": f"作品{n}", "kind": "条漫", "unit": "甲镇", "day": day}
        return row("works", typed, self.cast.clerk)

    def send(self):
        return send(selection=self.pk, **self.office)

    def choose(self, *names):
        pks = [self.of(name).pk for name in names]
        choose(selection=self.pk, candidates=pks, **self.office)

    def of(self, name):
        return Candidate.objects.get(selection=self.pk, row__cells__title=name)

    def vote(self, name, *says, by=None):
        for judge, do in zip(by or self.judges, says, strict=False):
            pk = Approval.objects.get(
                subject="registers.candidate", subject_id=self.of(name).pk, state="pending"
            ).pk
            decide(approval_id=pk, actor=actor(judge), at=AT, do=do, opinion="看过")

    def said(self, name):
        one = self.of(name)
        return one.state, one.yes, one.no, one.abstained

    @property
    def state(self):
        return Selection.objects.get(pk=self.pk).state


@pytest.fixture
def hall(cast):
    return Hall(cast)


def test_every_judge_is_heard_and_the_votes_decide(hall):
    assert hall.send() == 3
    hall.vote("作品0", "agree", "agree", "agree")
    hall.vote("作品1", "agree", "agree")
    assert hall.said("作品1")[0] == "judging"  # two of three would do, and the third is heard all the same
    hall.vote("作品1", "disagree", by=hall.judges[2:])
    hall.vote("作品2", "disagree", "abstain", "agree")
    assert [hall.said(f"作品{n}") for n in range(3)] == [
        ("passed", 3, 0, 0), ("passed", 2, 1, 0), ("failed", 1, 1, 1),
    ]  # fmt: skip
    assert first_bad()[1] is None


def judged(hall, *votes):
    hall.send()
    for n, yes in enumerate(votes):
        hall.vote(f"作品{n}", *(["agree"] * yes + ["abstain"] * (3 - yes)))


def test_the_best_are_offered_and_a_shared_last_place_is_left_to_people(cast, client):
    hall = Hall(cast, works=4, wanted=2)
    judged(hall, 2, 3, 2, 3)
    page = identity(client, cast.clerk).get(reverse("register_selection", args=[hall.pk]))
    assert {str(it["one"]) for it in page.context["works"] if it["marked"]} == {"作品1", "作品3"}
    other = Hall.__new__(Hall)
    other.__dict__ |= hall.__dict__ | {
        "pk": begin(kind=kind("works"), title="再评", wanted=3, **APRIL, **hall.office)
    }
    judged(other, 2, 3, 2, 3)
    page = client.get(reverse("register_selection", args=[other.pk]))
    assert {str(it["one"]) for it in page.context["works"] if it["marked"]} == {"作品1", "作品3"}


def test_from_the_works_to_the_result_of_the_vote(client, hall, cast):
    identity(client, cast.clerk)
    act = "register_selection_act"
    client.post(reverse(act, args=[hall.pk, "send"]))
    for name, says in zip(("作品0", "作品1", "作品2"), cycle([("agree",) * 3]), strict=False):
        hall.vote(name, *says)
    chosen = [hall.of("作品0").pk, hall.of("作品2").pk]
    assert client.post(reverse(act, args=[hall.pk, "choose"]), {"work": chosen}).status_code == 302
    assert "还没有票数：作品0" in client.post(reverse(act, args=[hall.pk, "votes"])).content.decode()
    file = write_table(("作品编号", "票数"), [("0", "3210"), ("2", "99")])
    load = look_at(kind=kind("works"), content=file, name="票.xlsx", **hall.office)
    take(load=load, **hall.office)
    client.post(reverse(act, args=[hall.pk, "votes"]))
    assert (hall.state, hall.of("作品0").votes, hall.of("作品1").votes) == ("voted", 3210, None)
    assert "3210" in client.get(reverse("register_selection", args=[hall.pk])).content.decode()
    assert first_bad()[1] is None


def test_what_comes_later_or_comes_back_is_sent_again_and_nothing_twice(hall):
    hall.send()
    with pytest.raises(Refused, match="没有待送评"):
        hall.send()
    hall.work(7, "2026-05-01")
    hall.work(8, "2026-04-30")
    hall.vote("作品0", "return")
    assert hall.said("作品0")[0] == "waiting"
    assert hall.send() == 2
    assert not Candidate.objects.filter(row__cells__title="作品7").exists()


def test_it_is_chosen_when_all_are_judged_and_among_what_passed(hall):
    hall.send()
    with pytest.raises(Refused, match="还有 3 件"):
        hall.choose("作品0")
    hall.vote("作品0", *["agree"] * 3)
    hall.vote("作品1", *["agree"] * 3)
    hall.vote("作品2", *["disagree"] * 3)
    for names, says in (
        (("作品0", "作品1", "作品2"), "1 到 2 件"),
        ((), "1 到 2 件"),
        (("作品2",), "当前状态"),
    ):
        with pytest.raises(Refused, match=says):
            hall.choose(*names)
    hall.choose("作品0", "作品1")
    assert hall.state == "chosen"
    with pytest.raises(Refused):
        hall.send()


def test_without_judges_nothing_is_sent(hall):
    SignerGroup.objects.get(code="judges").seats.clear()
    with pytest.raises(Refused, match="还没有评委"):
        hall.send()
    assert (hall.state, Candidate.objects.count()) == ("collecting", 0)


def test_a_work_that_is_corrected_meanwhile_is_not_voted_on_as_it_was(client, hall):
    hall.send()
    pk = Approval.objects.get(subject_id=hall.of("作品0").pk, subject="registers.candidate").pk
    work = RegisterRow.objects.get(cells__title="作品0")
    identity(client, hall.cast.clerk)
    edited = {
        "number": "0",
        "title": "作品0",
        "kind": "视频",
        "unit": "jia",
        "day": "2026-04-10",
        "why": "类别填错",
    }
    client.post(reverse("register_row_edit", args=[work.pk]), edited)
    page = identity(client, hall.judges[0]).get(reverse("approval", args=[pk])).content.decode()
    assert "送审以后内容有改动" in page


def test_only_the_office_runs_it_and_the_judges_see_it(client, hall, cast):
    hall.send()
    row, day = Selection.objects.get(), AT.date()
    sees = [seat for seat in cast if sees_selection(row, actor(seat), day)]
    assert sees == [
        seat for seat in cast if Selection.objects.filter(sees_selection.q(seat.pk, day)).exists()
    ]
    assert set(sees) == {cast.clerk, cast.office_head, cast.twice_office, cast.auditor, *hall.judges}
    for seat in (cast.auditor, cast.town.head):
        assert identity(client, seat).post(
            reverse("register_selection_act", args=[hall.pk, "choose"])
        ).status_code == 403  # fmt: skip
    for act in (hall.send, hall.choose, lambda: record_votes(selection=hall.pk, **hall.office)):
        hall.office["actor"] = actor(cast.town.liaison)
        with pytest.raises(Refused):
            act()


@pytest.mark.parametrize("works", [2, 20])
def test_its_page_asks_the_same_however_many_works(client, cast, django_assert_num_queries, works):
    hall = Hall(cast, works=works)
    hall.send()
    identity(client, cast.clerk)
    address = reverse("register_selection", args=[hall.pk])
    client.get(address)
    with django_assert_num_queries(7):
        client.get(address)
    with django_assert_num_queries(7):
        client.get(reverse("register_selections", args=["works"]))


def test_a_selection_is_begun_on_its_page_and_days_are_in_order(client, cast):
    identity(client, cast.clerk)
    address = reverse("register_selections", args=["works"])
    given = {"title": "评选", "start": "2026-04-30", "end": "2026-04-01", "wanted": "12"}
    assert "不能早于" in client.post(address, given).content.decode()
    assert client.post(address, given | {"end": "2026-05-01"}).status_code == 302
    assert client.get(reverse("register_selections", args=["media"])).status_code == 404


@pytest.mark.parametrize("page", ["route", "route_edit"])
def test_its_route_is_read_and_edited_before_there_are_judges(client, cast, page):
    pk = Route.objects.get(code="works").pk
    assert identity(client, cast.office_head).get(reverse(page, args=[pk])).status_code == 200
