"""Supervision: the sweep of every morning, now and then twice or not at all, and what becomes of the slips."""

from __future__ import annotations

from foundation.organization.actors import Actor
from workflows.tracking.models import Slip
from workflows.tracking.supervision import services

from .world import Year, said

REPLIES = (
    "经办人外出培训，两个工作日内补报。",
    "活动已经开展，照片正在收集，本周内补报。",
    "对报送要求理解有误，立即补报。",
)
ANSWERS = {"red": "head", "yellow": "deputy", "blue": "liaison"}
TEMPERS = {"ignored": 0.1, "not enough": 0.1, "sent wrongly": 0.03}  # what may be the matter with a slip


def sweeps_today(year: Year) -> int:
    """Once; twice on some days; not at all on two days in a row of every quarter or so."""
    if year.chance("machine", year.today.toordinal() // 2).random() < 0.03:
        return 0
    return 2 if year.chance("twice", year.today).random() < 0.05 else 1


def sweep(year: Year) -> None:
    for n in range(sweeps_today(year)):
        year.sweeps.append(said("sweep", "--at", year.at(9, 20 * n).isoformat()))


def answer(year: Year) -> None:
    """Signed for on the day after, answered on the second, read by the office on the third."""
    rows = Slip.objects.filter(state__in=("issued", "received", "replied")).select_related("unit", "task")
    for slip in rows.order_by("pk"):
        age = year.calendar.between(slip.issued_on, year.today)
        if age:
            _go_on(year, slip, age, _temper(year, slip))


def _temper(year: Year, slip: Slip) -> set[str]:
    chance = year.chance("slip", slip.number)
    return {name for name, share in TEMPERS.items() if chance.random() < share}


def _go_on(year: Year, slip: Slip, age: int, temper: set[str]) -> None:
    if slip.state == "replied":
        if age >= 3:
            _read(year, slip, "not enough" in temper and age == 3)
    elif slip.state == "issued" and "sent wrongly" in temper:
        services.void(slip=slip.pk, why="单位已在群里报备。", actor=year.clerk, at=year.at(15))
    elif slip.state == "issued" and "ignored" not in temper:
        if liaison := year.seat(slip.unit.code, "liaison"):
            services.receive(slip=slip.pk, actor=Actor.of(liaison), at=year.at(15))
    elif slip.state == "received" and age >= 2:
        _reply(year, slip)


def _reply(year: Year, slip: Slip) -> None:
    if who := year.seat(slip.unit.code, ANSWERS[slip.colour]):
        reply = REPLIES[slip.number % len(REPLIES)]
        services.answer(slip=slip.pk, reply=reply, actor=Actor.of(who), at=year.at(15))


def _read(year: Year, slip: Slip, not_enough: bool) -> None:
    if not_enough:
        services.send_back(slip=slip.pk, why="没有写明补报时间。", actor=year.clerk, at=year.at(15))
    else:
        services.close(slip=slip.pk, opinion="已阅，请按承诺时间补报。", actor=year.clerk, at=year.at(15))
