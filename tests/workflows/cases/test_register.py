"""A case as it is kept: opened, told event by event, corrected, closed; seen by few."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.refusals import Refused
from tests.cast import actor
from tests.matrix import EVERYBODY, person
from workflows.cases.events import Event
from workflows.cases.models import Case, CaseClock, CaseEvent
from workflows.cases.permissions import sees_case, works_on_case
from workflows.cases.register import About, change_case, look, open_case, record_event, strike_event

from .test_counting import at

FILE: dict[str, bool | str] = {
    "letter": True,
    "report": True,
    "items": "没有",
    "appraisal": True,
    "others": True,
}
NOW = at("06-01 09:00")


def about(cast, **more) -> About:
    team = (cast.town.liaison.pk, cast.town.handler.pk)
    return About(
        **{"title": "关闭报警器案", "agency": "other", "team": team, "qualified": team, "file": FILE} | more
    )


class Told:
    """The case of 甲镇, event by event, by its liaison officer."""

    def __init__(self, cast) -> None:
        self.cast, self.by = cast, actor(cast.town.liaison)
        self.pk = open_case(about=about(cast), unit=cast.town.unit.pk, actor=self.by, at=at("03-01 09:00"))

    @property
    def row(self) -> Case:
        return Case.objects.get(pk=self.pk)

    @property
    def next(self) -> CaseClock | None:
        """The nearest clock, as lists have it."""
        return self.row.clocks.filter(live=True, due__isnull=False).first()

    @property
    def duty(self) -> str:
        return self.next.name if self.next else ""

    def happened(self, line: str, by=None) -> int:
        day, time, step, *post = line.split()
        event = Event(step, at(f"{day} {time}"), post=post[0] if post else "", reason="事实不清")
        return record_event(case=self.pk, event=event, actor=by or self.by, at=NOW)

    def referred(self) -> None:
        for line in ("03-02 09:00 team", "03-02 15:00 reported", "03-03 10:20 approved head"):
            self.happened(line)


@pytest.fixture
def told(cast) -> Told:
    return Told(cast)


def test_the_nearest_clock_is_kept_beside_it(told):
    told.happened("03-02 09:00 team")
    assert told.next is None
    told.happened("03-02 15:00 reported")
    assert (told.duty, told.next.due) == ("决定是否移送", at("03-05 23:59:59"))
    told.happened("03-03 10:20 approved head")
    assert (told.duty, told.next.due) == ("向同级公安机关移送", at("03-04 10:20"))


def test_what_the_law_does_not_allow_is_refused_with_its_reason_and_source(told):
    told.happened("03-02 09:00 team")
    told.happened("03-02 15:00 reported")
    with pytest.raises(Refused, match=r"不能由分管负责人代行.*国务院令第310号第5条"):
        told.happened("03-03 10:20 approved deputy")
    with pytest.raises(Refused, match="还没有批准移送"):
        told.happened("03-04 09:00 handed_over")
    with pytest.raises(Refused, match="在将来"):
        told.happened("06-02 09:00 suspected")
    with pytest.raises(Refused, match="不在本案的规则里"):
        told.happened("03-04 09:00 nothing")
    assert CaseEvent.objects.count() == 2


def test_it_may_be_recorded_late_and_in_any_order(told):
    told.happened("03-02 09:00 filed")
    told.happened("03-12 09:00 heard")
    told.happened("03-10 09:00 informed")
    told.happened("03-20 09:00 decided")
    assert told.duty in ("送达处罚决定书", "公开处罚决定")


def test_a_wrong_event_is_struck_out_with_a_reason_and_stays(told):
    told.referred()
    last = CaseEvent.objects.latest("pk")
    with pytest.raises(Refused, match="请写明更正的原因"):
        strike_event(case=told.pk, event=last.pk, why=" ", actor=told.by, at=NOW)
    strike_event(case=told.pk, event=last.pk, why="日期写错", actor=told.by, at=NOW)
    assert told.duty == "决定是否移送"
    assert CaseEvent.objects.get(pk=last.pk).struck_why == "日期写错"
    with pytest.raises(Refused, match="已经更正过了"):
        strike_event(case=told.pk, event=last.pk, why="再一次", actor=told.by, at=NOW)


def test_facts_that_change_work_the_clocks_out_anew(told, cast):
    told.referred()
    change_case(case=told.pk, about=about(cast, file={}), actor=told.by, at=NOW)
    with pytest.raises(Refused, match="移送材料不全"):
        told.happened("03-04 09:00 handed_over")
    change_case(case=told.pk, about=about(cast), actor=told.by, at=NOW)
    told.happened("03-04 09:00 handed_over")


def test_it_ends_and_goes_on_when_the_end_was_wrong(told):
    for line in (
        "03-02 09:00 filed",
        "03-10 09:00 informed",
        "03-12 09:00 heard",
        "03-20 09:00 decided",
        "03-25 09:00 paid",
    ):
        told.happened(line)
    end = told.happened("04-01 09:00 closed")
    assert (told.row.state, told.duty) == ("closed", "")
    strike_event(case=told.pk, event=end, why="还没有公开", actor=told.by, at=NOW)
    assert (told.row.state, told.duty) == ("open", "送达处罚决定书")


def test_one_that_is_over_goes_on_while_a_later_referral_waits_for_its_result(told):
    told.happened("03-01 09:00 filed")
    told.happened("03-01 10:00 dropped")
    told.happened("03-02 09:00 team")
    assert told.row.state == "closed"
    told.happened("03-02 15:00 reported")
    assert (told.row.state, told.duty) == ("open", "决定是否移送")
    told.happened("03-03 10:20 refused head")
    assert (told.row.state, told.duty) == ("closed", "")


def test_the_journal_holds_every_step_and_every_look(told, cast):
    told.referred()
    look(case=told.pk, actor=actor(cast.clerk), at=NOW)
    verbs = list(Entry.objects.filter(target="cases.case").order_by("seq").values_list("verb", flat=True))
    assert verbs == ["cases.case.create", *["cases.case.event"] * 3, "cases.case.look"]
    assert first_bad()[1] is None


@pytest.mark.parametrize("key", sorted(EVERYBODY))
def test_who_sees_and_who_works_is_the_same_for_one_and_for_a_list(told, cast, key):
    seat, day = person(cast, key), timezone.localdate()
    for rule in (sees_case, works_on_case):
        one = rule(told.row, actor(seat), day)
        assert one == Case.objects.filter(rule.q(seat.pk, day)).filter(pk=told.pk).exists()
    sees = {"clerk", "office_head", "town.liaison", "town.handler", "town.deputy", "town.head"}
    assert sees_case(told.row, actor(seat), day) == (key in sees)
    assert works_on_case(told.row, actor(seat), day) == (key in sees - {"town.deputy", "town.head"})


def test_whoever_is_not_of_the_team_records_nothing(told, cast):
    with pytest.raises(Refused, match="只有办案人员和安委办"):
        told.happened("03-02 09:00 team", by=actor(cast.town.head))
    told.happened("03-02 09:00 team", by=actor(cast.clerk))


def test_somebody_out_of_office_is_in_no_team(told, cast):
    cast.town.handler.end = dt.date(2026, 1, 2)
    cast.town.handler.save()
    with pytest.raises(Refused, match="已不在任"):
        change_case(case=told.pk, about=about(cast), actor=told.by, at=NOW)
