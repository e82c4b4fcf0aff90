"""选定依据: where two laws disagree the office says which counts, and every case follows."""

from __future__ import annotations

import pytest
from django.test import Client

from foundation.jobs.queue import run_due
from foundation.journal.models import Entry
from foundation.organization.refusals import Refused
from tests.cast import actor, identity
from tests.workflows.cases.hall import PACK
from tests.workflows.cases.referring.minutes import Minutes
from tests.workflows.cases.test_counting import at
from workflows.cases.bases.choosing import choose_bases
from workflows.cases.bases.chosen import chosen_laws
from workflows.cases.bases.disputes import disputes
from workflows.cases.models import BasisChoice, CaseClock
from workflows.cases.register import standing
from workflows.cases.wall.reckoning import reconcile
from workflows.cases.wall.sweep import sweep

NOW = at("03-10 09:00")


@pytest.fixture
def case(cast) -> Minutes:
    """At the police, who have to look into the facts: three days by one law, seven by the other."""
    case = Minutes(cast)
    for step, when, post in (
        ("team", "03-02 09:00", ""), ("reported", "03-02 15:00", ""), ("approved", "03-03 10:20", "head"),
        ("handed_over", "03-04 09:00", ""), ("received", "03-04 10:00", ""), ("clue_check", "03-05 09:00", ""),
    ):  # fmt: skip
        case.happened(step, when, post=post, now="03-10 09:00")
    return case


@pytest.fixture
def choose(cast):
    def do(**wanted: str) -> int:
        return choose_bases(wanted=wanted, pack=PACK, actor=actor(cast.office_head), at=NOW)

    return do


def waits() -> list[str]:
    """Of the wall, the stricter first."""
    found = CaseClock.objects.filter(rule="T7", live=True).order_by("due")
    return [one.basis.partition("第")[0] for one in found]


def test_by_default_both_hang_on_the_wall_the_stricter_first(case):
    first, second = CaseClock.objects.filter(rule="T7", live=True).order_by("due")
    assert (first.due < second.due, first.verified, second.verified) == (True, True, False)


@pytest.mark.parametrize(("law", "words"), [("310", "国务院令"), ("54", "应急〔2019〕54号")])
def test_what_was_chosen_alone_waits_once_the_cases_are_worked_out_anew(case, choose, law, words):
    assert choose(T7=law) == 1
    assert len(waits()) == 2
    run_due(NOW)
    assert [basis.startswith(words) for basis in waits()] == [True]
    assert reconcile(NOW)["different"] == []
    stood = [one.status for one in _seven(case)]
    assert sorted(stood) == ["overdue" if law == "310" else "running", "void"]


def _seven(case: Minutes):
    return [one for one in standing(case.row, NOW).clocks if one.rule.rule == "T7"]


def test_what_no_longer_counts_is_swept_by_nobody(case, choose):
    choose(T7="54")
    run_due(NOW)
    sweep(at=NOW)
    assert "T7" not in [one.data["rule"] for one in Entry.objects.filter(verb="cases.case.overdue")]


def test_all_of_them_count_again(case, choose):
    choose(T7="54")
    run_due(NOW)
    choose(T7="")
    assert chosen_laws() == {}
    run_due(NOW)
    assert len(waits()) == 2


def test_a_choice_is_told_in_the_journal_and_none_where_nothing_changed(case, choose):
    assert (choose(T7="54"), choose(T7="54"), choose(T7="310")) == (1, 0, 1)
    told = Entry.objects.filter(verb="journal.book.rules.choose").order_by("seq")
    assert [one.data for one in told] == [
        {"rule": "T7", "law": "54", "was": ""},
        {"rule": "T7", "law": "310", "was": "54"},
    ]
    assert BasisChoice.objects.count() == 2


@pytest.mark.parametrize("wanted", [{"T1": "310"}, {"T7": "99"}, {"T99": ""}])
def test_what_the_rules_do_not_know_is_refused(choose, wanted):
    with pytest.raises(Refused, match="刷新后重新选择"):
        choose(**wanted)
    assert not BasisChoice.objects.exists()


def test_only_what_can_come_to_different_dates_is_to_be_chosen():
    assert list(disputes(PACK)) == ["T7"]
    assert set(disputes(PACK)["T7"].laws) == {"310", "54"}


# -- pages


def test_the_head_chooses_on_a_page_and_everybody_reads_it(case, cast):
    head = identity(Client(), cast.office_head)
    page = head.get("/rules/choose/").content.decode()
    assert "只按国务院令第310号第8条" in page
    assert "案情需要查证的，7日" in page
    assert head.post("/rules/choose/", {"T7": "310"}).status_code == 302
    assert cast.office_head.person.name in head.get("/rules/choose/").content.decode()
    assert identity(Client(), cast.town.head).get("/rules/").content.decode().count(">不采用</span>") == 1


def test_what_if_shows_what_counts(cast, choose):
    client = identity(Client(), cast.clerk)
    address = "/rules/what-if/?step=received&at=2026-03-04T10:00"
    assert "国务院令第310号第8条" in client.get(address).content.decode()
    choose(T7="54")
    html = client.get(address).content.decode()
    assert ("应急〔2019〕54号第11条" in html, "国务院令第310号第8条" in html) == (True, False)


def test_a_law_that_is_none_is_said_at_its_field(cast):
    answer = identity(Client(), cast.office_head).post("/rules/choose/", {"T7": "99"})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"T7"}
    assert not BasisChoice.objects.exists()
