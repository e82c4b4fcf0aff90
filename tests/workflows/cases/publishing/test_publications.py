"""公开文本: drafted masked, corrected, reviewed by somebody else, published, taken back."""

from __future__ import annotations

import datetime as dt

import pytest

from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.refusals import Refused
from tests.cast import actor
from tests.matrix import EVERYBODY, person
from workflows.cases.models import Case, CaseClock, CaseEvent, Decision, Publication
from workflows.cases.parties.decisions import annul_decision, publish_decision
from workflows.cases.permissions import (
    publishes_publication,
    reviews_publication,
    sees_publication,
    works_on_publication,
)
from workflows.cases.publishing import services

from ..fined import CODE, NUMBER, Fined
from ..recommending.minutes import Minutes, campaign
from ..test_counting import at
from ..test_register import NOW

STEPS = ("03-02 09:00 filed", "03-10 09:00 informed", "03-12 09:00 heard", "03-20 16:00 decided")
DAY = at("03-25 09:00").date()


class Told(Fined):
    """Its works and the head of them are fined; the head's decision goes public."""

    def __init__(self, cast) -> None:
        super().__init__(cast)
        for line in STEPS:
            self.happened(line)
        works, act = self.works(name="甲镇同兴厂", code=CODE), self.act("许大山（13800138000）关闭报警器")
        self.one = self.decide(works, act, article="99", amount=40_000)
        head = self.head(works, name="许大山", code=NUMBER)
        self.other = self.decide(head, act, number="罚〔2026〕2号", article="94-1", amount=30_000)

    def draft(self, decision: int = 0) -> int:
        by = {"actor": self.by, "at": NOW}
        pk, _ = services.draft_publication(case=self.pk, decision=decision or self.other, **by)
        return pk

    def do(self, act: str, pk: int, by=None, now: dt.datetime = NOW, **told) -> None:
        if act in ("approve", "return"):
            told = {"seen": Publication.objects.get(pk=pk).journal_seq} | told
        getattr(services, f"{act}_publication")(publication=pk, actor=by or self.by, at=now, **told)

    def approved(self, decision: int = 0) -> int:
        pk = self.draft(decision)
        self.do("submit", pk, checked=True)
        self.do("approve", pk, actor(self.cast.town.head))
        return pk

    def public(self, decision: int = 0, on: dt.date = DAY) -> int:
        pk = self.approved(decision)
        self.do("publish", pk, on=on, where="市政府网站")
        return pk


@pytest.fixture
def told(cast) -> Told:
    return Told(cast)


def row(pk: int) -> Publication:
    return Publication.objects.get(pk=pk)


def steps(step: str) -> int:
    return CaseEvent.objects.filter(step=step, struck_at=None).count()


def test_the_draft_says_what_is_recorded_and_nothing_of_who_it_was(told):
    text = row(told.draft()).text
    assert "被处罚人：许某某（甲镇同兴厂主要负责人）" in text
    assert "违法事实：许某某（***）关闭报警器" in text
    assert all(
        words in text for words in ("罚〔2026〕2号", "罚款 30,000 元", "2026年3月20日", "甲镇人民政府")
    )
    assert "《安全生产法》第94条第1款" in text


def test_the_draft_of_an_entity_names_it_with_its_code(told):
    assert f"被处罚人：甲镇同兴厂（统一社会信用代码：{CODE}）" in row(told.draft(told.one)).text


def test_what_is_typed_is_masked_before_it_is_kept(told):
    pk = told.draft()
    services.change_publication(
        publication=pk, title="许大山案", text=f"许大山，{NUMBER}", actor=told.by, at=NOW
    )
    assert (row(pk).title, row(pk).text) == ("许某某案", "许某某，***")
    spoken = str(list(Entry.objects.filter(target="cases.publication").values_list("words", "data")))
    assert not any(secret in spoken for secret in ("许大山", NUMBER, "13800138000"))


def test_who_was_called_so_stays_called_so_whoever_joins_the_case(told):
    pk = told.draft()
    told.head(told.works(name="又一厂"), name="许小山")
    services.change_publication(publication=pk, title="案", text="许大山、许小山", actor=told.by, at=NOW)
    assert row(pk).text == "许某某、许某甲"


