"""What the head is shown of a referral, and what is pinned by the decision."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from django.utils import timezone

from approvals.acting import current_act
from approvals.subjects import Matter
from foundation.journal.chain import canonical

from ..clocks import Clock
from ..events import Event
from ..models import Case, ReferralProcess
from ..parties.showing import crime_shown
from ..parties.told import Rows, rows_of
from ..register import standing
from ..standing import Standing
from ..wall.listing import due_said


@dataclass(frozen=True)
class Referral:
    """A referral under way, with where its case stands in law."""

    process: ReferralProcess
    case: Case
    stands: Standing

    @cached_property
    def told(self) -> list[Event]:
        """What happened on this track."""
        steps = self.stands.pack.steps
        return [one for one in self.stands.told if steps[one.step].track == "referral"]

    @property
    def report(self) -> Event | None:
        return next((one for one in reversed(self.told) if one.step == "reported"), None)

    @cached_property
    def rows(self) -> Rows:
        return rows_of(self.case)

    def waiting(self, step: str) -> Clock | None:
        """The nearest clock that this step would stop."""
        return next((one for one in self.stands.live if step in one.rule.ends), None)

    def counts(self, step: str) -> bool:
        """A duty of this kind of agency ends with it."""
        return any(step in rule.ends for rule in self.stands.pack.clocks)


def referral_of(process: ReferralProcess) -> Referral:
    case = Case.objects.select_related("unit").prefetch_related("team__person").get(pk=process.case_id)
    return Referral(process, case, standing(case, _now()))


def _now() -> dt.datetime:
    """Of the act that moves the flow; of the reader where it is only looked at."""
    try:
        return current_act().at
    except LookupError:
        return timezone.now()


def brief_of(referral: Referral) -> str:
    there = [here for _, here in referral.stands.papers if here is True]
    without = len(referral.stands.papers) - len(there)
    papers = f"移送材料 {len(there)} 件" + (f"，另有 {without} 件没有" if without else "")
    return f"专案组 {referral.case.team.count()} 人；{papers}"


def digest_of(referral: Referral) -> str:
    """Of what is decided on: the report, the team, whom and what it is about, the papers and why some are not there."""
    case, report = referral.case, referral.report
    content = {
        "case": [case.pk, case.title, sorted(case.flags), case.file],
        "team": sorted(one.pk for one in case.team.all()),
        "report": [report.at.isoformat(), report.number, report.reason] if report else [],
        "more": referral.process.more,
        "parties": [[one.kind, one.name, one.role] for one in referral.rows.parties],
        "acts": [[one.text, one.article, one.stage] for one in referral.rows.acts],
    }
    return sha256(canonical(content).encode()).hexdigest()


def matter_of(referral: Referral) -> Matter:
    stands, seats, clock = referral.stands, referral.case.team.all(), referral.waiting("approved")
    by = [gate for gate in stands.pack.gates if (gate.step, gate.kind) == ("approved", "by")]
    return Matter(
        "cases/_referral_matter.html",
        {
            "case": referral.case, "report": referral.report, "more": referral.process.more,
            "parties": referral.rows.parties, "acts": referral.rows.acts, "crime": crime_shown(stands, referral.rows),
            "papers": referral.stands.papers, "due": due_said(clock.due, clock.limit.unit) if clock else "",
            "team": [(seat, seat.pk in referral.case.qualified) for seat in seats],
            "happened": [(one, stands.pack.steps[one.step].name) for one in referral.told],
            "only": [gate.why for gate in by], "basis": "；".join(stands.pack.cite(*gate.cites) for gate in by),
        },
        f"/cases/{referral.case.pk}/",
    )  # fmt: skip
