"""A case's minutes: one draft, and what each of the cast does with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from viewflow.workflow.models import Task

from approvals.models import Approval, Signer
from approvals.services import decide
from documents.issuing import handling
from documents.issuing.services import save_draft, start_draft
from documents.models import Draft, DraftProcess
from foundation.jobs import queue
from foundation.organization.models import Appointment
from tests.cast import Cast, actor

TEXT = "关于开展检查的通知\n\n各镇：\n请按时开展检查。\n\n某市安全生产委员会办公室\n2026年6月1日"
MORNING = dt.datetime(2026, 6, 12, 1, tzinfo=dt.UTC)


@dataclass
class Desk:
    """Time goes on by a minute with every act; whoever is not told is who usually does it."""

    cast: Cast
    pk: int = 0
    now: dt.datetime = MORNING
    nothing_waits = Approval.DoesNotExist

    @property
    def draft(self) -> Draft:
        return Draft.objects.select_related("document").get(pk=self.pk)

    @property
    def state(self) -> str:
        return self.draft.state

    def by(self, seat: Appointment) -> dict:
        self.now += dt.timedelta(minutes=1)
        return {"actor": actor(seat), "at": self.now}

    def start(self, **written) -> Desk:
        given = {"kind": "notice", "text": TEXT, "code": "某安办"} | written
        self.pk = start_draft(organ=self.cast.office, **given, **self.by(self.cast.clerk))
        return self

    def save(self, **written) -> Desk:
        save_draft(draft=self.pk, revision=self.draft.revision, **written, **self.by(self.cast.clerk))
        return self

    def send(self, seat: Appointment | None = None) -> Desk:
        handling.send(draft=self.pk, **self.by(seat or self.cast.clerk))
        return self

    def waits_for(self) -> set[str]:
        open_ = Signer.objects.filter(state="open", approval__state="pending")
        return set(open_.values_list("appointment__person__name", flat=True))

    def decide(self, seat: Appointment, do: str = "agree", opinion: str = "") -> Desk:
        tasks = Task.objects.filter(process__in=DraftProcess.objects.filter(draft=self.pk))
        waiting = Approval.objects.get(state="pending", subject_id__in=tasks.values("pk")).pk
        decide(approval_id=waiting, do=do, opinion=opinion, **self.by(seat))
        return self

    def signed(self) -> Desk:
        """Sent, read by the other clerk, signed by the head."""
        return self.send().decide(self.cast.twice_office).decide(self.cast.office_head)

    def act(self, do: str, seat: Appointment | None = None, **data) -> Desk:
        read = {"revision": self.draft.revision} if do == "check" else {}
        getattr(handling, do)(draft=self.pk, **read | data, **self.by(seat or self.cast.clerk))
        return self

    def registered(self) -> Desk:
        return self.signed().act("check", found="right").act("register")

    def issued(self) -> Desk:
        self.registered().act("seal").act("issue")
        queue.run_due(self.now)
        return self
