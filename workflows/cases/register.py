"""登记案件, 记录进展, 更正: what people do to a case. The law decides whether a step may be (gates.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction as tx
from django.db.models import prefetch_related_objects
from django.utils import timezone

from foundation.files.models import Attachment
from foundation.journal.moves import create, record, transition
from foundation.organization.actors import SYSTEM, Actor
from foundation.organization.calendar import WorkCalendar
from foundation.organization.ending import living
from foundation.organization.models import Appointment
from foundation.organization.refusals import Refused
from foundation.organization.rules import Rule
from foundation.organization.services import working_calendar

from .bases.chosen import chosen_laws
from .events import Event
from .library import DEFAULT, pack_for
from .loading import every_pack
from .models import Case, CaseEvent, Evidence, ReferralProcess
from .pack import BadPack
from .parties.sides import on_both_sides, persons_of
from .permissions import sees_case, works_on_case
from .standing import Standing, as_event, standing_of
from .wall.keeping import keep_clocks


@dataclass(frozen=True)
class About:
    """What a case is; `team` are ids of appointments in force."""

    title: str
    agency: str
    team: tuple[int, ...]
    qualified: tuple[int, ...] = ()
    reviewer: str = ""
    flags: tuple[str, ...] = ()
    file: dict[str, bool | str] = field(default_factory=dict)
    violation_ended: dt.date | None = None

    def values(self) -> dict[str, Any]:
        return {
            "title": self.title, "agency": self.agency, "qualified": sorted({*self.qualified} & {*self.team}),
            "reviewer": self.reviewer, "flags": sorted(self.flags), "file": self.file,
            "violation_ended": self.violation_ended,
        }  # fmt: skip


@tx.atomic
def open_case(*, about: About, unit: int, actor: Actor, at: dt.datetime) -> int:
    """Under the pack in force today. Whoever opens it is of its team."""
    if actor.post is None:
        raise Refused("只有在任的人员可以登记案件。")
    day = timezone.localdate(at)
    try:
        pack = pack_for(DEFAULT, day, every_pack())
    except BadPack as fault:
        raise Refused(str(fault)) from fault
    _happened(about, day)
    team = _serving({*about.team, actor.post}, day)
    values = about.values() | {
        "unit": living(unit),
        "opened_on": day,
        "pack": pack.code,
        "pack_version": pack.version,
    }
    (pk,) = create(Case, values, actor=actor, at=at)
    case = Case.objects.get(pk=pk)
    case.team.set(team)
    _keep(standing(case, at), actor, at)
    return pk


@tx.atomic
def change_case(*, case: int, about: About, actor: Actor, at: dt.datetime) -> None:
    """Its facts as they are known now; the clocks are worked out anew."""
    row = locked(case, actor, at)
    _happened(about, timezone.localdate(at))
    team = _serving(about.team, timezone.localdate(at))
    for says in on_both_sides(team, about.reviewer, persons_of(row)):
        raise Refused(says)
    values = about.values()
    record(
        Case, case, "change", actor=actor, at=at, changes=values, data={"fields": sorted(values)}
    ).all_or_refuse()
    row.team.set(team)
    _keep(standing(Case.objects.get(pk=case), at), actor, at)


@tx.atomic
def record_event(*, case: int, event: Event, actor: Actor, at: dt.datetime) -> int:
    """By hand. Raises Refused with every reason why the law does not allow it at that time."""
    row = locked(case, actor, at)
    _refuse_what_the_flow_records(case, event.step)
    return enter(row, event, actor=actor, at=at)


def enter(row: Case, event: Event, *, actor: Actor, at: dt.datetime) -> int:
    """Of a case that is locked, on behalf of somebody who may: the law alone is asked."""
    if event.at > at:
        raise Refused("发生时间在将来，请改为实际发生的时间。")
    now = standing(row, at)
    if event.step not in now.pack.steps:
        raise Refused("这个步骤不在本案的规则里，请重新选择。")
    verdict = now.verdict(event)
    if not verdict.allowed:
        basis = now.pack.cite(*verdict.cites)
        raise Refused(f"{'；'.join(verdict.why)}。" + (f"（{basis}）" if basis else ""))
    _refuse_the_end_of_what_is_referred(now, event.step)
    made = CaseEvent.objects.create(
        case=row, step=event.step, at=event.at, post=event.post, document=event.document, number=event.number,
        reason=event.reason, by_id=actor.post or 0,
    )  # fmt: skip
    _tell("event", row.pk, made, actor, at)
    _keep(replace(now, events=[*now.events, as_event(made)]), actor, at)
    return made.pk


@tx.atomic
def strike_event(*, case: int, event: int, why: str, actor: Actor, at: dt.datetime) -> None:
    """It stays, struck out with the reason; what follows from the others is worked out anew."""
    row = locked(case, actor, at)
    if not why.strip():
        raise Refused("请写明更正的原因。")
    there = CaseEvent.objects.filter(case=row, pk=event, struck_at=None).first()
    if there is None:
        raise Refused("这条进展已经更正过了，请刷新后查看。")
    _refuse_what_the_flow_records(case, there.step)
    there.struck_at, there.struck_by_id, there.struck_why = at, actor.post, why.strip()[:200]
    there.save(update_fields=["struck_at", "struck_by", "struck_why"])
    _tell("strike", case, there, actor, at)
    _keep(standing(row, at), actor, at)


def look(*, case: int, actor: Actor, at: dt.datetime) -> None:
    """Every look at a case is written down."""
    record(Case, case, "look", actor=actor, at=at)


def look_at_file(file: Attachment, actor: Actor, at: dt.datetime) -> None:
    """Of one of its evidence."""
    case = Evidence.objects.values_list("case", flat=True).get(pk=file.subject_id)
    record(Case, case, "look", actor=actor, at=at, data={"evidence": file.subject_id, "file": file.pk})


def look_at_paper(case: int, file: Attachment, actor: Actor, at: dt.datetime) -> None:
    """Of one of its documents."""
    record(Case, case, "look", actor=actor, at=at, data={"document": file.subject_id, "file": file.pk})


def look_at(case: Case, actor: Actor, at: dt.datetime) -> None:
    """A look from elsewhere, of somebody who may see the case; to who may not, nothing of it was shown."""
    if sees_case(case, actor, timezone.localdate(at)):
        look(case=case.pk, actor=actor, at=at)


@tx.atomic
def work_out(*, case: int, at: dt.datetime) -> None:
    """Its clocks anew, though nothing happened in it: days of the calendar changed, or the law that counts."""
    row = Case.objects.select_for_update().get(pk=case)
    _keep(standing(row, at), SYSTEM, at)


def standing(case: Case, at: dt.datetime) -> Standing:
    prefetch_related_objects([case], "team__person")  # an officer's name would be a query each
    calendar = calendar_for(case.opened_on.year, at)
    return standing_of(case, case.events.all(), every_pack(), at, calendar, chosen_laws())


def calendar_for(opened: int, at: dt.datetime) -> WorkCalendar:
    """Of a case that was opened in that year."""
    return working_calendar(opened - 3, timezone.localdate(at).year + 2)


def locked(case: int, actor: Actor, at: dt.datetime, rule: Rule = works_on_case) -> Case:
    row = Case.objects.select_for_update().filter(pk=case).first()
    if row is None:
        raise Refused("这个案件已不存在。")
    if not rule(row, actor, timezone.localdate(at)):
        raise Refused(rule.says)
    return row


def _refuse_what_the_flow_records(case: int, step: str) -> None:
    """While a referral runs, what it records and what it decides by can't come apart."""
    if step in ReferralProcess.STEPS and ReferralProcess.running(case):
        raise Refused(
            "本案正在移送，这一步由移送流程记录，请在“移送”里办理；要手工记录或更正的，先停止移送流程。"
        )


