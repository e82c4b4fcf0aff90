"""Parties, acts, decisions of a case: what is recorded, what is refused, what the checker then says."""

from __future__ import annotations

import datetime as dt

import pytest

from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.refusals import Refused
from tests.cast import actor
from workflows.cases.loading import load, text_of
from workflows.cases.models import Act, Decision, Party
from workflows.cases.parties.decisions import annul_decision, overrule_range, publish_decision
from workflows.cases.parties.facts import ActFacts, HarmFacts, PartyFacts
from workflows.cases.parties.services import strike_row, tell_harm
from workflows.cases.register import About, change_case, open_case

from .fined import CODE, NUMBER, Fined, decision
from .test_register import NOW, about

LATER = dt.date(2026, 4, 1)


@pytest.fixture
def fined(cast) -> Fined:
    return Fined(cast)


@pytest.fixture
def works(fined) -> int:
    return fined.works()


@pytest.fixture
def act(fined) -> int:
    return fined.act()


def stored(fined) -> tuple[str, bool]:
    return fined.row.double, fined.row.crime


# What is kept beside the case


def test_a_decision_on_each_makes_it_one_case_two_penalties(fined):
    assert stored(fined) == ("", False)
    fined.both()
    assert stored(fined) == ("principal", False)


def test_somebody_else_of_the_works_is_told_from_its_head(fined, works, act):
    fined.decide(works, act)
    fined.decide(fined.head(works, role="direct"), act, number="2", stage="overdue")
    assert stored(fined) == ("person", False)


def test_an_annulled_decision_no_longer_counts(fined):
    _, on_head = fined.both()
    annul_decision(case=fined.pk, row=on_head, on=LATER, why="复议决定撤销", actor=fined.by, at=NOW)
    assert stored(fined) == ("", False)
    with pytest.raises(Refused, match="已经记录为撤销"):
        annul_decision(case=fined.pk, row=on_head, on=LATER, why="再次", actor=fined.by, at=NOW)
    with pytest.raises(Refused, match="不能公开"):
        publish_decision(case=fined.pk, row=on_head, on=LATER, actor=fined.by, at=NOW)


def test_one_that_is_struck_out_neither_and_its_number_is_free(fined):
    _, on_head = fined.both()
    strike_row(case=fined.pk, model=Decision, row=on_head, why="登记错案件", actor=fined.by, at=NOW)
    assert stored(fined) == ("", False)
    kept = Decision.objects.get(pk=on_head)
    assert (kept.struck_why, kept.struck_at) == ("登记错案件", NOW)
    fined.decide(kept.party_id, kept.act_id, number=kept.number)


def test_the_article_of_an_act_or_the_harm_suggests_a_crime(fined):
    act = fined.act(article="99(4)")
    assert stored(fined) == ("", True)
    fined.change(act, ActFacts("未设置警示标志", "99(1)"))
    assert stored(fined) == ("", False)
    for harm in (HarmFacts(dead=1), HarmFacts(facts=("order_refused",))):
        tell_harm(case=fined.pk, facts=harm, actor=fined.by, at=NOW)
        assert stored(fined) == ("", True)


# Who may


def test_heads_and_strangers_record_nothing(fined, cast):
    for seat in (cast.town.head, cast.other.liaison, cast.auditor):
        with pytest.raises(Refused, match="只有办案人员和安委办"):
            fined.add(PartyFacts("entity", "某厂"), by=actor(seat))
    fined.add(PartyFacts("entity", "某厂"), by=actor(cast.clerk))


# Parties


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (PartyFacts("entity", ""), "请填写当事人的名称或姓名"),
        (PartyFacts("firm", "某厂"), "请选择"),
        (PartyFacts("entity", "某厂", CODE[:-1] + "4"), "信用代码的校验位不对"),
        (PartyFacts("person", "许某", NUMBER[:-1] + "1"), "身份证号的校验位不对"),
        (PartyFacts("entity", "某厂", role="principal"), "只用于个人"),
        (PartyFacts("person", "许某", of=0x7FFF), "请先登记单位"),
        (PartyFacts("person", "许某", role="mayor"), "身份请从列出的里面选择"),
        (PartyFacts("person", "许某", income=-1), "上一年年收入是负数"),
        (PartyFacts("person", "许某", income=10**11), "请核对是否多写了零"),
        (PartyFacts("person", "赖安宁"), "应当回避.*如“赖安宁（厂长）”"),
    ],
)
def test_a_party_that_cannot_be_is_refused_in_a_sentence(fined, told, says):
    with pytest.raises(Refused, match=says):
        fined.add(told)
    assert not Party.objects.exists()


