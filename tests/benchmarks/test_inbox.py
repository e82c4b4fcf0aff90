"""script/bench --inbox runs and measures pages that are full."""

import json
import subprocess
import sys

from benchmarks import inbox_report
from tests.house import ROOT


def test_both_sizes_are_loaded_and_both_pages_are_full():
    command = [
        sys.executable,
        "-m",
        "benchmarks.run",
        "--inbox",
        "--json",
        "--small",
        "--sqlite",
        "--rounds",
        "1",
    ]
    told = json.loads(subprocess.check_output(command, cwd=ROOT, text=True))
    side = told["sqlite"]
    assert side["signers"] == [122, 602]
    assert side["size"] == {"first": 20, "hundredth": 20, "statements": 1}
    assert set(side["measured"]) == set(inbox_report.LABELS)
    assert all(label in inbox_report.table(told) for label in inbox_report.LABELS.values())
