"""script/bench --tasks runs, and asks of three times the tasks what it asks of few."""

import json
import subprocess
import sys

import jsonschema
import pytest

from benchmarks import tasks_report
from tests.house import ROOT

SCHEMA = json.loads((ROOT / "docs/schemas/bench_tasks.json").read_text())


@pytest.fixture(scope="module")
def told() -> dict:
    command = [sys.executable, "-m", "benchmarks.run", "--tasks", "--json", "--small", "--sqlite", "--rounds", "1"]  # fmt: skip
    return json.loads(subprocess.check_output(command, cwd=ROOT, text=True))


def test_the_output_fits_the_schema(told):
    jsonschema.Draft202012Validator(SCHEMA).validate(told)


def test_three_times_the_tasks_take_no_more_statements(told):
    """Fewer where what is open is on no page any more."""
    side = told["databases"]["sqlite"]
    assert [one["tasks"] for one in side["sizes"]] == [120, 360]
    assert len({one["open"] for one in side["sizes"]}) == 1
    asked = {name: row["statements"] for name, row in side["measured"].items()}
    assert set(asked) == set(tasks_report.LABELS)
    assert {name: both for name, both in asked.items() if both[1] > both[0]} == {}


def test_every_act_is_in_the_table(told):
    table = tasks_report.table(told)
    assert not [label for label in tasks_report.LABELS.values() if label not in table]