def test_nobody_joins_the_team_who_is_a_party_already(fined, cast):
    fined.add(PartyFacts("person", cast.town.deputy.person.name))
    team = (cast.town.liaison.pk, cast.town.deputy.pk)
    with pytest.raises(Refused, match="应当回避"):
        change_case(case=fined.pk, about=about(cast, team=team), actor=fined.by, at=NOW)
    reviewed = about(cast, reviewer=cast.town.deputy.person.name)
    with pytest.raises(Refused, match="应当回避"):
        change_case(case=fined.pk, about=reviewed, actor=fined.by, at=NOW)


def test_one_party_is_recorded_once(fined):
    works = fined.works(code=CODE)
    with pytest.raises(Refused, match="本案已经登记"):
        fined.works(code=CODE, name="又一厂")
    fined.change(works, PartyFacts("entity", "某厂（改名）", CODE))


def test_what_others_hang_on_is_not_taken_away(fined, works, act):
    fined.head(works)
    with pytest.raises(Refused, match="不能改为个人"):
        fined.change(works, PartyFacts("person", "许某"))
    fined.decide(works, act)
    for model, row, says in ((Party, works, "请先划去决定.*登记在这个单位名下"), (Act, act, "请先划去决定")):
        with pytest.raises(Refused, match=says):
            strike_row(case=fined.pk, model=model, row=row, why="记错", actor=fined.by, at=NOW)


def test_a_row_of_another_case_is_none_of_this_one(fined, cast):
    other = Fined(cast)
    theirs = other.works()
    with pytest.raises(Refused, match="不属于本案"):
        fined.change(theirs, PartyFacts("entity", "某厂"))
    with pytest.raises(Refused, match=r"当事人不在本案.*违法行为不在本案"):
        fined.decide(theirs, other.act())


