"""The law is data: an article that code or a template names is one that a rule pack holds."""

from __future__ import annotations

import re

import pytest

from tests.house import ROOT, name, sources
from workflows.cases.library import PACKS

ROOMS = ("config/", "foundation/", "approvals/", "documents/", "workflows/", "templates/", "static/js/")
CHINESE = re.compile(r"第\s?[\d一二三四五六七八九十百]+\s?条")
NAMED = re.compile(r"(?:\bart(?:icle)?s?\.? |[法典])(\d{1,3}(?:-\d+)?(?:\(\d+\))?)(?![\d年月日])")
BARE = re.compile(r"(?<![\d.〔-])(\d{2,3}-1(?:\(\d\))?)(?![\d-])")
QUOTED = re.compile(r'[":](\d{1,3}(?:-\d+)?(?:\(\d+\))?)"(?!:)')  # "92", "310:5"; not the key of a law
HELD = {found for path in PACKS.glob("*.yaml") for found in QUOTED.findall(path.read_text())}


def unheld(text: str) -> list[str]:
    """Articles of that text that no pack holds; those in Chinese words never stand in code."""
    return [
        *CHINESE.findall(text),
        *(one for kind in (NAMED, BARE) for one in kind.findall(text) if one not in HELD),
    ]


CODE = [
    path
    for path in sources(".py", ".html", ".js")
    if name(path).startswith(ROOMS) and "migrations" not in path.parts
]


def test_every_article_in_code_and_templates_stands_in_a_rule_pack():
    assert {name(path): found for path in CODE if (found := unheld(path.read_text()))} == {}
    assert len(CODE) > 200


@pytest.mark.parametrize(
    "text",
    ["违反第 99 条", "第九十九条", "安全生产法299", "刑诉法 art. 999", "see articles 299", "(刑法) 399-1"],
)
def test_the_scan_finds_such_an_article(text):
    assert unheld(text)


def test_one_that_a_pack_holds_may_be_named():
    assert unheld("94 for 94-1, 安全生产法 art. 78") == []
    assert not {"31", "310", "2021"} & HELD
    assert ROOT / "workflows/cases/packs" == PACKS
