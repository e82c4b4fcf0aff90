"""办理过程: who did what, for whom, when and how long it took; who has it now; who comes next, in grey."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import Any

from django.utils import timezone

from foundation.files.models import Attachment
from foundation.organization.actors import Actor
from foundation.organization.calendar import WorkCalendar

from . import engine, store
from .chapters import Chapter, approvals_of, beginnings, chapters
from .enclosures import given_with
from .engine.dwell import dwell
from .engine.terms import Link, State
from .models import Approval, Signer
from .signatures import pictures_of

Entry = dict[str, Any]  # of components/timeline.html
WORDS = {
    State.AGREED: "同意", State.REJECTED: "不同意", State.RETURNED: "退回", State.ABSTAINED: "弃权",
    State.OPINED: "提出意见", State.PASSED: "转办", State.READ: "已阅",
}  # fmt: skip
CLAIMS = {"": "", "free": "可领取", "held": "已领取"}
ENDS = {"withdrawn": "撤回", "void": "因事项撤销而结束"}
FAR = dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(frozen=True)
class Trail:
    """All that one matter went through up to the approval that is shown."""

    shown: Approval
    rows: list[Signer]
    chapters: list[Chapter]  # the last one is of `shown`
    calendar: WorkCalendar
    now: dt.datetime

    @classmethod
    def of(cls, approval: Approval, actor: Actor, calendar: WorkCalendar, now: dt.datetime) -> Trail:
        """Two queries, however long the matter has been going back and forth; one more where it was sent again."""
        every = approvals_of(approval.subject, approval.subject_id)
        approvals = [approval if row.pk == approval.pk else row for row in every]
        begun = beginnings(approvals)
        latest = begun[approval.pk][-1][1]
        there = [one for one in approvals if one.created <= latest]
        signers = store.signers_of([one.pk for one in there], actor, timezone.localdate(now))
        told = [one for one in chapters(there, begun, signers) if one.begun <= latest]
        return cls(approval, signers[approval.pk], told, calendar, now)

    @property
    def cycle(self) -> list[Approval]:
        """The approvals since the last submission: those before the shown one that were agreed to."""
        *before, last = self.chapters
        since = takewhile(lambda one: one.ended == Approval.State.APPROVED, reversed(before))
        return [*reversed([one.approval for one in since]), last.approval]

    def entries(self, mine: Signer | None = None) -> list[Entry]:
        """`mine` is the row of the person who looks."""
        found, follows = list[Entry](), False
        for one in self.chapters:
            found += _sent(one, follows)
            found += [self._done(one.approval, row) for row in told(one)]
            if one.ended in ENDS:
                found.append(
                    _past(one.approval.initiator.person.name, ENDS[one.ended], one.approval.ended_at)
                )
            follows = one.ended == Approval.State.APPROVED
        return [*found, *self._ahead(mine)]

    def _done(self, approval: Approval, row: Signer) -> Entry:
        step = step_name(approval, row.step)
        if row.decided_at is None:
            who = row.appointment.person.name if row.appointment else "系统"
            return _past(who, f"{step}：{unsigned(row)}", None, note=row.reason)
        by = row.decided_by
        took = self._between("用时", row.opened_at, row.decided_at) if row.opened_at else ""
        return _past(
            by.person.name if by else "系统",
            f"{step}：{self._word(approval, row)}",
            row.decided_at,
            note=took,
            opinion=row.opinion,
            behalf=behalf_of(row),
            files=self._enclosed.get(row.pk, ()),
            signature=self._pictures.get(row.signature_id, ""),
            state="returned" if row.state == State.RETURNED else "past",
        )

    @cached_property
    def _enclosed(self) -> dict[int, list[Attachment]]:
        """The files given with every opinion."""
        return given_with(row for one in self.chapters for row in one.rows)

    @cached_property
    def _pictures(self) -> dict[int | None, str]:
        """Where the signatures given are shown."""
        found = pictures_of(row.signature_id for one in self.chapters for row in one.rows)
        return {pk: file.url for pk, file in found.items()}

    def _word(self, approval: Approval, row: Signer) -> str:
        word = WORDS[State(row.state)]
        rows = (one for chapter in self.chapters if chapter.approval is approval for one in chapter.rows)
        heirs = (one for one in rows if one.key == row.closed_by and one.appointment)
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
            does = step_name(shown, row.step)
            if row.state == State.OPEN and row.appointment:
                yield self._now(row, does, mine)
            else:
                yield {"state": "future", "who": who, "does": does, "note": row.note}

    def _now(self, row: Signer, does: str, mine: Signer | None) -> Entry:
        you = "（您）" if mine and mine.key == row.key else ""
        waited = self._between("已等", row.opened_at, self.now) if row.opened_at else ""
        urged = f"{row.urged:%m月%d日} 催办" if row.urged else ""
        note = "；".join(filter(None, (CLAIMS[row.claim], waited, row.note, urged)))
        who = row.appointment.person.name if row.appointment else ""
        return {"state": "now", "who": who, "does": f"{does}{you}", "at": row.opened_at, "note": note}

    def _between(self, label: str, start: dt.datetime, end: dt.datetime) -> str:
        time = dwell(timezone.localtime(start), timezone.localtime(end), self.calendar)
        return f"{label} {time}" if time[0].isdigit() else f"{label}{time}"


def _past(who: str, does: str, at: dt.datetime | None, **more: Any) -> Entry:
    return {"state": "past", "who": who, "does": does, "at": at} | more


def _sent(chapter: Chapter, follows: bool) -> list[Entry]:
    """提交审批; what follows by itself needs no word, unless it goes on in the middle."""
    who, on = chapter.approval.initiator.person.name, ""
    if chapter.again and chapter.first_step > 1:
        on = f"前面的人看过的内容没有变，从“{step_name(chapter.approval, chapter.first_step)}”接着办"
    if follows:
        return [_past("系统", "直送退回人", chapter.begun, note=on)] if on else []
    return [_past(who, "重新提交" if chapter.again else "提交审批", chapter.begun, note=on)]


def step_name(approval: Approval, step: int) -> str:
    return store.route_of(approval.version).steps[step - 1].name


def unsigned(row: Signer) -> str:
    """What became of a row on which nobody decided."""
    return "自动同意" if row.state == State.AGREED else "未办理"


def behalf_of(row: Signer) -> str:
    """Whose proxy decided; empty where it was the signer, or the system."""
    owner, by = row.appointment, row.decided_by
    return owner.person.name if owner and by and owner.person_id != by.person_id else ""


def told(chapter: Chapter) -> list[Signer]:
    """Its rows that tell something, in order."""
    return [row for row in _in_order(chapter.rows) if _was_asked(chapter, row)]


def _in_order(rows: list[Signer]) -> list[Signer]:
    return sorted(rows, key=lambda row: (row.round, row.step, row.decided_at or FAR, row.key))


def _was_asked(chapter: Chapter, row: Signer) -> bool:
    """Rows that tell something: decided, answered by the route, or taken from somebody who had it."""
    if row.state in (State.WAITING, State.OPEN, State.TO_READ):
        return False
    never = row.state == State.SKIPPED and row.opened_at is None
    return not never or (row.closed_by is None and chapter.ended not in ENDS)
