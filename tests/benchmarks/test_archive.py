"""script/bench --archive runs, and the index finds what LIKE finds."""

import json
import subprocess
import sys

from benchmarks import archive_report
from tests.house import ROOT


def test_the_index_finds_what_like_finds():
    command = [
        sys.executable, "-m", "benchmarks.run", "--archive", "--json", "--small", "--sqlite", "--rounds", "1",
    ]  # fmt: skip
    side = json.loads(subprocess.check_output(command, cwd=ROOT, text=True))["sqlite"]
    assert side["rows"] == {"common": [20, 20], "rare": [1, 1], "number": [1, 1], "none": [0, 0]}
    assert set(side["measured"]) == set(archive_report.LABELS)
