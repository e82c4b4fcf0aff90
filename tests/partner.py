"""A process that acts on the test's own database at the moment it is told: START is its program, Partner holds it.

In: an act as JSON. Out: "ready". In: a moment on the clock that all processes of a machine share. Out: what became
of the act. What "test.matter" is told of an ended approval is a job row, written in the decision's own transaction;
WORK is a worker that knows it.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.management import execute_from_command_line
from django.db import connection

from approvals import services
from approvals.deciding import Shown
from approvals.subjects import Matter, Settled, Subject, register
from foundation.jobs import queue, registry
from foundation.jobs.progress import Progress
from foundation.organization.actors import Actor
from foundation.organization.models import Appointment
from foundation.organization.refusals import Refused
from tests.approvals.conftest import AT
from tests.foundation.jobs import chores
from tests.house import ROOT
from workflows.tasks.services import archive

FIRST = "import django; django.setup(); from tests.partner import serve, work; "
START, WORK = FIRST + "serve()", FIRST + "work()"
LONGEST = 60  # seconds until an act counts as stuck
TOLD = "test.told"


class Partner:
    """The test's end of such a process."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", START], cwd=ROOT, env=os.environ | environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def tell(self, what: Any) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{json.dumps(what)}\n")
        self.process.stdin.flush()

    def hear(self) -> Any:
        assert self.process.stdout
        heard, _, _ = select.select([self.process.stdout], [], [], LONGEST)
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
        self.process.communicate(timeout=LONGEST)
        assert self.process.returncode == -signal.SIGKILL


def agree_to(*, approvals: list[int], signer: int = 1, **who: Any) -> dict[int, str]:
    return services.agree_to(shown={pk: Shown(signer, "d") for pk in approvals}, **who)


ACTS: dict[str, Callable] = {
    "decide": services.decide, "withdraw": services.withdraw, "batch": agree_to, "archive": archive,
}  # fmt: skip


def serve() -> None:
    know()
    for line in iter(sys.stdin.readline, ""):
        act = _act(**json.loads(line))
        _say("ready")
        moment = float(sys.stdin.readline())
        while time.monotonic() < moment:
            pass
        began = time.monotonic()
        said, refused = _outcome(act)
        _say({"said": said, "refused": refused, "began": began, "ended": time.monotonic()})


def work() -> None:
    know()
    execute_from_command_line(["manage.py", "work", *sys.argv[1:]])


def know() -> None:
    register("test.matter", Subject(_tell, lambda pk, digest: Matter("", {}, ""), lambda pk: "d"))
    registry.register(TOLD, says="告知结果")(_hear)


def _act(act: str, seat: int, kw: dict[str, Any], at: str = "", hang: str = "") -> Callable[[], Any]:
    """`hang`: "before" or "after" the commit, until it is killed."""
    if hang:
        connection.commit = partial(_hanging, connection.commit, hang)  # type: ignore[method-assign]
    actor = Actor.of(Appointment.objects.select_related("person", "unit").get(pk=seat))
    return partial(ACTS[act], actor=actor, at=dt.datetime.fromisoformat(at) if at else AT, **kw)


def _hanging(commit: Callable[[], None], hang: str) -> None:
    if hang == "after":
        commit()
    _say("here")
    time.sleep(LONGEST)


def _outcome(act: Callable[[], Any]) -> tuple[str, list[str]]:
    try:
        done = act()
    except Refused as refusal:
        return str(refusal), []
    except Exception as error:
        return f"broken: {error!r}", []
    return "", list(done.values()) if isinstance(done, dict) else []


def _say(what: Any) -> None:
    sys.stdout.write(f"{json.dumps(what)}\n")
    sys.stdout.flush()


def _tell(ended: list[Settled]) -> None:
    for one in ended:
        queue.put(TOLD, args={"approval": one.approval, "result": one.result}, owner=None, at=one.at)


def _hear(progress: Progress, *, approval: int, result: str) -> None:
    """Writes a line at its start, and one at its end, which waits for a gate to be opened."""
    here = os.environ["ANBAN_DATA"]
    chores.hold(progress, log=f"{here}/told", gate=f"{here}/gate")