# Decisions


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"date": dt.date(2026, 6, 2)}, "2026-06-02 在将来"),
        ({"date": dt.date(2026, 3, 9)}, "早于违法行为终了的日期 2026-03-10"),
        ({"date": dt.date(2026, 3, 11)}, "早于立案的日期 2026-03-12"),
        ({"amount": -1}, "罚款是负数：-1"),
        ({"amount": 10**10 + 1}, "请核对是否多写了零"),
        ({"gains": -5}, "违法所得是负数"),
        ({"amount": 0}, "请填写罚款金额，或者写明其他处罚"),
        ({"number": ""}, "请填写决定书文号"),
        ({"article": ""}, "请填写处罚所依据的条文"),
        ({"stage": "twice"}, "情形请从列出的里面选择"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_in_a_sentence(fined, cast, works, act, told, says):
    told_case = about(cast, violation_ended=dt.date(2026, 3, 10))
    change_case(case=fined.pk, about=told_case, actor=fined.by, at=NOW)
    fined.happened("03-12 09:00 filed")
    with pytest.raises(Refused, match=says):
        fined.decide(works, act, **told)
    assert not Decision.objects.exists()


def test_an_article_that_was_not_in_force_is_refused_and_an_unknown_one_is_not(fined, works, act):
    with pytest.raises(Refused, match="自 2021-09-01 起施行，2021-08-31 还没有施行"):
        fined.decide(works, act, date=dt.date(2021, 8, 31))
    fined.decide(works, act, date=dt.date(2021, 8, 31), article="省条例-30")


def test_an_article_that_was_repealed_by_then_is_refused(cast):
    text = text_of("work_safety", 1).replace("version: 1", "version: 2", 1)
    ended = text.replace('{article: "101",', '{article: "101", effective_to: "2026-03-10",')
    load(text=ended, actor=actor(cast.administrator), at=NOW)
    fined = Fined(cast)
    works, act = fined.works(), fined.act()
    with pytest.raises(Refused, match="2026-03-20 已经废止，请核对日期和条文"):
        fined.decide(works, act)
    fined.decide(works, act, date=dt.date(2026, 3, 9))


def test_a_number_is_told_once_in_all_cases_of_a_unit(fined, cast, works, act):
    fined.decide(works, act)
    with pytest.raises(Refused, match="“罚〔2026〕1号”在本案已经登记"):
        fined.decide(fined.works(name="另一厂"), act)
    other = Fined(cast)
    with pytest.raises(Refused, match="在“关闭报警器案”已经登记"):
        other.both()
    by, team = actor(cast.other.liaison), (cast.other.liaison.pk,)
    elsewhere = open_case(about=About("另案", "other", team), unit=cast.other.unit.pk, actor=by, at=NOW)
    other.pk, other.by = elsewhere, by
    other.both()


def test_a_second_fine_for_the_same_act_is_refused_until_it_is_told_apart(fined, works, act):
    fined.decide(works, act)
    again = {"number": "罚〔2026〕9号", "article": "99"}
    with pytest.raises(Refused, match=r"不能重复罚款（《行政处罚法》第\d+条）"):
        fined.decide(works, act, **again)
    assert Decision.objects.count() == 1
    told = fined.decide(works, act, **again, apart="改正后又一次关闭，另行立案")
    with pytest.raises(Refused, match="不能重复罚款"):
        fined.change(told, decision(works, act, **again))
    fined.decide(works, act, number="按日连续", article="112")


def test_a_second_fine_may_follow_one_that_was_annulled(fined, works, act):
    first = fined.decide(works, act)
    annul_decision(case=fined.pk, row=first, on=LATER, why="复议撤销", actor=fined.by, at=NOW)
    fined.decide(works, act, number="罚〔2026〕9号", date=LATER)


def test_dates_of_what_becomes_of_it_are_after_it_and_not_in_the_future(fined, works, act):
    row = fined.decide(works, act)
    for day, says in ((dt.date(2026, 3, 1), "早于决定日期"), (dt.date(2026, 7, 1), "在将来")):
        with pytest.raises(Refused, match=says):
            publish_decision(case=fined.pk, row=row, on=day, actor=fined.by, at=NOW)
        with pytest.raises(Refused, match=says):
            annul_decision(case=fined.pk, row=row, on=day, why="复议撤销", actor=fined.by, at=NOW)
    publish_decision(case=fined.pk, row=row, on=LATER, actor=fined.by, at=NOW)
    assert Decision.objects.get().published_on == LATER


def test_a_range_is_left_with_a_reason_that_holds_for_these_figures_only(fined, works, act):
    row = fined.decide(works, act, stage="first")
    with pytest.raises(Refused, match="没有超出幅度"):
        overrule_range(case=fined.pk, row=row, why="情节轻微", actor=fined.by, at=NOW)
    fined.change(row, decision(works, act, stage="first", amount=120_000))
    with pytest.raises(Refused, match="请写明"):
        overrule_range(case=fined.pk, row=row, why=" ", actor=fined.by, at=NOW)
    overrule_range(case=fined.pk, row=row, why="省裁量基准另有规定", actor=fined.by, at=NOW)
    fined.change(row, decision(works, act, stage="first", amount=120_000, other="警告"))
    assert Decision.objects.get().overruled == "省裁量基准另有规定"
    fined.change(row, decision(works, act, stage="first", amount=130_000))
    assert Decision.objects.get().overruled == ""


# The full procedure


def test_a_unit_with_the_full_procedure_decides_only_when_the_law_allows(fined, cast, works, act, settings):
    settings.CASE_FULL_PROCEDURE = [cast.town.unit.code]
    fined.happened("03-02 09:00 filed")
    with pytest.raises(Refused, match="没有告知就不能作出处罚决定"):
        fined.decide(works, act)
    fined.happened("03-10 09:00 informed")
    fined.happened("03-21 09:00 heard")
    with pytest.raises(Refused, match=r"没有听取陈述申辩.*晚于"):
        fined.decide(works, act)
    fined.decide(works, act, date=dt.date(2026, 3, 21))


def test_a_record_of_what_was_decided_elsewhere_asks_for_no_step(fined, works, act):
    fined.decide(works, act)


# Harm


@pytest.mark.parametrize(
    "harm", [HarmFacts(dead=-1), HarmFacts(injured=10**6), HarmFacts(loss=-1), HarmFacts(facts=("haste",))]
)
def test_harm_that_cannot_be_is_refused(fined, harm):
    with pytest.raises(Refused):
        tell_harm(case=fined.pk, facts=harm, actor=fined.by, at=NOW)


# The journal


def test_the_journal_tells_each_change_and_never_a_whole_number(fined):
    works = fined.works(code=CODE)
    head = fined.head(works, code=NUMBER, income=200_000)
    strike_row(case=fined.pk, model=Party, row=head, why="不是本案人员", actor=fined.by, at=NOW)
    entries = list(Entry.objects.filter(target="cases.case").order_by("seq"))[1:]
    assert [one.verb.rpartition(".")[2] for one in entries] == ["add_party", "add_party", "strike_party"]
    assert entries[1].words["code"] == "1101**********002X"
    assert entries[1].data == {"row": head}
    assert first_bad()[1] is None
