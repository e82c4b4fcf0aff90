"""script/bench --pdf: everybody sets the same words, all processes count, and the report fits its schema."""

import json

import jsonschema
import pytest

from benchmarks.papers import report
from benchmarks.papers.run import measure
from benchmarks.papers.texts import TINY, html_of, lacking, text_of, typst_of
from benchmarks.papers.usage import cpu_of, family, read_stat
from tests.house import ROOT

SCHEMA = json.loads((ROOT / "docs/schemas/bench_pdf.json").read_text())
STAT = "{} (a (b) c) S {} 1 1 0 -1 4 100 0 0 0 7 5 2 1 20 0 1 0 9"
FOUND = {
    "rounds": [
        {
            **{paper: {"anban": 0.2, "libreoffice": 0.5, "chromium": 0.1} for paper in TINY},
            "start": {"libreoffice": 0.1},
        }
    ],
    "pages": {name: dict.fromkeys(TINY, 2) for name in ("anban", "libreoffice", "chromium")},
    "memory": {"anban": 100 << 20, "libreoffice": 200 << 20, "chromium": 500 << 20},
    "copies": 10,
    "absent": ["typst"],
    "batch": {"copies": 500, "single": 0.4, "copy": 0.2, "ratio": 0.5},
}


@pytest.fixture(scope="module")
def told() -> dict:
    return report.summary(FOUND)


def test_ours_is_measured_and_its_words_are_read_back():
    found = measure(["anban"], rounds=1, copies=1, sizes=TINY)
    assert found["pages"]["anban"]["table"] == 2
    assert found["memory"]["anban"] > 30 << 20
    assert set(found["rounds"][0]) == {*TINY, "start"}


@pytest.mark.parametrize("paper", TINY)
def test_peers_read_every_word_and_no_two_numbers_the_same(paper):
    text = text_of(paper, TINY[paper], 1)
    assert lacking(text, html_of(text)) == lacking(text, typst_of(text)) == ""
    assert text_of(paper, TINY[paper], 2) != text


def test_a_word_that_is_left_out_is_told_wherever_lines_break():
    assert lacking("| 各镇 | 办公室 |", "各\n镇 办室") == "公"


def test_children_that_ended_count_with_their_parent():
    processes = [read_stat(STAT.format(pid, parent)) for pid, parent in ((9, 8), (8, 5), (5, 1), (7, 1))]
    assert [one.pid for one in family(processes, 5)] == [5, 8, 9]
    assert processes[0].ticks == 7 + 5 + 2 + 1


def test_a_process_that_is_gone_takes_nothing():
    assert cpu_of(2**22 + 1) == 0


def test_the_office_counts_without_its_start(told):
    """The harder bound: a start is shared by however many there are."""
    assert told["papers"]["long"]["libreoffice"] == {"seconds": 0.4, "ours": 0.5, "pages": 2}
    assert told["start"] == 1.0


def test_targets_are_judged_by_document_and_by_peer(told):
    met = [(one["database"], one["measured"], one["met"]) for one in told["targets"]]
    assert met == [
        *((paper, 0.5, True) for paper in TINY),
        *((paper, 2.0, False) for paper in TINY),
        ("chromium", 0.2, True),
        ("anban", 0.5, True),
    ]


def test_who_is_not_installed_is_named_and_not_judged():
    alone = {
        **FOUND,
        "rounds": [{**{paper: {"anban": 0.2} for paper in TINY}, "start": {}}],
        "memory": {"anban": 100 << 20},
        "absent": ["libreoffice", "chromium", "typst"],
    }
    told = report.summary(alone)
    assert [one["what"] for one in told["targets"]] == ["copies in one job, × made alone"]
    assert report.table(told).count("not installed") == 3 * (len(TINY) + 1)


def test_the_output_fits_the_schema(told):
    jsonschema.Draft202012Validator(SCHEMA).validate(told)


def test_the_table_names_every_peer_and_target(told):
    table = report.table(told)
    assert not [one for one in report.NAMES.values() if one not in table]
    assert all(f"| {one['what']} | {one['database']} |" in table for one in told["targets"])
