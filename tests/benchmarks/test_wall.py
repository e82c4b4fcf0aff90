"""script/bench --wall runs, and asks of three times the cases what it asks of few."""

import json
import subprocess
import sys

from benchmarks import wall_report
from tests.house import ROOT


def test_statements_do_not_grow_with_the_cases():
    command = [
        sys.executable,
        "-m",
        "benchmarks.run",
        "--wall",
        "--json",
        "--small",
        "--sqlite",
        "--rounds",
        "1",
    ]
    told = json.loads(subprocess.check_output(command, cwd=ROOT, text=True))
    side = told["sqlite"]
    assert [one["clocks"] for one in side["sizes"]] == [101, 301]
    assert [one["pages"] for one in side["sizes"]] == [[50, 50], [50, 50]]
    assert [one["lapsed"] for one in side["sizes"]] == [5, 5]
    asked = {name: row["statements"] for name, row in side["measured"].items()}
    assert asked == {name: [15, 15] if name == "sweep" else [1, 1] for name in wall_report.LABELS}
    assert all(label in wall_report.table(told) for label in wall_report.LABELS.values())
