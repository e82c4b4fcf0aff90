"""script/bench: anban and its peers in one interleaved run, on SQLite and on a private PostgreSQL.

Every database has a process of its own; they take turns round by round, and inside a round the implementations
take turns cycle by cycle. Nothing of a run stays.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from . import archive_report, inbox_report, report, tasks_report, wall_report
from .papers import report as papers_report
from .papers import run as papers

ROOT = Path(__file__).parent.parent
FULL = {"units": 500, "items": 20, "cycles": 20, "chunk": 100, "looped": 100}
SMALL = {"units": 12, "items": 2, "cycles": 2, "chunk": 5, "looped": 6}


class Side:
    """One database: `ask` has its process do one thing and returns the answer."""

    def __init__(
        self, home: Path, url: str, sizes: dict[str, int], prepared: bool, module: str = "benchmarks.database"
    ) -> None:
        env = {
            **os.environ,
            "ANBAN_DATA": str(home / "data"),
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "ANBAN_PREPARED": str(int(prepared)),
        }
        env.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", module, json.dumps(sizes)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env=env | ({"DATABASE_URL": url} if url else {}),
        )  # fmt: skip

    def ask(self, act: str) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        print(act, file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"{act} failed, see above")
        return json.loads(answer)

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


@contextmanager
def postgres(home: Path) -> Iterator[str]:
    """A private cluster. It doesn't wait for the disk: that wait is the same for all, and would hide the rest."""
    script, cluster = ROOT / "script" / "postgres", home / "pg"
    url = subprocess.check_output([script, "start", cluster], text=True).strip()
    try:
        yield url
    finally:
        subprocess.run([script, "stop", cluster], check=True)


def measure(databases: list[str], rounds: int, sizes: dict[str, int], prepared: bool) -> dict[str, Any]:
    """{database: {"counts", "steps", "rounds", "bulk", "clients", "verify"}}; lists have an entry a round."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="anban-bench.")))
        home.chmod(0o755)  # the postgres user passes through it
        sides: dict[str, Side] = {}
        for name in databases:
            url = stack.enter_context(postgres(home)) if name == "postgresql" else ""
            sides[name] = Side(home / name, url, sizes, prepared)
            stack.callback(sides[name].close)
        found: dict[str, Any] = {name: side.ask("warm") for name, side in sides.items()}
        for act, times in (("round", rounds), ("clients", rounds), ("bulk", rounds)):
            for _ in range(times):
                for name, side in sides.items():
                    if act != "clients" or name == "postgresql":
                        found[name].setdefault(act, []).append(side.ask(act))
        for name, side in sides.items():
            found[name]["verify"] = side.ask("verify")
        return found


INBOX = [{"signers": count, "pending": 5_000, "page": 100} for count in (10_000, 1_000_000)]
SMALL_INBOX = [{"signers": count, "pending": 60, "page": 2} for count in (120, 600)]
WALL = [{"cases": count, "page": page, "lapsing": 50} for count, page in ((1_000, 10), (10_000, 100))]
SMALL_WALL = [{"cases": count, "page": 2, "lapsing": 5} for count in (20, 60)]
ARCHIVE = [{"documents": count} for count in (10_000, 100_000)]
SMALL_ARCHIVE = [{"documents": 500}] * 2
RUNNING = {"units": 500, "archived": 0, "periods": 1, "fresh": 0, "page": 100, "warm": 9}  # 10,000 tasks
TASKS = [RUNNING, RUNNING | {"archived": 99}, RUNNING | {"archived": 10, "periods": 10, "fresh": 1}]
FEW = {"units": 6, "archived": 0, "periods": 1, "fresh": 0, "page": 2, "warm": 1}
SMALL_TASKS = [FEW, FEW | {"archived": 2}]


def measure_sizes(
    databases: list[str], rounds: int, module: str, sizes: list[dict[str, int]], prepared: bool
) -> dict[str, Any]:
    """{database: [what each size gave]}; they take turns round by round."""
    found: dict[str, Any] = {}
    for name in databases:
        with ExitStack() as stack:
            home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="anban-bench.")))
            home.chmod(0o755)
            sides = []
            for number, size in enumerate(sizes):
                here = home / str(number)
                url = stack.enter_context(postgres(here)) if name == "postgresql" else ""
                side = Side(here, url, size, prepared, module)
                stack.callback(side.close)
                sides.append((side, {"load": side.ask("load"), "size": side.ask("size"), "rounds": []}))
            for _ in range(rounds):
                for side, told in sides:
                    told["rounds"].append(side.ask("round"))
            found[name] = [told for _, told in sides]
    return found


SIZED: dict[str, tuple[ModuleType, list[dict[str, int]], list[dict[str, int]]]] = {
    "inbox": (inbox_report, INBOX, SMALL_INBOX),
    "wall": (wall_report, WALL, SMALL_WALL),
    "archive": (archive_report, ARCHIVE, SMALL_ARCHIVE),
    "tasks": (tasks_report, TASKS, SMALL_TASKS),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON (docs/schemas/bench.json)")
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds, default 5")
    parser.add_argument("--small", action="store_true", help="a handful of rows: only to see that it runs")
    parser.add_argument("--unprepared", action="store_true", help="PostgreSQL plans every statement anew")
    parser.add_argument("--inbox", action="store_true", help="only an inbox of 5,000 among 1,000,000 signers")
    parser.add_argument("--wall", action="store_true", help="only the clocks of 10,000 cases")
    parser.add_argument("--archive", action="store_true", help="only finding among 100,000 documents")
    parser.add_argument(
        "--tasks", action="store_true", help="only what looks at tasks, among 1,000,000 of them"
    )
    parser.add_argument("--pdf", action="store_true", help="only PDF, beside LibreOffice, Chromium and Typst")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--sqlite", action="store_true", help="SQLite only")
    only.add_argument("--postgres", action="store_true", help="PostgreSQL only")
    given = parser.parse_args()
    databases = ["postgresql"] * (not given.sqlite) + ["sqlite"] * (not given.postgres)
    prepared = not given.unprepared
    if given.pdf:
        pdf = papers_report.summary(papers.run(rounds=given.rounds, small=given.small))
        print(json.dumps(pdf, indent=2) if given.json else papers_report.table(pdf))
        return
    if name := next((one for one in SIZED if getattr(given, one)), None):
        shown, large, small = SIZED[name]
        sized = small if given.small else large
        told = shown.summary(measure_sizes(databases, given.rounds, f"benchmarks.{name}", sized, prepared))
        print(json.dumps(told, indent=2) if given.json else shown.table(told))
        return
    sizes = SMALL if given.small else FULL
    found = measure(databases, given.rounds, sizes, prepared)
    result = report.summary(found, given.rounds, sizes)
    print(json.dumps(result, indent=2) if given.json else report.table(result))
    sys.exit(any(one["bad"] for one in result["databases"].values()))


if __name__ == "__main__":
    main()
