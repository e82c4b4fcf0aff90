"""Who must have been told of what, by the verbs of the journal; and what left the house."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone

from approvals.models import Approval, Proxy, Signer
from documents.models import Document
from foundation.journal.models import Entry
from foundation.organization.models import Appointment, Unit
from foundation.outbox.models import Message
from workflows.cases.models import Case
from workflows.tracking.models import Reminder, Slip

from ..outside import WRONG
from ..world import Year
from .tales import DONE, Tale, tales

OFFICE = ("office_clerk", "office_head")
WORKERS = {  # of a task: its liaison officer, and the handler whom it was given to
    "urge": "task.urged", "reassign": "task.given", "unit_return": "task.returned", "office_return": "task.returned",
    "refuse_waiver": "task.returned", "reopen": "task.returned", "accept": "task.decided", "waive": "task.decided",
    "reject": "task.decided", "cancel": "task.decided", "supplement": "task.changed", "begin_entry": "task.entered",
}  # fmt: skip
LADDER = {  # whom a step is for
    -7: ("liaison", "handler"), -3: ("liaison", "handler"), -1: ("liaison", "handler"), 1: ("liaison", "handler"),
    3: ("liaison", "handler", "deputy"), 7: ("liaison", "handler", "deputy", "head"),
}  # fmt: skip
SLIPS = {"send_back": "supervision.slip", "close": "supervision.answered", "void": "supervision.answered"}
URGENT = (
    "task.urged", "task.returned", "task.extended", "supervision.reminder", "supervision.slip", "approval.turn", "case.overdue", "case.near",
    "task.changed", "task.inherited",
)  # fmt: skip
Act = tuple[int, str, str, int, dt.datetime]  # person, kind, of what, when


class Roll:
    """Who held which post of which unit on a day."""

    def __init__(self) -> None:
        self.seats = {one.pk: one for one in Appointment.objects.all()}
        self.by_unit: dict[int, list[Appointment]] = defaultdict(list)
        for one in self.seats.values():
            if not one.revoked:
                self.by_unit[one.unit_id].append(one)

    def holders(self, unit: int, day: dt.date, *posts: str) -> set[int]:
        there = self.by_unit[unit]
        return {one.person_id for one in there if one.post in posts and one.start <= day <= one.end}

    def successors(self, seat: int, day: dt.date) -> set[int]:
        """Whoever holds the appointment, or the post once it is over."""
        one = self.seats[seat]
        if one.start <= day <= one.end and not one.revoked:
            return {one.person_id}
        return self.holders(one.unit_id, day, one.post)


def everybody_was_told_once(year: Year) -> None:
    owed, roll, whole = set[Act](), Roll(), tales()
    for tale in whole:
        owed |= set(_of_task(tale, roll))
        owed |= set(_of_assists(tale, whole, roll))
    for told in (_of_supervision, _of_approvals, _of_documents, _of_cases, _of_heirs):
        owed |= set(told(roll))
    rows = Message.objects.filter(channel="site").values_list(
        "person", "kind", "entry__target", "entry__target_id", "entry__at", "entry"
    )
    there = Counter(row[:5] for row in rows)
    assert {act: n for act, n in there.items() if n > 1} == {}, "twice"
    assert sorted(map(_said, owed - there.keys()))[:5] == [], "never"
    assert sorted(map(_said, there.keys() - owed))[:5] == [], "for nothing"


def _said(act: Act) -> str:
    return " ".join(map(str, act))


def _acts(entry: Entry, kind: str, people: set[int], own: bool = False) -> Iterator[Act]:
    """Nobody is told of what they did themselves."""
    for person in people:
        if own or person != entry.actor_id:
            yield person, kind, entry.target, entry.target_id, entry.at


def _of_task(tale: Tale, roll: Roll) -> Iterator[Act]:
    for entry in tale.entries:
        verb, day = entry.verb.removeprefix("tasks.task."), timezone.localdate(entry.at)
        if verb == "create" and entry.to == "issued":
            yield from _acts(entry, "task.issued", roll.holders(tale.unit(entry.at), day, "liaison"))
        elif verb == "hand_over":
            yield from _acts(entry, "task.given", roll.successors(entry.data["handler"], day))
        elif verb in WORKERS:
            yield from _acts(entry, WORKERS[verb], _workers(tale, entry, roll))
    for chain in tale.extensions:
        for entry in chain:
            yield from _of_extension(tale, chain[0], entry, roll)


def _of_assists(tale: Tale, whole: list[Tale], roll: Roll) -> Iterator[Act]:
    """The lead is through: whoever assists and is not done yet hears of it, if not for a task of their own."""
    for entry in tale.entries:
        if entry.verb != "tasks.task.accept" or tale.task.role != "lead":
            continue
        place = tale.task.item_id, tale.task.period_id
        own, people = _workers(tale, entry, roll), set[int]()
        for other in whole:
            there = (other.task.item_id, other.task.period_id) == place and other.task.role == "assist"
            if there and other.state(entry.at) not in (*DONE, ""):
                people |= _workers(other, entry, roll)
        yield from _acts(entry, "task.together", people - own)


def _workers(tale: Tale, entry: Entry, roll: Roll) -> set[int]:
    day, given = timezone.localdate(entry.at), tale.handler(entry.at)
    return roll.holders(tale.unit(entry.at), day, "liaison") | (
        roll.successors(given, day) if given else set()
    )


def _of_extension(tale: Tale, asked: Entry, entry: Entry, roll: Roll) -> Iterator[Act]:
    verb, day = entry.verb.removeprefix("tasks.extension."), timezone.localdate(entry.at)
    if verb == "create":
        yield from _acts(entry, "task.extended", roll.holders(tale.task.plan.organ_id, day, *OFFICE))
    elif verb in ("agree", "refuse") and asked.post_id:
        yield from _acts(entry, "task.extended", roll.successors(asked.post_id, day))


def _of_supervision(roll: Roll) -> Iterator[Act]:
    by_task = {tale.task.pk: tale for tale in tales()}
    steps = {("tracking.reminder", one.pk): one for one in Reminder.objects.all()}
    steps |= {("tracking.slip", one.pk): one for one in Slip.objects.all()}
    for entry in Entry.objects.filter(target__in=("tracking.reminder", "tracking.slip")).order_by("pk"):
        step, verb = steps[entry.target, entry.target_id], entry.verb.rpartition(".")[2]
        tale, day = by_task[step.task_id], timezone.localdate(entry.at)
        unit = tale.unit(entry.at)
        if verb == "create":
            red = getattr(step, "colour", "") == "red"
            yield from _of_step(entry, int(step.rung[1:]), tale, unit, day, roll)
            if red:
                yield from _acts(
                    entry, "supervision.listed", roll.holders(tale.task.plan.organ_id, day, *OFFICE)
                )
        elif verb == "answer":
            yield from _acts(
                entry, "supervision.answered", roll.holders(tale.task.plan.organ_id, day, *OFFICE)
            )
        elif verb in SLIPS:
            yield from _acts(entry, SLIPS[verb], roll.holders(step.unit_id, day, "liaison", "deputy", "head"))


def _of_step(entry: Entry, place: int, tale: Tale, unit: int, day: dt.date, roll: Roll) -> Iterator[Act]:
    posts, given = LADDER[place], tale.handler(entry.at)
    people = roll.holders(unit, day, *(post for post in posts if post != "handler"))
    people |= roll.successors(given, day) if given else set()
    yield from _acts(entry, "supervision.slip" if place > 0 else "supervision.reminder", people)


def _of_approvals(roll: Roll) -> Iterator[Act]:
    """Whoever is asked, and who stands for them on that day; of what is no task, the initiator at its end."""
    rows: dict[int, list[Signer]] = defaultdict(list)
    for row in Signer.objects.filter(appointment__isnull=False).order_by("approval", "key"):
        rows[row.approval_id].append(row)
    proxies = list(Proxy.objects.filter(revoked_at=None).select_related("to"))
    about = {one.pk: one for one in Approval.objects.all()}
    for entry in Entry.objects.filter(target="approvals.approval").order_by("pk"):
        verb, day, approval = (
            entry.verb.rpartition(".")[2],
            timezone.localdate(entry.at),
            about[entry.target_id],
        )
        if verb in ("create", "sign", "resubmit"):
            asked: set[int] = set()
            for row in rows[approval.pk]:
                if row.opened_at == entry.at and row.state != "removed":
                    asked |= roll.successors(row.appointment_id or 0, day)
                    for proxy in proxies:
                        if proxy.owner_id == row.appointment_id and proxy.start <= day <= proxy.end:
                            asked.add(proxy.to.person_id)
            yield from _acts(entry, "approval.turn", asked)
        elif verb in ("approve", "reject", "send_back", "void") and approval.subject != "tasks.task":
            yield from _acts(entry, "approval.ended", roll.successors(approval.initiator_id, day))


def _of_documents(roll: Roll) -> Iterator[Act]:
    official = [code for code, _ in Document.OFFICIAL]
    units = dict(Document.objects.filter(kind__in=official, unit__isnull=False).values_list("pk", "unit"))
    for entry in Entry.objects.filter(verb="documents.document.issue").order_by("pk"):
        if entry.target_id in units:
            day = timezone.localdate(entry.at)
            yield from _acts(entry, "document.issued", roll.holders(units[entry.target_id], day, "liaison"))
    for entry in Entry.objects.filter(verb="plans.plan.dispatch").order_by("pk"):
        day = timezone.localdate(entry.at)
        yield from _acts(entry, "plan.dispatched", roll.successors(entry.post_id or 0, day), own=True)


def _of_heirs(roll: Roll) -> Iterator[Act]:
    """Whoever takes over the work of a unit that ended."""
    units = dict(Unit.objects.values_list("code", "pk"))
    for entry in Entry.objects.filter(verb="journal.book.unit.end").order_by("pk"):
        heir, day = units[entry.data["successor"]], timezone.localdate(entry.at)
        yield from _acts(entry, "task.inherited", roll.holders(heir, day, "liaison", "deputy", "head"))


def _of_cases(roll: Roll) -> Iterator[Act]:
    """A clock that runs out, or did: the team and the heads of the unit; where the law says so, the office's head."""
    cases = {one.pk: one for one in Case.objects.select_related("unit__parent")}
    office = Unit.objects.get(kind=Unit.Kind.OFFICE).pk
    for entry in Entry.objects.filter(verb__in=("cases.case.near", "cases.case.overdue")).order_by("pk"):
        case, day = cases[entry.target_id], timezone.localdate(entry.at)
        people = roll.holders(case.unit_id, day, "deputy", "head")
        for seat in case.team.all():
            people |= roll.successors(seat.pk, day)
        if entry.data.get("above"):
            people |= roll.holders(office, day, "office_head")
            people |= roll.holders(case.unit.parent_id or 0, day, "deputy", "head")
        yield from _acts(entry, entry.verb.removeprefix("cases."), people)


def outside(year: Year) -> None:
    """Whoever has a telephone got what is urgent: what is called sent was taken, once; what was not is known. What was
    sent a year ago is cleaned away."""
    rows = Message.objects.filter(entry__at__gt=timezone.now() - dt.timedelta(days=settings.MESSAGE_DAYS - 7))
    urgent = rows.filter(channel="site", kind__in=URGENT).exclude(person__phone="")
    there = rows.filter(channel="sms")
    key = ("entry", "person")
    assert Counter(there.values_list(*key)) == Counter(urgent.values_list(*key))
    assert year.gateway.strange == []
    for row in there.select_related("person").order_by("pk"):
        taken, nobody = f"anban-{row.parcel}" in year.gateway.delivered, row.person.phone.endswith(WRONG)
        assert (row.state == "sent", row.state == "failed") == (taken and not nobody, nobody), row
    assert any(n > 1 for n in year.gateway.asked.values()), "something was tried again"
    assert there.filter(state="failed").exists(), "and something given up"
