"""Minutes of an assessment: adjusted, fixed, objected to, set right in the next version."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from foundation.journal.models import Entry
from foundation.organization.refusals import Refused
from tests.cast import actor
from workflows.tracking.assessment import keeping
from workflows.tracking.assessment.report import report
from workflows.tracking.models import Adjustment, Appeal, Assessment

from ..conftest import CHINA
from .conftest import DUE, TODAY, hand_in

AT = dt.datetime.combine(TODAY, dt.time(10), CHINA)  # a Sunday
FOUR, FIVE = dt.timedelta(days=4), dt.timedelta(days=6)


class Minutes:
    def __init__(self, plan, cast) -> None:
        self.plan, self.cast = plan, cast

    def adjust(self, code="media", points="2", by=None, why="省报报道一篇") -> int:
        who = actor(by or self.cast.clerk)
        unit = self.cast.town.unit.pk
        return keeping.adjust(
            plan=self.plan.pk, unit=unit, code=code, points=Decimal(points), why=why, actor=who, at=AT
        )

    def fix(self, at=AT, by=None) -> Assessment:
        pk = keeping.fix(plan=self.plan.pk, actor=actor(by or self.cast.office_head), at=at)
        return Assessment.objects.get(pk=pk)

    def object(self, row: Assessment, rule="plan", at=AT, by=None) -> int:
        return keeping.appeal(
            assessment=row.pk, unit=self.cast.town.unit.pk, rule=rule, reason="5 月 28 日已经由粤政易报送。",
            actor=actor(by or self.cast.town.head), at=at,
        )  # fmt: skip

    def decide(self, appeal: int, points: str, by=None) -> None:
        who = actor(by or self.cast.office_head)
        keeping.decide(appeal=appeal, points=Decimal(points), answer="核对了收件记录。", actor=who, at=AT)

    @property
    def score(self) -> float:
        return report(self.plan, TODAY)["units"][0]["score"]


@pytest.fixture
def minutes(year, cast):
    hand_in(year, "R1", dt.date(2026, 6, 2), cast.town.liaison, schedule=[{"name": "播出"}])
    return Minutes(year, cast)


def test_an_objection_that_is_upheld_counts_in_the_next_version(minutes):
    first = minutes.fix()
    before = minutes.score
    appeal = minutes.object(first, at=AT + FOUR)
    minutes.decide(appeal, "2")
    assert Appeal.objects.get().state == "upheld"
    assert minutes.score == before + 2
    second = minutes.fix()
    assert (first.number, second.number) == (1, 2)
    (line,) = [one for one in second.results[0]["lines"] if one["rule"] == "plan"]
    assert line["why"] == "事项R1超期 2 个工作日；第 1 版复核更正：核对了收件记录。"
    first.refresh_from_db()
    assert Decimal(first.results[0]["score"]) == Decimal(str(before))  # what was fixed stays
    told = Entry.objects.filter(target__startswith="tracking.").order_by("pk").values_list("verb", flat=True)
    acts = ["assessment.create", "appeal.create", "appeal.uphold", "adjustment.create", "assessment.create"]
    assert list(told) == [f"tracking.{act}" for act in acts]


def test_one_that_is_refused_has_its_answer_and_changes_nothing(minutes):
    before = minutes.score
    minutes.decide(minutes.object(minutes.fix()), "0")
    row = Appeal.objects.get()
    assert (row.state, row.answer, minutes.score) == ("refused", "核对了收件记录。", before)


def test_a_bonus_counts_until_it_is_withdrawn(minutes):
    before = minutes.score
    pk = minutes.adjust()
    assert minutes.score == before + 2
    keeping.withdraw(adjustment=pk, actor=actor(minutes.cast.clerk), at=AT)
    assert (minutes.score, Adjustment.objects.get().state) == (before, "withdrawn")


def test_what_the_head_granted_no_clerk_takes_back(minutes, sign_in):
    minutes.decide(minutes.object(minutes.fix()), "2")
    cast, row, better = minutes.cast, Adjustment.objects.get(), minutes.score
    with pytest.raises(Refused, match="主任"):
        keeping.withdraw(adjustment=row.pk, actor=actor(cast.clerk), at=AT)
    sheet, undo = (reverse(name, args=about) for name, about in (
        ("assessment_unit", [minutes.plan.pk, "jia"]), ("adjustment_withdraw", [row.pk]),
    ))  # fmt: skip
    shown = [undo in sign_in(seat).get(sheet).content.decode() for seat in (cast.clerk, cast.office_head)]
    assert (shown, minutes.score) == ([False, True], better)
    keeping.withdraw(adjustment=row.pk, actor=actor(cast.office_head), at=AT)
    assert minutes.score == better - 2


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda m: m.adjust(code="luck"), "没有这个加分或否决项目"),
        (lambda m: m.adjust(points="9"), "不超过 3 分"),
        (lambda m: m.adjust(points="0"), "要大于 0"),
        (lambda m: m.adjust(by=m.cast.town.liaison), "安委办"),
        (lambda m: m.fix(by=m.cast.clerk), "主任"),
        (lambda m: m.fix(at=AT.replace(year=2026, month=12)), "2026年12月31日 才截止"),
        (lambda m: m.object(m.fix(), rule="liaison"), "没有扣分"),
        (lambda m: m.object(m.fix(), at=AT + FIVE + dt.timedelta(days=1)), "申诉期到 2027年1月15日 为止"),
        (lambda m: m.object(m.fix(), by=m.cast.other.head), "本单位"),
        (lambda m: (row := m.fix(), m.object(row), m.object(row)), "已经提出过申诉"),
        (lambda m: (row := m.fix(), m.fix(), m.object(row)), "最新一版"),
        (lambda m: m.decide(m.object(m.fix()), "2.5"), "扣了 2 分"),
        (lambda m: m.decide(m.object(m.fix()), "1", by=m.cast.clerk), "主任"),
        (lambda m: (one := m.object(m.fix()), m.decide(one, "1"), m.decide(one, "1")), "予以更正"),
    ],
)
def test_what_is_out_of_order_is_refused_with_a_sentence(minutes, act, says):
    with pytest.raises(Refused, match=says):
        act(minutes)


def test_what_never_came_can_be_set_right_as_a_whole(minutes):
    minutes.decide(minutes.object(minutes.fix(), rule="month"), "20")
    lines = {line["rule"]: line["points"] for line in report(minutes.plan, TODAY)["units"][0]["lines"]}
    assert lines["month"] == 20
    assert DUE["R2"] < TODAY
