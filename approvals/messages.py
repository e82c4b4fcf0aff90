"""Who is told what of approvals: whoever can decide now, their proxies too; those it is copied to; the initiator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from foundation.outbox.recipients import in_office
from foundation.outbox.registry import Event, Recipients, Seat, Told, inform, kind, shown

from .engine.terms import Link, Nudge, State
from .models import Approval, Proxy, Signer
from .permissions import may_open

TURN = kind("approval.turn", "待办审批", urgent=True)
NEAR = kind("approval.near", "审批临期", urgent=True, daily=True)
URGED = kind("approval.urged", "审批催办", urgent=True, daily=True)
COPIED = kind("approval.copied", "抄送")
ENDED = kind("approval.ended", "审批结果")

TELL_THEMSELVES: set[str] = set()  # subjects whose rooms say in their own words how their approvals end

Asked = Iterator[tuple[Event, int]]
Picks = Callable[
    [Event, Signer, set[int | None]], bool
]  # of an event, a row of its approval, the rows that come back


def signers(picks: Picks, *, proxies: bool = True) -> Recipients:
    def to(events: list[Event]) -> Told:
        told = list(in_office(_rows(events, picks)))
        return [*told, *_proxies(told)] if proxies else told

    return to


def _rows(events: list[Event], picks: Picks) -> Asked:
    rows = defaultdict(list)
    found = Signer.objects.filter(approval__in={one.target_id for one in events}, appointment__isnull=False)
    for row in found.order_by("approval_id", "key"):
        rows[row.approval_id].append(row)
    for event in events:
        here = rows[event.target_id]
        back = {row.anchor for row in here if row.decided_at == event.at and row.link in ASKED_FOR}
        yield from ((event, row.appointment_id) for row in here if picks(event, row, back))  # type: ignore[misc]


ASKED_FOR = (Link.BEFORE, Link.OPINION)  # whoever asked them goes on when they have answered


def _turn(event: Event, row: Signer, back: set[int | None]) -> bool:
    """Asked by this act, or asked again: the clock of whoever waited for an answer goes on from its start."""
    if row.link == Link.COPY or row.state == State.REMOVED:
        return False
    return row.opened_at == event.at or (row.key in back and row.state == State.OPEN)


def _copied(event: Event, row: Signer, back: set[int | None]) -> bool:
    return row.link == Link.COPY and row.opened_at == event.at


def _open(event: Event, row: Signer, back: set[int | None]) -> bool:
    return row.state == State.OPEN


def _near(event: Event, row: Signer, back: set[int | None]) -> bool:
    return row.state == State.OPEN and row.nudge == Nudge.REMINDED


def _urged(event: Event, row: Signer, back: set[int | None]) -> bool:
    return row.state == State.OPEN and row.nudge in (Nudge.URGED, Nudge.ESCALATED) and row.urged == event.day


def _proxies(told: Iterable[tuple[Event, Seat]]) -> Iterator[tuple[Event, Seat]]:
    """Who stands on that day for somebody who is told, in matters of that route and unit."""
    waiting: dict[tuple, list[Event]] = defaultdict(list)
    for event, seat in told:
        waiting[event.day, seat.pk].append(event)
    owners, matters = (
        {seat for _, seat in waiting},
        {one.target_id for events in waiting.values() for one in events},
    )
    named = Proxy.objects.filter(owner__in=owners, revoked_at=None).select_related("to__person")
    scopes = list(named.prefetch_related("routes", "units")) if owners else []
    about = Approval.objects.filter(pk__in=matters).values_list("pk", "version__route", "unit")
    known = {pk: (route, unit) for pk, route, unit in about} if scopes else {}
    for (day, owner), events in waiting.items():
        for one in scopes:
            if one.owner_id == owner and one.start <= day <= one.end and _serves(one, day):
                taken = (event for event in events if _covers(one, *known[event.target_id]))
                yield from ((event, Seat(one.to_id, one.to.person_id)) for event in taken)


def _serves(one: Proxy, day: object) -> bool:
    from .store import serves

    return serves(one.to, day)  # type: ignore[arg-type]


def _covers(one: Proxy, route: int, unit: int) -> bool:
    routes, units = {row.pk for row in one.routes.all()}, {row.pk for row in one.units.all()}
    return (not routes or route in routes) and (not units or unit in units)


def _initiator(events: list[Event]) -> Told:
    rows = Approval.objects.filter(pk__in={one.target_id for one in events}).exclude(
        subject__in=TELL_THEMSELVES
    )
    first = dict(rows.values_list("pk", "initiator"))
    return in_office((one, first[one.target_id]) for one in events if one.target_id in first)


def _by_clock(event: Event) -> bool:
    return event.data.get("do") == "tick"


def _verb(name: str) -> str:
    return f"approvals.approval.{name}"


for name in ("create", "sign", "resubmit", "claim", "release"):
    inform(_verb(name), TURN, "有一件审批等您办理。", signers(_turn))
inform(_verb("sign"), URGED, "有一件审批已到时限，请尽快办理。", signers(_urged), when=_by_clock)
inform(_verb("sign"), NEAR, "有一件审批快到时限，请及时办理。", signers(_near), when=_by_clock)
inform(_verb("urge"), URGED, "有一件审批催您尽快办理。", signers(_open))
for name in ("sign", "approve"):
    inform(_verb(name), COPIED, "有一件审批抄送给您，请阅。", signers(_copied, proxies=False))
for name, says in {
    "approve": "您发起的审批已经通过。", "reject": "您发起的审批没有获得同意。",
    "send_back": "您发起的审批被退回，请修改后重新提交。", "void": "您发起的审批已作废。",
}.items():  # fmt: skip
    inform(_verb(name), ENDED, says, _initiator)
shown(Approval, may_open, title="title", page="approval")