def test_places_that_no_rule_decides_are_looked_at_first(told):
    pk = told.draft()
    services.change_publication(publication=pk, title="案", text="厂长陈大文在场", actor=told.by, at=NOW)
    with pytest.raises(Refused, match="逐处核对"):
        told.do("submit", pk, checked=False)
    told.do("submit", pk, checked=True)
    assert row(pk).state == "in_review"


def test_it_goes_public_with_its_decision_and_the_clock_ends(told):
    told.public(told.one)
    assert Decision.objects.get(pk=told.one).published_on == DAY
    assert steps("published") == 0
    pk = told.public()
    assert (row(pk).state, row(pk).published_in, steps("published")) == ("published", "市政府网站", 1)
    assert not CaseClock.objects.filter(live=True, name="公开处罚决定").exists()
    assert first_bad()[1] is None


def test_it_comes_back_with_a_reason_and_is_sent_again(told):
    pk = told.draft()
    told.do("submit", pk, checked=True)
    told.do("return", pk, actor(told.cast.clerk), why="违法事实写得太细")
    assert (row(pk).state, row(pk).remark) == ("returned", "违法事实写得太细")
    told.do("submit", pk, checked=True)
    assert (row(pk).state, row(pk).remark) == ("in_review", "")


def test_whoever_wrote_any_of_it_does_not_review_it(told):
    pk, clerk = told.draft(), actor(told.cast.clerk)
    services.change_publication(publication=pk, title="案", text="改过", actor=clerk, at=NOW)
    told.do("submit", pk, checked=True)
    for by in (clerk, told.by):
        with pytest.raises(Refused, match="不能审核"):
            told.do("approve", pk, by)
    told.do("approve", pk, actor(told.cast.office_head))


def test_the_same_person_in_another_post_is_no_other_person(told):
    cast = told.cast
    Case.team.through._base_manager.create(case_id=told.pk, appointment=cast.twice)
    pk = services.draft_publication(
        case=told.pk, decision=told.other, actor=actor(cast.twice_office), at=NOW
    )[0]
    told.do("submit", pk, checked=True)
    assert not reviews_publication(row(pk), actor(cast.twice_office), DAY)


def test_what_changed_after_it_was_opened_is_read_again(told):
    pk = told.draft()
    told.do("submit", pk, checked=True)
    seen = row(pk).journal_seq
    told.do("take_back", pk)
    services.change_publication(publication=pk, title="案", text="改过", actor=told.by, at=NOW)
    told.do("submit", pk, checked=True)
    with pytest.raises(Refused, match="请重新看过"):
        told.do("approve", pk, actor(told.cast.town.head), seen=seen)


def test_what_was_approved_is_not_changed_but_taken_back(told):
    pk = told.approved()
    with pytest.raises(Refused, match="要修改请先取回"):
        services.change_publication(publication=pk, title="案", text="改", actor=told.by, at=NOW)
    told.do("take_back", pk)
    with pytest.raises(Refused, match="当前状态"):
        told.do("publish", pk, on=DAY, where="网站")


