"""规则 and 推算, as people see them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.organization.models import Day
from tests.cast import identity
from tests.workflows.cases.hall import PACK
from workflows.cases.views.rules import PARTS


@pytest.fixture
def clerk(cast) -> Client:
    return identity(Client(), cast.clerk)


def test_every_rule_stands_there_with_its_source(clerk):
    html = {part: clerk.get(f"/rules/?part={part}").content.decode() for part in PARTS}
    assert not [rule.name for rule in PACK.clocks if rule.name not in html["clocks"]]
    assert not [gate.why for gate in PACK.gates if gate.why not in html["gates"]]
    assert not [paper.name for paper in PACK.file if paper.name not in html["file"]]
    assert not [law.name for law in PACK.laws.values() if law.name not in html["laws"]]
    assert "《行政处罚法》第60条" in html["clocks"]
    assert "上一年年收入的 40%" in html["fines"]
    assert "危险作业罪" in html["triggers"]


def test_what_is_not_verified_says_so_and_what_was_not_found_is_named(clerk):
    html = clerk.get("/rules/").content.decode()
    assert html.count(">待核</span>") == sum(
        not basis.verified for rule in PACK.clocks for basis in rule.bases
    )
    assert "令18号" in html


def test_other_agencies_see_what_binds_them(clerk):
    html = clerk.get("/rules/?agency=other").content.decode()
    assert "移送书抄送同级检察院" not in html
    assert "应急〔2019〕54号第7条" not in html


@pytest.mark.parametrize("query", ["?pack=none&agency=none", "?pack=&agency="])
def test_an_address_that_makes_no_sense_shows_the_newest(clerk, query):
    assert clerk.get(f"/rules/{query}").status_code == 200


def test_the_dates_that_follow_skip_the_holidays_of_the_calendar(clerk):
    for day in (16, 17, 18, 19, 20, 23):
        Day.objects.create(date=f"2026-02-{day}", works=False, name="春节")
    html = clerk.get("/rules/what-if/?step=received&at=2026-02-12T15:00").content.decode()
    assert "2026年2月24日 23:59" in html
    assert "2027 年" not in html


def test_a_year_without_holidays_is_said(clerk):
    html = clerk.get("/rules/what-if/?step=received&at=2031-02-12T15:00").content.decode()
    assert "2031 年" in html
    assert "按周一至周五推算" in html


@pytest.mark.parametrize(
    "query",
    [
        "step=received&at=soon",
        "step=received&at=9999-12-31T15:00",
        "step=closed&at=2026-02-12T15:00",
        "step=received",
    ],
)
def test_bad_input_is_said_at_its_field_and_stays(clerk, query):
    answer = clerk.get(f"/rules/what-if/?{query}")
    assert answer.status_code == 422
    assert "错误" in answer.content.decode()


def test_the_pages_ask_little_of_the_database(clerk):
    counts = []
    for path in ("/rules/", "/rules/what-if/?step=reported&at=2026-02-12T15:00"):
        with CaptureQueriesContext(connection) as asked:
            clerk.get(path)
        counts.append(len(asked))
    assert counts == [6, 7]  # one of them: which law counts
