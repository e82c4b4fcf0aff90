"""The written pages point at what is there, and both READMEs say the same."""

import re

from tests.house import ROOT, name, sources

LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def links(page) -> list[str]:
    return [link for link in LINK.findall(page.read_text()) if ":" not in link]


def test_every_link_of_a_page_leads_to_a_file():
    broken = {(name(p), link) for p in sources(".md") for link in links(p) if not (p.parent / link).exists()}
    assert not broken


def test_both_readmes_give_the_same_commands_and_links():
    english, chinese = ((ROOT / page).read_text() for page in ("README.md", "README.zh.md"))
    assert BLOCK.findall(english) == BLOCK.findall(chinese)
    assert set(LINK.findall(english)) - {"README.zh.md"} == set(LINK.findall(chinese)) - {"README.md"}


def test_every_decision_is_listed_in_the_index():
    decisions = sorted(p.name for p in (ROOT / "docs/decisions").glob("0*.md"))
    assert LINK.findall((ROOT / "docs/decisions/README.md").read_text()) == decisions
