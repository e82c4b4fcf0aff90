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
Step = tuple[str, int]  # a reminder or a slip


class Roll:
    """Who held which post of which unit on a day, and who stood for whom."""

    def __init__(self) -> None:
        self.seats = {one.pk: one for one in Appointment.objects.all()}
        self.by_unit: dict[int, list[Appointment]] = defaultdict(list)
        for one in self.seats.values():
            if not one.revoked:
                self.by_unit[one.unit_id].append(one)
        self.proxies: dict[int, list[Proxy]] = defaultdict(list)
        for proxy in Proxy.objects.filter(revoked_at=None).select_related("to"):
            self.proxies[proxy.owner_id].append(proxy)

    def holders(self, unit: int, day: dt.date, *posts: str) -> set[int]:
        there = self.by_unit[unit]
        return {one.person_id for one in there if one.post in posts and one.start <= day <= one.end}

    def serves(self, seat: int, day: dt.date) -> bool:
        one = self.seats[seat]
        return one.start <= day <= one.end and not one.revoked

    def stand_ins(self, seat: int, day: dt.date) -> set[int]:
        """Proxies of that day, both of them in office."""
        named = [one for one in self.proxies[seat] if one.start <= day <= one.end]
        there = self.serves(seat, day)
        return {one.to.person_id for one in named if there and self.serves(one.to_id, day)}

    def successors(self, seat: int, day: dt.date) -> set[int]:
        """Whoever holds the appointment, or the post once it is over."""
        one = self.seats[seat]
        if self.serves(seat, day):
            return {one.person_id}
        return self.holders(one.unit_id, day, one.post)


def everybody_was_told_once(year: Year) -> None:
    owed, roll, whole = set[Act](), Roll(), tales()
    assists = [tale for tale in whole if tale.task.role == "assist"]
    for tale in whole:
        owed |= set(_of_task(tale, roll))
        if tale.task.role == "lead":
            owed |= set(_of_assists(tale, assists, roll))
    for told in (_of_supervision, _of_approvals, _of_documents, _of_cases, _of_heirs):
        owed |= set(told(roll))
    rows = Message.objects.filter(channel="site").values_list(
        "person", "kind", "entry__target", "entry__target_id", "entry__at", "entry"
    )
    there = Counter(row[:5] for row in rows)
    assert {act: n for act, n in there.items() if n > 1} == {}, "twice"
    never = [act for act in owed - there.keys() if not _cleaned(year, act)]
    assert sorted(map(_said, never))[:5] == [], "never"
    assert sorted(map(_said, there.keys() - owed))[:5] == [], "for nothing"


def _cleaned(year: Year, act: Act) -> bool:
    """Read, and away after a year."""
    person, at, old = act[0], act[4], dt.timedelta(days=settings.MESSAGE_DAYS)
    looked = year.looked.get(person)
    return looked is not None and at < looked and at < timezone.now() - old


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


def _of_assists(tale: Tale, assists: list[Tale], roll: Roll) -> Iterator[Act]:
    """The lead is through: whoever assists and is not done yet hears of it, if not for a task of their own."""
    place = tale.task.item_id, tale.task.period_id
    beside = [one for one in assists if (one.task.item_id, one.task.period_id) == place]
    for entry in tale.entries:
        if entry.verb == "tasks.task.accept":
            open_ = [one for one in beside if one.state(entry.at) not in (*DONE, "")]
            people = {person for one in open_ for person in _workers(one, entry, roll)}
            yield from _acts(entry, "task.together", people - _workers(tale, entry, roll))


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
    by_task, whose = {tale.task.pk: tale for tale in tales()}, dict[Step, int]()
    steps: dict[Step, Reminder | Slip] = {
        ("tracking.reminder", one.pk): one for one in Reminder.objects.all()
    }
    steps |= {("tracking.slip", one.pk): one for one in Slip.objects.all()}
    for entry in Entry.objects.filter(target__in=("tracking.reminder", "tracking.slip")).order_by("pk"):
        key, verb = (entry.target, entry.target_id), entry.verb.rpartition(".")[2]
        step = steps[key]
        tale, day = by_task[step.task_id], timezone.localdate(entry.at)
        office = roll.holders(tale.task.plan.organ_id, day, *OFFICE)
        if verb == "create":
            whose[key] = tale.unit(entry.at)
            yield from _of_step(entry, int(step.rung[1:]), tale, whose[key], day, roll)
            if getattr(step, "colour", "") == "red":
                yield from _acts(entry, "supervision.listed", office)
        elif verb == "answer":
            yield from _acts(entry, "supervision.answered", office)
        elif verb == "succeed":
            whose[key] = entry.data["unit"][1]
        elif verb in SLIPS:
            yield from _acts(entry, SLIPS[verb], roll.holders(whose[key], day, "liaison", "deputy", "head"))


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
    about = {one.pk: one for one in Approval.objects.all()}
    for entry in Entry.objects.filter(target="approvals.approval").order_by("pk"):
        verb, day = entry.verb.rpartition(".")[2], timezone.localdate(entry.at)
        approval = about[entry.target_id]
        if verb in ("create", "sign", "resubmit"):
            asked: set[int] = set()
            for row in rows[approval.pk]:
                seat = row.appointment_id or 0
                if row.opened_at == entry.at and row.state != "removed":
                    asked |= roll.successors(seat, day) | roll.stand_ins(seat, day)
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


def _read(row: Message) -> bool:
    """On the site, before it was to go out."""
    site = Message.objects.get(entry=row.entry_id, person=row.person_id, channel="site")
    return bool(site.read_at and row.ended and site.read_at <= row.ended)


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
        wanted = "skipped" if row.state == "skipped" and _read(row) else "failed" if nobody else "sent"
        assert (row.state, taken) == (wanted, wanted == "sent"), row
    assert there.filter(state="skipped").exists(), "something was read before"
    assert any(n > 1 for n in year.gateway.asked.values()), "something was tried again"
    assert there.filter(state="failed").exists(), "and something given up"
