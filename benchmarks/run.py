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
from typing import Any

from . import inbox_report, report

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


INBOX = {"pending": 5_000, "page": 100}
SIGNERS = (10_000, 1_000_000)
SMALL_INBOX, FEW_SIGNERS = {"pending": 60, "page": 2}, (120, 600)


def measure_inbox(databases: list[str], rounds: int, small: bool, prepared: bool) -> dict[str, Any]:
    """{database: [what few signers gave, what many gave]}; they take turns round by round."""
    sizes, counts = (SMALL_INBOX, FEW_SIGNERS) if small else (INBOX, SIGNERS)
    found: dict[str, Any] = {}
    for name in databases:
        with ExitStack() as stack:
            home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="anban-bench.")))
            home.chmod(0o755)
            sides = []
            for signers in counts:
                here = home / str(signers)
                url = stack.enter_context(postgres(here)) if name == "postgresql" else ""
                side = Side(here, url, {"signers": signers, **sizes}, prepared, "benchmarks.inbox")
                stack.callback(side.close)
                sides.append((side, {"load": side.ask("load"), "size": side.ask("size"), "rounds": []}))
            for _ in range(rounds):
                for side, told in sides:
                    told["rounds"].append(side.ask("round"))
            found[name] = [told for _, told in sides]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON (docs/schemas/bench.json)")
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds, default 5")
    parser.add_argument("--small", action="store_true", help="a handful of rows: only to see that it runs")
    parser.add_argument("--unprepared", action="store_true", help="PostgreSQL plans every statement anew")
    parser.add_argument("--inbox", action="store_true", help="only an inbox of 5,000 among 1,000,000 signers")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--sqlite", action="store_true", help="SQLite only")
    only.add_argument("--postgres", action="store_true", help="PostgreSQL only")
    given = parser.parse_args()
    databases = ["postgresql"] * (not given.sqlite) + ["sqlite"] * (not given.postgres)
    if given.inbox:
        told = inbox_report.summary(measure_inbox(databases, given.rounds, given.small, not given.unprepared))
        print(json.dumps(told, indent=2) if given.json else inbox_report.table(told))
        return
    sizes = SMALL if given.small else FULL
    found = measure(databases, given.rounds, sizes, not given.unprepared)
    result = report.summary(found, given.rounds, sizes)
    print(json.dumps(result, indent=2) if given.json else report.table(result))
    sys.exit(any(one["bad"] for one in result["databases"].values()))


if __name__ == "__main__":
    main()
