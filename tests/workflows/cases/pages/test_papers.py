"""文书 of a case, as people see them."""

from __future__ import annotations

import pytest
from django.test import Client

from documents.models import Document
from tests.cast import identity
from tests.forms import filled
from tests.workflows.cases.papers.desk import TYPED, Desk
from workflows.cases.models import Decision, PaperDraft
from workflows.cases.parties.facts import DecisionFacts

from ..fined import ACTED
from .test_cases import queries


@pytest.fixture
def desk(cast) -> Desk:
    return Desk(cast)


@pytest.fixture
def liaison(cast) -> Client:
    return identity(Client(), cast.town.liaison)


def paper(desk: Desk, code: str, *about: int) -> str:
    return "/".join((f"/cases/{desk.pk}/papers/{code}", *map(str, about), ""))


def page(client: Client, desk: Desk) -> str:
    return client.get(f"/cases/{desk.pk}/").content.decode()


def test_the_case_offers_its_papers_and_says_what_is_missing(liaison, desk):
    html = page(liaison, desk)
    assert "○ 还没有登记当事人" in html
    assert "涉嫌犯罪案件移送书" not in html
    desk.whole()
    html = page(liaison, desk)
    assert all(words in html for words in ("涉嫌犯罪案件移送书", "立案监督建议书", "罚〔2026〕2号 堃某"))


def test_a_paper_is_written_kept_and_made(liaison, desk):
    desk.whole()
    html = liaison.get(paper(desk, "report")).content.decode()
    assert "关闭报警器三日。" in html  # offered from the acts
    typed = filled(html, source="群众举报", do="keep")
    assert liaison.post(paper(desk, "report"), typed).headers["Location"] == paper(desk, "report")
    assert PaperDraft.objects.get().typed["source"] == "群众举报"
    html = liaison.get(paper(desk, "report")).content.decode()
    answer = liaison.post(paper(desk, "report"), filled(html, opinion="移送。", do="make"))
    assert answer.headers["Location"] == f"/cases/{desk.pk}/"
    assert Document.objects.get().content["paper"] == "report"
    assert "正在生成" in page(liaison, desk)


def test_what_is_missing_is_said_and_what_was_typed_stays(liaison, desk):
    desk.whole()
    answer = liaison.post(paper(desk, "letter"), TYPED["letter"] | {"to": "", "phone": "手填", "do": "make"})
    html = answer.content.decode()
    assert (answer.status_code, "没有填写“移送给（公安机关全称）”" in html, "手填" in html) == (
        422,
        True,
        True,
    )


def test_what_was_made_is_fetched_from_the_page_by_heads_too(cast, desk):
    letter = desk.whole().make("letter")
    desk.make("letter", number="某移〔2026〕7号")
    html = page(identity(Client(), cast.town.head), desk)
    assert all(number in html for number in ("甲府移〔2026〕1号", "某移〔2026〕7号"))
    assert f"{letter.title}</span></a>" in html
    assert "/papers/" not in html


def test_every_decision_has_a_page_for_its_paper(liaison, desk):
    desk.whole()
    for one in Decision.objects.all():
        assert one.number in liaison.get(paper(desk, "penalty", one.pk)).content.decode()


@pytest.mark.parametrize("of", [("river",), ("letter",), ("penalty",), ("penalty", 999999), ("cover", 1)])
def test_what_the_case_does_not_have_is_not_found(liaison, desk, of):
    assert liaison.get(paper(desk, *of)).status_code == 404


def test_the_page_costs_the_same_with_ten_times_the_papers(liaison, desk):
    desk.whole().make("letter")
    few = queries(liaison, f"/cases/{desk.pk}/")
    works, act = desk.works(name="又一厂"), desk.act("又一行为")
    for n in range(10):
        desk.add(DecisionFacts(works, act, f"罚〔2026〕{n + 10}号", ACTED, "102", other="警告"))
        desk.make("cover")
    assert queries(liaison, f"/cases/{desk.pk}/") == few