@pytest.mark.parametrize(
    ("act", "more", "says"),
    [
        ("publish", {"on": dt.date(2026, 6, 2), "where": "网站"}, "在将来"),
        ("publish", {"on": DAY, "where": " "}, "在哪里公开"),
        ("publish", {"on": dt.date(2026, 3, 1), "where": "网站"}, "早于决定日期"),
        ("withdraw", {"on": DAY, "why": "错"}, "当前状态"),
        ("drop", {"why": "不用"}, "当前状态"),
        ("drop", {"why": " "}, "请写明"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(told, act, more, says):
    pk = told.approved()
    with pytest.raises(Refused, match=says):
        told.do(act, pk, **more)
    assert (row(pk).state, Decision.objects.get(pk=told.other).published_on) == ("approved", None)


def test_one_text_at_a_time_and_no_way_around_its_review(told):
    pk = told.draft()
    with pytest.raises(Refused, match="已经有文本在办"):
        told.draft()
    with pytest.raises(Refused, match="公开文本在办"):
        publish_decision(case=told.pk, row=told.other, on=DAY, actor=told.by, at=NOW)
    told.do("drop", pk, why="在别的系统公开")
    publish_decision(case=told.pk, row=told.other, on=DAY, actor=told.by, at=NOW)
    assert Decision.objects.get(pk=told.other).published_on == DAY
    with pytest.raises(Refused, match="已经公开"):
        told.draft()


def test_who_becomes_a_party_later_is_masked_before_it_leaves(told):
    pk = told.draft()
    services.change_publication(publication=pk, title="陈大文案", text="…", actor=told.by, at=NOW)
    told.do("submit", pk, checked=True)
    told.head(told.works(name="又一厂"), name="陈大文")
    with pytest.raises(Refused, match="还没有遮盖"):
        told.do("approve", pk, actor(told.cast.town.head))
    told.do("take_back", pk)
    services.change_publication(publication=pk, title=row(pk).title, text="…", actor=told.by, at=NOW)
    assert row(pk).title == "陈某某案"


def test_an_annulled_decision_does_not_go_public(told):
    pk = told.draft()
    annul_decision(case=told.pk, row=told.other, on=DAY, why="自行撤销", actor=told.by, at=NOW)
    with pytest.raises(Refused, match="不能公开"):
        told.do("submit", pk, checked=True)


def test_taking_back_what_was_annulled_ends_its_clock(told):
    told.public(told.one)
    pk = told.public()
    annul_decision(case=told.pk, row=told.other, on=DAY, why="复议撤销", actor=told.by, at=NOW)
    wanted = CaseClock.objects.filter(live=True, name="撤回公开的处罚信息")
    assert wanted.exists()
    told.do("withdraw", pk, on=dt.date(2026, 3, 26), why="决定被撤销")
    assert (row(pk).state, steps("withdrawn"), wanted.exists()) == ("withdrawn", 1, False)


def test_taking_back_a_bad_text_is_no_step_and_another_may_follow(told):
    pk = told.public(told.one)
    told.do("withdraw", pk, on=DAY, why="写错了金额")
    assert steps("withdrawn") == 0
    assert told.public(told.one, dt.date(2026, 3, 27)) != pk
    assert Decision.objects.get(pk=told.one).published_on == dt.date(2026, 3, 27)


@pytest.mark.parametrize("key", sorted(EVERYBODY))
def test_who_may_is_the_same_for_one_and_for_a_list(told, cast, key):
    it, who = row(told.draft()), actor(person(cast, key))
    for rule in (sees_publication, works_on_publication, publishes_publication, reviews_publication):
        listed = Publication.objects.filter(rule.q(who.post, NOW.date()), pk=it.pk).exists()
        assert rule(it, who, NOW.date()) == listed
    reviewers = {"town.deputy", "town.head", "clerk", "office_head"}
    assert reviews_publication(it, who, NOW.date()) == (key in reviewers)


def test_a_case_that_was_adopted_as_typical_goes_public_with_its_recommendation(cast):
    told = Minutes(cast, campaign(cast))
    told.accepted()
    day, it = told.at.date(), told.row
    pk, _ = services.draft_publication(case=told.case, recommendation=it.pk, **told.by(cast.clerk))
    assert "典型意义：有警示意义。" in row(pk).text
    with pytest.raises(Refused, match="公开文本在办"):
        told.publish()
    services.submit_publication(publication=pk, checked=True, **told.by(cast.clerk))
    services.approve_publication(publication=pk, seen=row(pk).journal_seq, **told.by(cast.office_head))
    town = actor(cast.town.liaison)
    assert not publishes_publication(row(pk), town, day)
    with pytest.raises(Refused, match="由安委办公布"):
        services.publish_publication(publication=pk, on=day, where="市政府网站", actor=town, at=told.at)
    services.publish_publication(publication=pk, on=day, where="市政府网站", **told.by(cast.clerk))
    it = row(pk).recommendation
    assert (it.state, it.published_on, it.published_in) == ("published", day, "市政府网站")
