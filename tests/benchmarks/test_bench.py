"""script/bench runs, counts what it says it counts, and prints what docs/schemas/bench.json describes."""

import json
import subprocess
import sys

import jsonschema
import pytest

from benchmarks import report
from tests.house import ROOT

SCHEMA = json.loads((ROOT / "docs/schemas/bench.json").read_text())
OURS = ("moves", "approvals")


@pytest.fixture(scope="module")
def result() -> dict:
    """One round on SQLite with a handful of rows; PostgreSQL is asked for by the script alone."""
    command = [sys.executable, "-m", "benchmarks.run", "--json", "--small", "--sqlite", "--rounds", "1"]
    return json.loads(subprocess.check_output(command, cwd=ROOT, text=True))


def test_the_output_fits_the_schema(result):
    jsonschema.Draft202012Validator(SCHEMA).validate(result)


def test_an_unknown_key_does_not_fit(result):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate({**result, "machine": "fast"})


def test_every_implementation_makes_five_commits(result):
    cycle = result["databases"]["sqlite"]["cycle"]
    assert {name: one["commits"] for name, one in cycle.items()} == dict.fromkeys(report.LABELS, 5)


def test_ours_uses_no_savepoint(result):
    cycle = result["databases"]["sqlite"]["cycle"]
    assert [cycle[name]["savepoints"] for name in OURS] == [0, 0]


def test_statement_counts_meet_their_targets(result):
    counted = [one for one in result["targets"] if one["what"].startswith("statements")]
    assert len(counted) == 3
    assert not [one for one in counted if not one["met"]]


def test_hashes_written_by_raw_sql_and_by_the_loop_hold_too(result):
    side = result["databases"]["sqlite"]
    assert side["entries"] > 100
    assert side["bad"] is None


def test_the_floor_agrees_to_a_chunk_in_a_statement_for_each_of_its_four_tables(result):
    decide = result["databases"]["sqlite"]["decide"]
    assert set(decide["floor"]["statements"]) == {4}
    assert len(decide["floor"]["statements"]) == len(decide["statements"])


def test_ours_the_floor_and_the_loop_are_compared_by_the_item(result):
    """Six are looped, twelve are agreed to in chunks: totals would differ by that."""
    decide = result["databases"]["sqlite"]["decide"]
    floor, loop = decide["floor"], decide["viewflow"]
    assert (decide["approvals"], loop["looped"]) == (12, 6)
    assert floor["ratio"] == pytest.approx(decide["ms_each"] / floor["ms_each"], abs=0.01)
    assert loop["ratio"] == pytest.approx(loop["ms_each"] / decide["ms_each"], abs=0.01)


def test_what_is_aimed_at_further_on_decides_nothing(result):
    """The run above ended well, though SQLite takes two statements for a step."""
    (step,) = (one for one in result["targets"] if one["what"] == "statements of one step")
    assert (step["met"], step["further_met"]) == (True, False)


def test_the_table_names_every_implementation_and_target(result):
    table = report.table(result)
    assert not [one for one in report.LABELS.values() if one not in table]
    assert table.count("| sqlite |") == len(result["targets"])
