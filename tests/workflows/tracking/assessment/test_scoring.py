"""What a unit scores: every point that is lost has a reason, and what was not asked for costs none."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.organization.calendar import WorkCalendar
from workflows.tracking.assessment.reading import schemes
from workflows.tracking.assessment.scoring import Clock, Done, Earned, Given, UnitFacts, ranked, score

SCHEME = schemes()[-1]
DUE = dt.date(2026, 7, 1)  # a Wednesday
CLOCK = Clock(dt.date(2027, 1, 15), WorkCalendar())
PARTS = ("liaison", "plan", "month", "annual", "cases", "activity")


def done(part: str, late: int = 0, **more) -> Done:
    """One handed in so many days after it was due."""
    told = {"task": 7, "name": "一件事", "part": part, "due_on": DUE, "first_on": DUE + dt.timedelta(late)}
    told |= {"accepted": True, "answered": part == "cases"}
    return Done(**told | more)


def lines(*tasks: Done, given=(), has_liaison=True, clock=CLOCK) -> dict[str, tuple[Decimal, str]]:
    """Of every rule what was lost and why."""
    result = score(SCHEME, UnitFacts("jia", has_liaison, tasks, tuple(given)), clock)
    return {line.rule: (line.of - line.points, line.why) for line in result.lines if line.of != line.points}


def test_a_unit_that_was_asked_for_nothing_loses_nothing():
    result = score(SCHEME, UnitFacts("jia"), CLOCK)
    assert (result.score, result.grade) == (100, "优秀")


@pytest.mark.parametrize(
    ("task", "lost"),
    [
        (done("plan", late=2), {"plan": (2, "一件事超期 2 个工作日")}),
        (done("plan", late=4), {"plan": (2, "一件事超期 2 个工作日")}),  # over a weekend
        (done("month", late=60), {"month": (20, "一件事超期 42 个工作日")}),  # never below nothing
        (done("annual", first_on=None), {"annual": (20, "一件事没有报送")}),
        (done("annual", first_on=None, waived=True), {}),
        (done("month", accepted=False), {}),  # in time is in time, whatever came after
        (done("activity", accepted=False), {"coverage": (20, "应完成 1 项，未完成 1 项")}),
        (done("cases", answered=False), {"cases": (10, "一件事没有推荐，也没有说明原因")}),
        (done("cases", late=1), {"cases": (1, "一件事超期 1 个工作日")}),
        (done("month", photos=2), {"complete": (2, "一件事缺现场照片（至少 3 张）或视频（至少 1 个）")}),
        (done("month", photos=0, videos=1), {}),
        (done("month", returned=2, lacks=("可编辑版本",)), {"complete": (4, "一件事缺可编辑版本；一件事退回 2 次")}),
        (done("plan", scheduled=False), {"schedule": (5, "一件事没有附件3安排表")}),
    ],
)  # fmt: skip
def test_every_loss_has_its_reason(task, lost):
    assert lines(task) == {rule: (Decimal(points), why) for rule, (points, why) in lost.items()}


def test_what_is_due_later_is_not_missing_yet():
    early = Clock(DUE, WorkCalendar())
    assert (
        lines(*(done(part, first_on=None, accepted=False, answered=False) for part in PARTS), clock=early)
        == {}
    )


def test_of_several_activities_the_share_that_is_missing_is_lost():
    tasks = [done("activity", task=n, accepted=n > 0) for n in range(3)]
    result = score(SCHEME, UnitFacts("jia", True, tuple(tasks)), CLOCK)
    (line,) = [line for line in result.lines if line.rule == "coverage"]
    assert (line.points, line.evidence) == (Decimal("13.33"), (0,))


def test_bonuses_have_a_limit_each_and_one_together():
    marks = [Given("media", Decimal(9), "报道", 1), Given("works", Decimal(3), "入选", 2)]
    result = score(SCHEME, UnitFacts("jia", False, (), tuple(marks)), CLOCK)
    assert result.score == 100 - 3 + 3 + 2
    assert [(line.rule, line.points, line.evidence) for line in result.lines[-2:]] == [
        ("media", 3, (1,)), ("works", 2, (2,)),
    ]  # fmt: skip


def test_what_registers_tell_of_comes_first_and_shares_the_limit_with_what_is_added_by_hand():
    earned = tuple(Earned("media", n, f"报道{n}") for n in range(5))
    facts = UnitFacts("jia", False, (), (Given("media", Decimal(2), "省报报道", 7),), earned)
    counted, by_hand = score(SCHEME, facts, CLOCK).lines[-2:]
    assert (counted.kind, counted.points, counted.evidence) == ("counted", Decimal("2.5"), (0, 1, 2, 3, 4))
    assert counted.why == "登记册 5 条，每条 0.5 分：报道0、报道1、报道2等"
    assert (by_hand.kind, by_hand.points, by_hand.evidence) == ("bonus", Decimal("0.5"), (7,))


def test_a_veto_takes_the_grade_and_leaves_the_score():
    result = score(SCHEME, UnitFacts("jia", given=(Given("accident", Decimal(), "某日事故", 4),)), CLOCK)
    assert (result.score, result.grade) == (100, "不合格")
    assert result.lines[-1].why == "一票否决：某日事故"


def test_equal_scores_share_a_place():
    told = [UnitFacts("a"), UnitFacts("b", False), UnitFacts("c"), UnitFacts("d", False)]
    rows = ranked(score(SCHEME, facts, CLOCK) for facts in told)
    assert [(place, result.unit) for place, result in rows] == [(1, "a"), (1, "c"), (3, "b"), (3, "d")]


days = st.none() | st.dates(dt.date(2026, 5, 1), dt.date(2027, 1, 10))
tasks = st.builds(
    Done, task=st.integers(1, 9), name=st.just("事"), part=st.sampled_from(PARTS), due_on=days, first_on=days,
    accepted=st.booleans(), waived=st.booleans(), returned=st.integers(0, 9), scheduled=st.none() | st.booleans(),
    photos=st.none() | st.integers(0, 9), videos=st.integers(0, 2), lacks=st.sampled_from([(), ("可编辑版本",)]),
    answered=st.booleans(),
)  # fmt: skip


@given(st.lists(tasks, max_size=8), st.booleans())
def test_whatever_was_done_no_rule_leaves_its_bounds_and_every_loss_is_explained(done, has_liaison):
    result = score(SCHEME, UnitFacts("jia", has_liaison, tuple(done)), CLOCK)
    assert result.score == sum(line.points for line in result.lines)
    for line in result.lines:
        assert 0 <= line.points <= line.of
        assert (line.points == line.of) or line.why
    assert result == score(SCHEME, UnitFacts("jia", has_liaison, tuple(done)), CLOCK)


@given(st.lists(tasks, min_size=1, max_size=8), st.data())
def test_handing_in_a_day_later_never_scores_more(done, data):
    late = [one for one in done if one.first_on]
    if not late:
        return
    one = data.draw(st.sampled_from(late))
    later = dataclasses.replace(one, first_on=one.first_on + dt.timedelta(1))
    after = [later if other is one else other for other in done]
    before, now = (score(SCHEME, UnitFacts("jia", True, tuple(rows)), CLOCK).score for rows in (done, after))
    assert now <= before
