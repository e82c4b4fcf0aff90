"""A case told step by step: who does what, an hour apart."""

from __future__ import annotations

import datetime as dt

from approvals import services as approvals
from approvals.models import Approval
from foundation.organization.models import Appointment
from tests.cast import Cast, actor
from workflows.tasks import services
from workflows.tasks.models import Submission, Task

AT = dt.datetime(2026, 6, 1, 9, tzinfo=dt.timezone(dt.timedelta(hours=8)))
HOUR = dt.timedelta(hours=1)


class Minutes:
    def __init__(self, task: int, cast: Cast, at: dt.datetime = AT) -> None:
        self.pk, self.cast, self.at = task, cast, at

    @property
    def task(self) -> Task:
        return Task.objects.select_related("item", "unit").get(pk=self.pk)

    @property
    def state(self) -> str:
        return self.task.state

    @property
    def pending(self) -> Approval:
        return Approval.objects.get(subject="tasks.task", subject_id=self.pk, state="pending")

    def last(self) -> Submission:
        return Submission.objects.filter(task=self.pk).latest("version")

    def tick(self, hours: float = 1) -> dt.datetime:
        self.at += HOUR * hours
        return self.at

    # -- the unit
    def by(self, who: Appointment | None) -> dict:
        return {"actor": actor(who or self.cast.town.liaison), "at": self.tick()}

    def receive(self, who=None) -> None:
        services.receive(tasks=self.pk, **self.by(who)).all_or_refuse()

    def hold(self, form: str = "集中培训", who=None, **more) -> int:
        activity = services.Activity(
            **{"held_on": dt.date(2026, 6, 1), "form": form, "text": "讲了三个案例。", "people": 86} | more
        )
        token = f"{form}{self.at:%d%H}"
        return services.add_record(task=self.pk, activity=activity, token=token, **self.by(who))

    def write(self, who=None, revision: int | None = None, **content) -> int:
        draft = getattr(self.task, "draft", None)
        now = draft.revision if draft else 0
        return services.save_draft(
            task=self.pk, content=content, revision=now if revision is None else revision, **self.by(who)
        )

    def upload(self, slot: str = "other", name: str = "说明.txt", content: bytes = b"text", who=None):
        return services.attach(task=self.pk, slot=slot, source=content, name=name, **self.by(who))

    def submit(self, who=None, version: int | None = None) -> int:
        known = self.task.version if version is None else version
        return services.submit(task=self.pk, version=known, **self.by(who))

    def withdraw(self, who=None) -> None:
        services.withdraw(task=self.pk, **self.by(who))

    def ask_waiver(self, reason: str = "本镇没有农机。", who=None) -> None:
        services.ask_waiver(task=self.pk, reason=reason, **self.by(who))

    # -- who decides
    def decide(self, who: Appointment, do: str, opinion: str = "", **more) -> None:
        approvals.decide(approval_id=self.pending.pk, do=do, opinion=opinion, **self.by(who), **more)

    def agree(self, *who: Appointment) -> None:
        for one in who:
            self.decide(one, "agree")

    def unit_agrees(self) -> None:
        self.agree(self.cast.town.deputy, self.cast.town.head)

    def office_agrees(self) -> None:
        self.agree(self.cast.clerk, self.cast.office_head)

    def send_back(self, who: Appointment, opinion: str, *remarks: tuple[str, str]) -> None:
        said = [{"part": part, "reason": "wrong", "text": text} for part, text in remarks]
        self.decide(who, "return", opinion, remarks=said)
