"""公开文本, as people see it."""

from __future__ import annotations

import pytest
from django.test import Client

from foundation.journal.models import Entry
from tests.cast import actor, identity
from tests.forms import filled
from tests.workflows.cases.publishing.test_publications import Told
from tests.workflows.cases.test_register import NOW
from workflows.cases.models import Decision, Publication
from workflows.cases.publishing import services

from .test_cases import queries


@pytest.fixture
def told(cast) -> Told:
    return Told(cast)


@pytest.fixture
def liaison(cast) -> Client:
    return identity(Client(), cast.town.liaison)


def page(client: Client, pk: int) -> str:
    return client.get(f"/publications/{pk}/").content.decode()


def press(client: Client, pk: int, do: str, **typed: str):
    """The form of that act, as the page shows it."""
    html = page(client, pk)
    start = html.index(f'action="/publications/{pk}/{do}/"')
    form = "<form method=post " + html[start : html.index("</form>", start)] + "</form>"
    return client.post(f"/publications/{pk}/{do}/", filled(form, **typed))


def test_it_is_drafted_corrected_reviewed_and_published_in_forms(liaison, cast, told):
    address = f"/cases/{told.pk}/publications/new/"
    assert address in liaison.get(f"/cases/{told.pk}/").content.decode()
    html = liaison.get(address).content.decode()
    assert "处罚决定 罚〔2026〕2号（个人）" in html
    answer = liaison.post(address, filled(html, of=f"decision-{told.other}"))
    pk = Publication.objects.get().pk
    assert answer.headers["Location"] == f"/publications/{pk}/"
    html = page(liaison, pk)
    assert ">许某某</mark>" in html
    assert "许大山" not in html
    liaison.post(f"/publications/{pk}/", {"title": "某厂案", "text": "厂长陈大文、13900139000"})
    html = page(liaison, pk)
    assert "陈大文<sup>待核对</sup>" in html
    assert "1 处待核对" in html
    assert press(liaison, pk, "submit").status_code == 422
    assert press(liaison, pk, "submit", checked="on").status_code == 302
    head = identity(Client(), cast.town.head)
    press(head, pk, "return", why="写明单位")
    assert "写明单位" in page(liaison, pk)
    press(liaison, pk, "submit", checked="on")
    press(head, pk, "approve")
    press(liaison, pk, "publish", on="2026-03-25", where="市政府网站")
    assert Publication.objects.get().state == "published"
    assert str(Decision.objects.get(pk=told.other).published_on) == "2026-03-25"
    says = ("起草公开文本", "送审公开文本", "退回公开文本", "同意公开", "记录公开")
    assert all(words in page(liaison, pk) for words in says)


def test_its_decision_is_not_offered_another_way_out(liaison, told):
    told.draft()
    html = liaison.get(f"/cases/{told.pk}/").content.decode()
    published = [f"/rows/decision/{row}/publish/" in html for row in (told.one, told.other)]
    assert published == [True, False]


def test_what_is_missing_is_said_and_what_was_typed_stays(liaison, told):
    pk = told.draft()
    answer = liaison.post(f"/publications/{pk}/", {"title": "", "text": "写了一半"})
    assert (answer.status_code, "写了一半" in answer.content.decode()) == (422, True)
    pk = told.approved(told.one)
    answer = liaison.post(f"/publications/{pk}/publish/", {"on": "2098-01-01", "where": "市政府网站"})
    html = answer.content.decode()
    assert (answer.status_code, "在将来" in html, "市政府网站" in html) == (422, True, True)


def test_who_comes_second_is_told_who_was_first(cast, told):
    pk = told.approved()
    answer = identity(Client(), cast.clerk).post(f"/publications/{pk}/return/", {"seen": 2, "why": "不妥"})
    assert answer.status_code == 422
    assert "请重新看过再办理" in answer.content.decode()


def test_each_is_offered_what_is_theirs(cast, liaison, told):
    pk = told.draft()
    told.do("submit", pk, checked=True)
    head = identity(Client(), cast.town.head)
    assert f"/publications/{pk}/approve/" not in page(liaison, pk)
    assert f"/publications/{pk}/take_back/" in page(liaison, pk)
    assert f"/publications/{pk}/approve/" in page(head, pk)
    assert f"/publications/{pk}/take_back/" not in page(head, pk)
    clerk = page(identity(Client(), cast.clerk), pk)  # who works on every case, and reviews this one
    assert f"/publications/{pk}/return/" in clerk
    assert f"/publications/{pk}/take_back/" not in clerk


def test_every_look_at_it_is_a_look_at_the_case(liaison, told):
    page(liaison, told.draft())
    assert Entry.objects.filter(target="cases.case", target_id=told.pk, verb="cases.case.look").count() == 1


def test_a_case_with_nothing_to_publish_says_so(cast, liaison, told):
    told.draft(told.one)
    told.draft(told.other)
    assert "没有可以公开的决定或案例" in liaison.get(f"/cases/{told.pk}/publications/new/").content.decode()
    assert liaison.post(f"/publications/{Publication.objects.first().pk}/burn/").status_code == 404


def test_the_list_narrows_and_shows_only_what_one_may_see(cast, told):
    one, other = told.draft(told.one), told.draft(told.other)
    told.do("submit", other, checked=True)
    head = identity(Client(), cast.town.head)
    html = head.get("/publications/?only=review").content.decode()
    assert (f"/publications/{one}/" in html, f"/publications/{other}/" in html) == (False, True)
    assert f"/publications/{one}/" in head.get("/publications/?q=关闭").content.decode()
    assert "没有公开文本" in head.get("/publications/?q=别的").content.decode()
    assert "没有公开文本" in identity(Client(), cast.other.head).get("/publications/").content.decode()


def test_the_list_and_the_case_cost_the_same_with_ten_times_the_rows(cast, told):
    clerk, paths = identity(Client(), cast.clerk), ("/publications/", f"/cases/{told.pk}/")
    told.draft()
    few = [queries(clerk, path) for path in paths]
    works, act = told.works(name="又一厂"), told.act("又一行为")
    for n in range(10):
        row = told.decide(works, act, number=f"{n}", amount=0, other="警告")
        services.draft_publication(case=told.pk, decision=row, actor=actor(cast.clerk), at=NOW)
    assert [queries(clerk, path) for path in paths] == few


def test_its_page_costs_the_same_however_many_parties_the_case_has(liaison, told):
    pk = told.draft()
    few = queries(liaison, f"/publications/{pk}/")
    for n in range(10):
        told.works(name=f"某厂{n}")
    assert queries(liaison, f"/publications/{pk}/") == few
