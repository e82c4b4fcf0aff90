"""当事人, 违法行为, 处罚决定 and the checker's answer, as people see them."""

from __future__ import annotations

import pytest
from django.test import Client

from foundation.journal.models import Entry
from tests.cast import identity
from tests.forms import filled
from tests.workflows.cases.fined import CODE, NUMBER, Fined
from tests.workflows.cases.test_register import NOW
from workflows.cases.models import Act, Decision, Party
from workflows.cases.parties.services import strike_row

from .test_cases import queries


@pytest.fixture
def fined(cast) -> Fined:
    return Fined(cast)


@pytest.fixture
def liaison(cast) -> Client:
    return identity(Client(), cast.town.liaison)


def rows(fined, *parts) -> str:
    return "/".join((f"/cases/{fined.pk}/rows", *map(str, parts), ""))


def page(client: Client, fined) -> str:
    return client.get(f"/cases/{fined.pk}/").content.decode()


def test_party_act_and_decision_are_recorded_in_forms(liaison, fined):
    typed = {"kind": "entity", "name": "某厂", "code": CODE.lower()}
    assert liaison.post(rows(fined, "party", "new"), typed).status_code == 302
    liaison.post(rows(fined, "act", "new"), {"text": "关闭报警器", "article": "第九十九条第（四）项"})
    party, act = Party.objects.get(), Act.objects.get()
    assert (party.code, act.article) == (CODE, "99(4)")
    html = liaison.get(rows(fined, "decision", "new")).content.decode()
    told = {
        "number": "罚〔2026〕1号",
        "date": "2026-03-20",
        "party": party.pk,
        "act": act.pk,
        "article": "99",
        "amount": "40000",
    }
    answer = liaison.post(rows(fined, "decision", "new"), filled(html, **told))
    assert answer.headers["Location"] == f"/cases/{fined.pk}/"
    assert Decision.objects.get().amount == 40_000


def test_what_is_wrong_is_said_and_what_was_typed_stays(liaison, fined):
    answer = liaison.post(
        rows(fined, "party", "new"), {"kind": "person", "name": "许某", "code": NUMBER[:-1] + "1"}
    )
    html = answer.content.decode()
    assert (answer.status_code, "身份证号的校验位不对" in html, "许某" in html) == (422, True, True)
    answer = liaison.post(rows(fined, "decision", "new"), {"amount": "许多", "number": "罚〔2026〕1号"})
    assert (answer.status_code, "罚〔2026〕1号" in answer.content.decode()) == (422, True)


def test_a_row_is_changed_in_the_form_that_shows_it(liaison, fined):
    works = fined.works()
    html = liaison.get(rows(fined, "party", works)).content.decode()
    liaison.post(rows(fined, "party", works), filled(html, name="某厂（改名）"))
    assert Party.objects.get().name == "某厂（改名）"
    one = fined.decide(works, fined.act())
    html = liaison.get(rows(fined, "decision", one)).content.decode()
    liaison.post(rows(fined, "decision", one), filled(html, amount="20000"))
    assert Decision.objects.get().amount == 20_000


def test_the_page_says_what_makes_the_case_and_what_is_missing(liaison, fined):
    assert all(words in page(liaison, fined) for words in ("尚不满足", "缺少对单位的有效处罚决定"))
    fined.both()
    html = page(liaison, fined)
    assert all(
        words in html
        for words in (
            "符合",
            "本案已处罚主要负责人",
            "不限于主要负责人",
            "关闭报警器</span></td>",
            "在幅度内：20,000–50,000 元",
        )
    )


def test_whether_it_must_be_the_head_is_shown_whatever_it_is(liaison, fined, settings):
    works, act = fined.works(), fined.act()
    fined.decide(works, act)
    fined.decide(fined.head(works, role="direct"), act, number="2")
    assert "尚不满足" not in page(liaison, fined)
    settings.CASE_PRINCIPAL = True
    html = page(liaison, fined)
    assert all(words in html for words in ("尚不满足", "受处罚的个人须是主要负责人", "不是主要负责人"))


def test_a_fine_outside_its_range_is_warned_of_and_the_reason_stands_beside_it(liaison, fined):
    one = fined.decide(fined.works(), fined.act(), stage="first", amount=120_000)
    assert "▲</i>超出幅度：100,000 元以下" in page(liaison, fined)
    liaison.post(rows(fined, "decision", one, "overrule"), {"why": "省裁量基准另有规定"})
    html = page(liaison, fined)
    assert "▲</i>超出幅度" in html
    assert "理由：省裁量基准另有规定" in html


