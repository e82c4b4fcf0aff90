"""One approval on the desk of one person: what they may do to it, and what would follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.utils import timezone

from foundation.journal.prepared import ACTOR, TODAY, Param, PreparedRows
from foundation.organization.actors import Actor
from foundation.organization.models import Appointment
from foundation.organization.services import working_calendar

from . import deciding, engine, store
from .engine.routes import Mode, Resubmit
from .engine.terms import (
    DECIDERS,
    UNDONE,
    ApprovalState,
    Claim,
    Command,
    Do,
    Link,
    Outcome,
    Refusal,
    Result,
    State,
    To,
    Why,
)  # fmt: skip
from .engine.terms import Signer as Row
from .lookup import Organization
from .models import Approval, Signer
from .offers import OFFERS
from .permissions import may_open
from .subjects import SUBJECTS, Matter
from .trail import Trail

WHATEVER_IT_SAYS = (*deciding.OF_INITIATOR, Do.READ)  # also where the content has changed
CHANGED = "送审以后内容有改动，不能办理。请联系发起人撤回，核对后重新提交。"


class Again(NamedTuple):
    """`who` gets it back, then `steps` run."""

    who: str
    steps: list[str]


@lru_cache(4)
def _opened(readers: tuple[Any, ...]) -> PreparedRows[Approval]:
    """The approval `id`, where the post may open it by what its subject says of `readers`."""
    rows = Approval.objects.select_related("unit", "initiator__person", "version__route")
    return PreparedRows(lambda: rows.filter(may_open.q(ACTOR, TODAY), pk=Param("id")))


@dataclass(frozen=True)
class Desk:
    """`approval` seen by the post `seat`; `others` are further posts of the same person."""

    approval: Approval
    seat: Appointment
    others: tuple[Appointment, ...]
    now: dt.datetime

    @classmethod
    def find(cls, pk: int, held: list[Appointment], seat: Appointment, now: dt.datetime) -> Desk | None:
        """None where no post of this person may open it. One query, another for each further post that may not."""
        opened, day = _opened(tuple(one.readers for one in SUBJECTS.values())), timezone.localdate(now)
        others = tuple(one for one in held if one.pk != seat.pk)
        found = (opened(id=pk, actor=one.pk, today=day) for one in (seat, *others))
        return next((cls(rows[0], seat, others, now) for rows in found if rows), None)

    @property
    def actor(self) -> Actor:
        return Actor.of(self.seat)

    @property
    def pending(self) -> bool:
        return self.approval.state == Approval.State.PENDING

    @cached_property
    def trail(self) -> Trail:
        year = self.now.year
        first = min(year, self.approval.created.year)
        return Trail.of(self.approval, self.actor, working_calendar(first - 1, year + 1), self.now)

    @cached_property
    def state(self) -> ApprovalState:
        return store.state_of(self.approval, self.trail.rows)

    @cached_property
    def _organization(self) -> Organization:
        return store.organization_of(self.approval, timezone.localdate(self.now))

    @cached_property
    def row(self) -> Signer | None:
        """The open row of this post, or of somebody it stands for."""
        row = deciding.chosen(self.trail.rows, self.actor) if self.pending else None
        return row if row and row.state == State.OPEN else None

    @cached_property
    def _agreed(self) -> Outcome | Refusal | None:
        """What the engine would answer to this person's yes, or to the opinion they are asked for."""
        do = Do.OPINE if self.advises else Do.AGREE
        return engine.decide(self.state, self._told(do), self._organization) if self.row else None

    @property
    def why_not(self) -> str:
        """Why a row that waits for this post is not for this person: they drafted the matter themselves."""
        return self._agreed.says if isinstance(self._agreed, Refusal) and not self.free else ""

    @property
    def free(self) -> bool:
        """It has to be claimed first."""
        return isinstance(self._agreed, Refusal) and self._agreed.code is Why.UNCLAIMED

    @property
    def claimed_by(self) -> str:
        """Who has it, where this post could have had it as well."""
        held = next((row for row in self.trail.rows if row.claim == Claim.HELD and row.state in UNDONE), None)
        waiting = (row for row in self.trail.rows if row.acts and row.state == State.WAITING)
        if held is None or held.acts or not any(row.step == held.step for row in waiting):
            return ""
        return held.appointment.person.name if held.appointment else ""

    @property
    def after(self) -> str:
        """What follows from this person's yes, read before the button: 下一步 杜珺 安办主任审定."""
        if not isinstance(self._agreed, Outcome) or self.advises or self.consents:
            return ""
        state = self._agreed.state
        if not state.open:
            return f"{self.approval.version.route.name}到此通过"
        step = state.route.steps[state.open[0].step - 1].name
        return " ".join(filter(None, ("下一步", "、".join(self._names(state.open)), step)))

    def _names(self, rows: Iterable[Row]) -> list[str]:
        """Who stands behind rows of the engine, by the posts of the approval's own rows."""
        people = {
            row.appointment_id: row.appointment.person.name for row in self.trail.rows if row.appointment
        }
        return [people[row.seat] for row in rows if row.seat in people]

    @property
    def mine(self) -> Signer | None:
        """The row this person may decide now."""
        return self.row if isinstance(self._agreed, Outcome) else None

    def _told(self, do: Do, to: To | int = To.INITIATOR) -> Command:
        row, me = self.row, self.seat.person_id
        owner = row.appointment.person_id if row and row.appointment else me
        return Command(do, me, None if owner == me else owner, row.key if row else None, "-", to)

    @cached_property
    def may(self) -> frozenset[Do]:
        """Which of the rarer acts are open to this person now; whom they would name is asked on the act's page."""
        return frozenset(offer.do for offer in OFFERS.values() if self._could(offer.do))

    def _could(self, do: Do) -> bool:
        if self.changed and do not in WHATEVER_IT_SAYS:
            return False
        verdict = engine.decide(self.state, self._probe(do), self._organization)
        return not isinstance(verdict, Refusal) or verdict.code is Why.NOBODY_NAMED

    def _probe(self, do: Do) -> Command:
        """The act as this person would give it, in words that stand for theirs."""
        me, at = self.seat.person_id, timezone.localtime(self.now)
        if do in deciding.OF_INITIATOR:
            first, day = self.approval.initiator, timezone.localdate(self.now)
            mine = first.pk == self.seat.pk or store.heir_of(first, self.actor, day)
            return Command(do, first.person_id if mine else 0, at=at)
        row = self.row_for(do)
        owner = row.appointment.person_id if row and row.appointment else me
        return Command(do, me, None if owner == me else owner, row.key if row else 0, "-", at=at)

    def row_for(self, do: Do) -> Signer | None:
        return deciding.chosen(self.trail.rows, self.actor, None, do)

    @property
    def decided_since(self) -> bool:
        """A withdrawal would have to be asked for."""
        verdict = engine.decide(self.state, self._probe(Do.WITHDRAW), self._organization)
        return not isinstance(verdict, Refusal) and bool(verdict.added)

    def goes_on_after(self, do: Do) -> bool:
        """The approval would still be pending."""
        verdict = engine.decide(self.state, self._probe(do), self._organization)
        return not isinstance(verdict, Refusal) and verdict.state.result is Result.PENDING

    @property
    def to_read(self) -> bool:
        """It was copied to this post and not read yet."""
        rows = (row for row in self.trail.rows if row.appointment_id == self.seat.pk)
        return any(row.state == State.TO_READ for row in rows)

    @property
    def advises(self) -> bool:
        """Asked for an opinion only."""
        return self.row is not None and self.row.link == Link.OPINION

    @property
    def consents(self) -> bool:
        """Asked whether the initiator may withdraw."""
        return self.row is not None and self.row.link == Link.CONSENT

    @property
    def behalf(self) -> str:
        """Whose proxy one is here."""
        owner = self.row.appointment if self.row else None
        if owner is None or owner.person_id == self.seat.person_id:
            return ""
        return "" if store.heir_of(owner, self.actor, timezone.localdate(self.now)) else owner.person.name

    @property
    def others_may(self) -> list[str]:
        """或签: who else may settle the step with the same right."""
        row = self.mine
        if row is None or self.state.definition(row.step).mode is not Mode.ANY or row.link not in DECIDERS:
            return []
        same = [one for one in self.trail.rows if one.step == row.step and one.state == State.OPEN]
        rivals = [one for one in same if one.link in DECIDERS and one.pk != row.pk]
        return [one.appointment.person.name for one in rivals if one.appointment]

    @cached_property
    def elsewhere(self) -> Appointment | None:
        """Another post of the same person for which it waits."""
        if not self.pending or self.mine:
            return None
        day = timezone.localdate(self.now)
        waits = (one for one in self.others if Approval.objects.todo_of(one, day).filter(pk=self.approval.pk))
        return next(waits, None)

    @cached_property
    def matter(self) -> Matter:
        shows = SUBJECTS[self.approval.subject].matter
        return shows(self.approval.subject_id, self.approval.digest, self._seen)

    def look(self, by: Actor) -> None:
        SUBJECTS[self.approval.subject].looked(self.approval.subject_id, by, self.now)

    @property
    def _seen(self) -> str:
        """The content this person last decided on, where it was another one; else nothing."""
        rows = (row for chapter in self.trail.chapters for row in chapter.rows if row.decided_at)
        mine = [row for row in rows if row.decided_by and row.decided_by.person_id == self.seat.person_id]
        others = [row for row in mine if row.digest not in ("", self.approval.digest)]
        return others[-1].digest if others else ""

    @cached_property
    def changed(self) -> bool:
        """The content is no longer that which was sent: belt and braces, a subject in approval can't change."""
        digest = SUBJECTS[self.approval.subject].digest
        return self.pending and digest(self.approval.subject_id) != self.approval.digest

    @property
    def may_go_on(self) -> bool:
        """What is returned to the initiator may come back to this step, if no more is changed than was asked for."""
        return self.state.route.resubmit is Resubmit.JUMP_BACK and self.approval.step > 1

    def again(self, to: To | int) -> Again | None:
        """What runs again after a return; None where it can't go there."""
        if to is To.INITIATOR:
            routes = [store.route_of(one.version) for one in self.trail.cycle]
            return Again(
                self.approval.initiator.person.name, [step.name for one in routes for step in one.steps]
            )
        after = engine.decide(self.state, self._told(Do.RETURN, to), self._organization)
        if isinstance(after, Refusal):
            return None
        steps = dict.fromkeys(row.step for row in engine.predict(after.state, self._organization))
        return Again(
            "、".join(self._names(after.state.open)),
            [self.state.route.steps[step - 1].name for step in steps],
        )
