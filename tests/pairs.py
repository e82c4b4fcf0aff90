"""Processes that act at the same moment, pair after pair, or are killed while they act; tests/partner.py is what they run."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.foundation.jobs.chores import PATIENCE
from tests.house import ROOT, database_url

FIRST = "import django; django.setup(); from tests.partner import serve, work; "
START, WORK = FIRST + "serve()", FIRST + "work()"
PAIRS = 30  # that did meet: both had begun before either had ended


class Partner:
    """The test's end of such a process."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", START], cwd=ROOT, env=os.environ | {"DATABASE_URL": database_url()}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def tell(self, what: Any) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{json.dumps(what)}\n")
        self.process.stdin.flush()

    def hear(self) -> Any:
        assert self.process.stdout
        heard, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        assert heard, "stuck"
        return json.loads(self.process.stdout.readline())

    @staticmethod
    def at_once(acts: list[tuple[Partner, Any]]) -> list[dict[str, Any]]:
        """The answers of partners that began their acts at the same moment."""
        for partner, act in acts:
            partner.tell(act)
        assert [partner.hear() for partner, _ in acts] == ["ready"] * len(acts)
        moment = time.monotonic() + 0.003
        for partner, _ in acts:
            partner.tell(moment)
        return [partner.hear() for partner, _ in acts]

    def die(self, act: Any) -> None:
        """Begin an act that hangs at its commit, and be killed there."""
        self.tell(act)
        assert self.hear() == "ready"
        self.tell(0)
        assert self.hear() == "here"
        self.kill()

    def kill(self) -> None:
        """As `kill -9` does it."""
        self.process.kill()
        self.process.communicate(timeout=PATIENCE)
        assert self.process.returncode == -signal.SIGKILL


@pytest.fixture(scope="module")
def partners(django_db_setup) -> Iterator[list[Partner]]:
    """Two for all tests of a file: a process takes longer to start than thirty pairs take to act."""
    started = [Partner() for _ in range(2)]
    yield started
    for one in started:
        one.kill()


@pytest.fixture
def together(partners):
    """together(act, act): the sentences of two acts given at the same moment, "" for one that was done."""

    def acted(*acts: dict[str, Any]) -> list[str]:
        answers = Partner.at_once(list(zip(partners, acts, strict=True)))
        acted.count += 1
        acted.refused = [sentence for answer in answers for sentence in answer["refused"]]
        acted.met += answers[0]["began"] < answers[1]["ended"] and answers[1]["began"] < answers[0]["ended"]
        return [answer["said"] for answer in answers]

    acted.met = acted.count = 0
    return acted


def pairs(together, wanted: int = PAIRS) -> Iterator[None]:
    """Fewer where making one takes long and a missing lock shows in every other one."""
    while together.met < wanted:
        assert together.count < 40 * wanted, "they hardly ever meet"
        yield
