"""办理过程: who did what, for whom, when and how long it took; who has it now; who comes next, in grey."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from foundation.organization.actors import Actor
from foundation.organization.calendar import WorkCalendar

from . import engine, store
from .dwell import dwell
from .models import Approval, Signer
from .terms import Link, State

Entry = dict[str, Any]  # of components/timeline.html
WORDS = {
    State.AGREED: "同意", State.REJECTED: "不同意", State.RETURNED: "退回", State.ABSTAINED: "弃权",
    State.OPINED: "提出意见", State.PASSED: "转办", State.READ: "已阅",
}  # fmt: skip
ENDS = {"withdrawn": "撤回", "void": "因事项撤销而结束"}
FAR = dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(frozen=True)
class Trail:
    """All approvals of one matter up to the one that is shown, oldest first, with their signers."""

    approvals: list[Approval]
    signers: dict[int, list[Signer]]
    calendar: WorkCalendar
    now: dt.datetime

    @classmethod
    def of(cls, approval: Approval, actor: Actor, calendar: WorkCalendar, now: dt.datetime) -> Trail:
        """Two queries, however long the matter has been going back and forth."""
        earlier = Approval.objects.filter(subject=approval.subject, subject_id=approval.subject_id)
        rows = earlier.filter(pk__lt=approval.pk).select_related("initiator__person", "version__route")
        approvals = [*rows.order_by("pk"), approval]
        signers = store.signers_of([one.pk for one in approvals], actor, timezone.localdate(now))
        return cls(approvals, signers, calendar, now)

    @property
    def shown(self) -> Approval:
        return self.approvals[-1]

    @property
    def rows(self) -> list[Signer]:
        return self.signers[self.shown.pk]

    @property
    def cycle(self) -> list[Approval]:
        """The approvals since the last submission: those before the shown one that were agreed to."""
        found = [self.shown]
        for one in reversed(self.approvals[:-1]):
            if one.state != Approval.State.APPROVED:
                break
            found.insert(0, one)
        return found

    def entries(self, mine: Signer | None = None) -> list[Entry]:
        """`mine` is the row of the person who looks."""
        found, follows = [], False
        for one in self.approvals:
            if not follows:
                found.append(_past(one.initiator.person.name, "提交审批", one.created))
            found += [self._done(one, row) for row in _in_order(self.signers[one.pk]) if _was_asked(one, row)]
            if one.state in ENDS:
                found.append(_past(one.initiator.person.name, ENDS[one.state], one.ended_at))
            follows = one.state == Approval.State.APPROVED
        return [*found, *self._ahead(mine)]

    def _done(self, approval: Approval, row: Signer) -> Entry:
        step = _step(approval, row)
        if row.decided_at is None:
            who = row.appointment.person.name if row.appointment else "系统"
            word = "自动同意" if row.state == State.AGREED else "未办理"
            return _past(who, f"{step}：{word}", None, note=row.reason)
        by, owner = row.decided_by, row.appointment
        took = self._between("用时", row.opened_at, row.decided_at) if row.opened_at else ""
        return _past(
            by.person.name if by else "系统",
            f"{step}：{self._word(approval, row)}",
            row.decided_at,
            note=took,
            opinion=row.opinion,
            behalf=owner.person.name if owner and by and owner.person_id != by.person_id else "",
            state="returned" if row.state == State.RETURNED else "past",
        )

    def _word(self, approval: Approval, row: Signer) -> str:
        word = WORDS[State(row.state)]
        heirs = (one for one in self.signers[approval.pk] if one.key == row.closed_by and one.appointment)
        heir = next(heirs, None) if row.state == State.PASSED else None
        return f"{word}给{heir.appointment.person.name}" if heir and heir.appointment else word

    def _ahead(self, mine: Signer | None) -> Iterator[Entry]:
        """Those who have it now, then those who are asked if everybody agrees."""
        shown = self.shown
        rows = {row.key: row for row in self.rows}
        for row in self.rows:
            if row.state == State.OPEN and row.link == Link.CONSENT and row.appointment:
                yield self._now(row, "征求撤回意见", mine)
        for signer in engine.predict(
            store.state_of(shown, self.rows), store.organization_of(shown, timezone.localdate(self.now))
        ):
            row = rows[signer.key]
            who = row.appointment.person.name if row.appointment else "（空缺）"
            does = _step(shown, row)
            if row.state == State.OPEN and row.appointment:
                yield self._now(row, does, mine)
            else:
                yield {"state": "future", "who": who, "does": does, "note": row.note}

    def _now(self, row: Signer, does: str, mine: Signer | None) -> Entry:
        you = "（您）" if mine and mine.key == row.key else ""
        waited = self._between("已等", row.opened_at, self.now) if row.opened_at else ""
        urged = f"{row.urged:%m月%d日} 催办" if row.urged else ""
        note = "；".join(filter(None, (waited, row.note, urged)))
        who = row.appointment.person.name if row.appointment else ""
        return {"state": "now", "who": who, "does": f"{does}{you}", "at": row.opened_at, "note": note}

    def _between(self, label: str, start: dt.datetime, end: dt.datetime) -> str:
        time = dwell(timezone.localtime(start), timezone.localtime(end), self.calendar)
        return f"{label} {time}" if time[0].isdigit() else f"{label}{time}"


def _past(who: str, does: str, at: dt.datetime | None, **more: Any) -> Entry:
    return {"state": "past", "who": who, "does": does, "at": at} | more


def _step(approval: Approval, row: Signer) -> str:
    return store.route_of(approval.version).steps[row.step - 1].name


def _in_order(rows: list[Signer]) -> list[Signer]:
    return sorted(rows, key=lambda row: (row.round, row.step, row.decided_at or FAR, row.key))


def _was_asked(approval: Approval, row: Signer) -> bool:
    """Rows that tell something: decided, answered by the route, or taken from somebody who had it."""
    if row.state in (State.WAITING, State.OPEN, State.TO_READ):
        return False
    never = row.state == State.SKIPPED and row.opened_at is None
    return not never or (row.closed_by is None and approval.state not in ENDS)