def _refuse_the_end_of_what_is_referred(now: Standing, step: str) -> None:
    """Before its report the law says nothing of a referral, but somebody works on it."""
    if now.pack.steps[step].ends == "admin" and ReferralProcess.running(now.case.pk):
        name = now.pack.steps[step].name
        raise Refused(
            f"本案正在移送，还不能记录“{name}”。请先在“移送”里办完；不再移送的，停止移送流程并写明原因。"
        )


def _serving(team: Iterable[int], day: dt.date) -> list[Appointment]:
    wanted = set(team)
    found = list(Appointment.objects.in_force(day).filter(pk__in=wanted).select_related("person"))
    if len(found) < len(wanted):
        raise Refused("办案人员中有人已不在任，请重新选择。")
    return found


def _happened(about: About, day: dt.date) -> None:
    if about.violation_ended and about.violation_ended > day:
        raise Refused("违法行为终了日期在将来，请改为实际的日期。")


def _tell(verb: str, case: int, row: CaseEvent, actor: Actor, at: dt.datetime) -> None:
    data = {"event": row.pk, "step": row.step, "at": row.at.isoformat()}
    words = {"document": row.document, "number": row.number, "reason": row.struck_why or row.reason}
    record(Case, case, verb, actor=actor, at=at, data=data, words=words).all_or_refuse()


def _keep(now: Standing, actor: Actor, at: dt.datetime) -> None:
    """What lists show, and whether the case is over."""
    case = now.case
    if now.over() != (case.state == Case.State.CLOSED):
        transition(Case.close if now.over() else Case.reopen, case.pk, actor=actor, at=at).all_or_refuse()
    keep_clocks(now)
