"""The program of a process that acts on the test's own database at the moment it is told; tests/pairs.py holds it.

In: an act as JSON. Out: "ready". In: a moment on the clock that all processes of a machine share. Out: what became
of the act. What "test.matter" is told of an ended approval is a job row, written in the decision's own transaction;
WORK is a worker that knows it.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.management import execute_from_command_line
from django.db import connection

from approvals import services
from approvals.acting import acting
from approvals.deciding import Shown
from approvals.subjects import Matter, Settled, Subject, register
from foundation.jobs import queue, registry
from foundation.jobs.progress import Progress
from foundation.organization.actors import Actor
from foundation.organization.ending import end_unit
from foundation.organization.models import Appointment, Unit
from foundation.organization.refusals import Refused
from foundation.organization.services import add_person
from foundation.organization.units import save_unit
from foundation.outbox.spreading import spread
from tests.approvals.conftest import AT
from tests.foundation.jobs import chores
from workflows.campaigns import services as campaigns
from workflows.campaigns.dispatch import dispatch_tasks
from workflows.campaigns.flows import CampaignFlow
from workflows.campaigns.models import CampaignProcess
from workflows.cases.referring import services as referring
from workflows.cases.referring.flows import Told
from workflows.tasks import services as tasks
from workflows.tasks.services import archive
from workflows.tracking.assessment import keeping
from workflows.tracking.supervision.sweep import sweep

TOLD = "test.told"


def agree_to(*, approvals: list[int], signer: int = 1, **who: Any) -> dict[int, str]:
    return services.agree_to(shown={pk: Shown(signer, "d") for pk in approvals}, **who)


def call_off(*, process: int, actor: Actor, at: dt.datetime) -> None:
    with acting(actor, at):
        CampaignFlow.instance.cancel(CampaignProcess.objects.get(pk=process))


def take_step(*, case: int, step: str, number: str, actor: Actor, at: dt.datetime) -> None:
    referring.take_step(case=case, step=step, told=Told(at, number=number), actor=actor, at=at)


def submit(*, task: int, actor: Actor, at: dt.datetime) -> None:
    tasks.submit(task=task, version=0, actor=actor, at=at)


def merge(*, unit: int, heir: int, actor: Actor, at: dt.datetime) -> None:
    old, successor = Unit.objects.get(pk=unit), Unit.objects.get(pk=heir)
    end_unit(unit=old, on=at.date(), successor=successor, follow=True, actor=actor, at=at)


def dispatch(*, plan: int, actor: Actor, at: dt.datetime) -> None:
    dispatch_tasks(plan=plan, actor=actor, at=at)


def object_to(*, assessment: int, unit: int, rule: str, actor: Actor, at: dt.datetime) -> None:
    about = {"assessment": assessment, "unit": unit, "rule": rule, "reason": "当天已经报送。"}
    keeping.appeal(**about, actor=actor, at=at)


def add_account(*, username: str, actor: Actor, at: dt.datetime) -> None:
    add_person(username=username, name="新联络员", actor=actor, at=at)


def add_unit(*, code: str, actor: Actor, at: dt.datetime) -> None:
    name = f"{code}镇"
    save_unit(
        unit=None, values={"code": code, "name": name, "short_name": name, "kind": "town"}, actor=actor, at=at
    )


def sweep_at(*, actor: Actor, at: dt.datetime) -> None:
    sweep(at=at)


def tell(*, actor: Actor, at: dt.datetime) -> None:
    spread(at)


ACTS: dict[str, Callable] = {
    "decide": services.decide, "withdraw": services.withdraw, "batch": agree_to, "archive": archive,
    "call_off": call_off, "take_step": take_step, "stop_referral": referring.stop_referral,
    "sweep": sweep_at,
    "spread": tell, "submit": submit, "merge": merge, "dispatch": dispatch, "close": campaigns.begin_closing, "object": object_to,
    "add_account": add_account, "add_unit": add_unit,
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
    register("test.matter", Subject(_tell, lambda pk, digest, seen: Matter("", {}, ""), lambda pk: "d"))
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
    time.sleep(chores.PATIENCE)


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
