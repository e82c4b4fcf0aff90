"""The demo's plan says in other words what the published plan says."""

import pytest

from tests.plans.reading.helpers import LEXICON, PUBLISHED, ROOT, dates, published, quantities, uncovered, who
from workflows.plans.reading import Reading, read

DEMO = ROOT / "workflows" / "plans" / "demo_plan.txt"


def demo(year: int) -> tuple[str, Reading]:
    text = DEMO.read_text(encoding="utf-8").format(year=year, ordinal=year - 2001)
    return text, read(text, LEXICON)


def facts(reading: Reading) -> dict[str, object]:
    return {
        "frame": (reading.year, reading.theme, [b.number for b in reading.basis]),
        "periods": [(p.name, p.start, p.end) for p in reading.periods],
        "items": [
            (i.number, len(i.section), dates(i), quantities(i), who(i.responsible), i.inherited)
            for i in reading.items
        ],
        "reports": [(r.kind, r.due, who(r.who), r.attachments, quantities(r)) for r in reading.reports],
        "quotas": [(q.alternatives, q.start, q.end, who(q.who)) for q in reading.quotas],
        "systems": [s.name for s in reading.systems],
    }


@published
@pytest.mark.parametrize("part", ["frame", "periods", "items", "reports", "quotas", "systems"])
def test_it_has_the_facts_of_the_published_plan(part):
    real = read(PUBLISHED.read_text(encoding="utf-8"), LEXICON)
    assert facts(demo(2023)[1])[part] == facts(real)[part]


@published
def test_its_sentences_are_its_own():
    """Names, headings and short duties recur; no long sentence does."""
    real = PUBLISHED.read_text(encoding="utf-8")
    sentences = [
        s for s in demo(2023)[0].replace("\n", "。").split("。") if len(s) > 45 and "《2023年" not in s
    ]
    assert [s for s in sentences if s in real] == []


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_it_reads_whole_in_every_year(year):
    text, reading = demo(year)
    assert (reading.year, len(reading.items), len(reading.periods), len(reading.quotas)) == (year, 20, 2, 1)
    assert [str(r.due) for r in reading.reports if r.due] == [
        f"{year}-05-30",
        f"{year}-07-01",
        f"{year}-12-01",
    ]
    assert (uncovered(text, reading), reading.warnings) == ("", ())