def test_an_article_that_no_pack_holds_is_marked_unverified(liaison, fined):
    fined.decide(fined.works(), fined.act(), article="省条例-30")
    assert "未核实" in page(liaison, fined)


def test_what_becomes_of_a_decision_is_recorded_and_shown(liaison, fined):
    one, _ = fined.both()
    liaison.post(rows(fined, "decision", one, "publish"), {"on": "2026-03-25"})
    assert "3月25日公开" in page(liaison, fined)
    assert "不再算作有效处罚" in liaison.get(rows(fined, "decision", one, "annul")).content.decode()
    liaison.post(rows(fined, "decision", one, "annul"), {"on": "2026-04-01", "why": "复议决定撤销"})
    html = page(liaison, fined)
    assert all(words in html for words in ("被撤销、变更：复议决定撤销", "尚不满足"))
    liaison.post(rows(fined, "decision", one, "strike"), {"why": "登记错案件"})
    assert "已划去：登记错案件" in page(liaison, fined)


def test_signs_of_a_crime_lead_to_the_step_that_records_them(liaison, fined):
    fined.act(article="99(4)")
    html = page(liaison, fined)
    assert "涉嫌犯罪，建议核查移送" in html
    assert f"/cases/{fined.pk}/record/?step=suspected" in html
    fined.happened("03-02 09:00 suspected")
    assert "已进入移送程序" in page(liaison, fined)


def test_the_harm_is_told_in_a_form(liaison, fined):
    html = liaison.get(f"/cases/{fined.pk}/harm/").content.decode()
    liaison.post(f"/cases/{fined.pk}/harm/", filled(html, dead="1", facts=["order_refused"]))
    assert (fined.row.dead, fined.row.facts, fined.row.crime) == (1, ["order_refused"], True)
    assert "死亡 1 人；因重大事故隐患被责令" in page(liaison, fined)


def test_numbers_of_people_are_masked_wherever_they_are_only_read(liaison, fined):
    works = fined.works(code=CODE)
    head = fined.head(works, code=NUMBER)
    html = page(liaison, fined)
    assert "1101**********002X" in html
    assert not any(number in html for number in (CODE, NUMBER))
    assert not any(NUMBER in str(one.words) + str(one.data) for one in Entry.objects.all())
    assert NUMBER in liaison.get(rows(fined, "party", head)).content.decode()


def test_heads_read_and_are_offered_nothing(cast, fined):
    fined.both()
    head = identity(Client(), cast.town.head)
    html = page(head, fined)
    assert "罚〔2026〕1号" in html
    assert "/rows/" not in html
    assert head.get(rows(fined, "party", "new")).status_code == 403


@pytest.mark.parametrize(
    "path", ["river/new", "party/999999", "party/{party}/publish", "decision/{party}/annul"]
)
def test_what_is_not_there_is_not_found(liaison, fined, path):
    assert liaison.get(rows(fined, path.format(party=fined.works())).replace("//", "/")).status_code == 404


def test_what_is_struck_out_is_no_longer_changed(liaison, fined):
    works = fined.works()
    strike_row(case=fined.pk, model=Party, row=works, why="记错", actor=fined.by, at=NOW)
    assert liaison.get(rows(fined, "party", works)).status_code == 404


def test_the_ledger_finds_both_kinds(cast, fined, settings):
    office = identity(Client(), cast.clerk)
    fined.both()
    fined.act("拒不执行", article="102", stage="refused")
    for only in ("double", "crime"):
        html = office.get(f"/cases/?only={only}").content.decode()
        assert all(words in html for words in ("关闭报警器案", ">一案双罚</span>", ">涉嫌犯罪</span>"))
    Party.objects.filter(kind="person").update(role="direct")
    settings.CASE_PRINCIPAL = True
    fined.act("又一行为")
    assert "关闭报警器案" not in office.get("/cases/?only=double").content.decode()


def test_the_page_costs_the_same_with_ten_times_the_rows(liaison, fined):
    works, act = fined.works(), fined.act()
    fined.decide(works, act)
    few = queries(liaison, f"/cases/{fined.pk}/")
    for n in range(10):
        fined.decide(fined.works(name=f"某厂{n}"), fined.act(f"行为{n}"), number=f"{n}")
    assert queries(liaison, f"/cases/{fined.pk}/") == few
