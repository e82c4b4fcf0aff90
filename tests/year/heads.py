"""The heads: they agree to what waits for them, send some of it back inside the unit, and are away now and then. Some
name a proxy then, of others the work waits."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from approvals.engine.terms import Command, Do
from approvals.models import Approval
from approvals.proxies import add_proxy
from approvals.services import decide, decide_many
from foundation.organization.actors import Actor
from foundation.organization.calendar import DAY

from .world import FIRST, Year

STOOD_FOR = 0.67
OTHER = {"deputy": "head", "head": "deputy"}
Waiting = dict[str, list[tuple[int, int]]]  # by unit: approval, task


def leave(year: Year) -> None:
    """Every head and deputy is away once in spring and once in autumn; two of three are stood for."""
    for unit in sorted(year.hands):
        for post, other in OTHER.items():
            owner, to = year.seat(unit, post), year.seat(unit, other)
            ends = [last for first, last in _journeys(year, unit, post) if first == year.today]
            if owner and to and ends and year.chance("proxy", unit, post, year.today).random() < STOOD_FOR:
                add_proxy(
                    owner=owner, to=to, start=year.today, end=ends[0], reason="外出学习", actor=Actor.of(owner),
                    at=year.at(8, 40),
                )  # fmt: skip


def _journeys(year: Year, unit: str, post: str) -> list[tuple[dt.date, dt.date]]:
    """First and last days. Deputies go in other weeks than heads: a circle of proxies would leave nobody."""
    found = []
    for half in (0, 1):
        chance = year.chance("journey", unit, post, half)
        begins = FIRST + DAY * (half * 180 + (0 if post == "head" else 80) + chance.randint(10, 70))
        found.append((begins, begins + DAY * chance.randint(2, 9)))
    return found


def away(year: Year, unit: str, post: str) -> bool:
    return any(first <= year.today <= last for first, last in _journeys(year, unit, post))


def sign(year: Year, post: str, hour: int) -> None:
    for unit, approvals in sorted(waiting(post).items()):
        seat = year.seat(unit, post)
        if seat is None or unit == year.dissolving:
            continue
        hand = Actor.of(seat)
        if away(year, unit, post):
            proxies = seat.proxies.filter(start__lte=year.today, end__gte=year.today, revoked_at=None)
            if not (proxy := proxies.select_related("to__person", "to__unit").first()):
                continue
            hand = Actor.of(proxy.to)
        agree(year, [one for one in approvals if not _sent_back(year, *one, post, hand, hour)], hand, hour)


def _sent_back(year: Year, approval: int, task: int, post: str, hand: Actor, hour: int) -> bool:
    """What has to be put right stays inside the unit."""
    if post != "deputy" or not year.minds[task].takes("sent_back_inside"):
        return False
    words = "小结写得太笼统，请补充具体做法后再报。"
    decide(approval_id=approval, actor=hand, at=year.at(hour), do="return", opinion=words)
    return True


def agree(year: Year, approvals: list[tuple[int, int]], hand: Actor, hour: int, minute: int = 0) -> None:
    command, pks = Command(Do.AGREE, hand.person or 0, opinion="同意。"), [pk for pk, _ in approvals]
    for first in range(0, len(pks), 100):
        done = decide_many(
            approvals=pks[first : first + 100], actor=hand, at=year.at(hour, minute), command=command
        )
        assert not done.refused, done.refused


def waiting(post: str, before: object = None) -> Waiting:
    """Tasks that wait for this post, by unit: for its holder, or for whoever came after them."""
    rows = Approval.objects.filter(
        state="pending", subject="tasks.task", signers__state="open", signers__appointment__post=post
    )
    if before:
        rows = rows.filter(moved_at__lt=before)
    found: Waiting = defaultdict(list)
    for unit, approval, task in rows.order_by("pk").values_list("unit__code", "pk", "subject_id").distinct():
        found[unit].append((approval, task))
    return found
