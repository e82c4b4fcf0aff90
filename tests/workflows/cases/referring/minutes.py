"""A referral told step by step: who does what, and when. March 2026, 甲镇."""

from __future__ import annotations

from viewflow.workflow import PROCESS, STATUS
from viewflow.workflow.models import Task

from approvals import services as approvals
from approvals.models import Approval
from foundation.organization.models import Appointment
from tests.cast import Cast, actor
from tests.workflows.cases.test_counting import at
from tests.workflows.cases.test_register import about
from workflows.cases.events import Event
from workflows.cases.models import Case, CaseEvent, ReferralProcess
from workflows.cases.referring import services
from workflows.cases.referring.flows import Told
from workflows.cases.register import change_case, open_case, record_event, standing


class Minutes:
    def __init__(self, cast: Cast, **more) -> None:
        self.cast, self.by = cast, actor(cast.town.liaison)
        self.about = about(cast, **{"agency": "emergency"} | more)
        self.pk = open_case(about=self.about, unit=cast.town.unit.pk, actor=self.by, at=at("03-01 09:00"))

    # -- the team
    def start(self, when: str = "03-02 08:30", by=None) -> None:
        told = Told(at(when))
        services.start_referral(case=self.pk, told=told, actor=by or self.by, at=at(when))

    def takes(self, step: str, when: str, number: str = "", reason: str = "", now: str = "", by=None) -> None:
        told = Told(at(when), number=number, reason=reason)
        services.take_step(case=self.pk, step=step, told=told, actor=by or self.by, at=at(now or when))

    def reports(self) -> None:
        """Up to the head's desk, on the second of March."""
        self.start()
        self.takes("team", "03-02 09:00")
        self.takes("reported", "03-02 15:00", "甲报〔2026〕3号", "关闭报警器，涉嫌危险作业罪。")

    def stop(self, when: str, why: str = "改在本机关系统中审批", by=None) -> None:
        services.stop_referral(case=self.pk, why=why, actor=by or self.by, at=at(when))

    def happened(self, step: str, when: str, by=None, now: str = "", **more) -> int:
        event = Event(step, at(when), **more)
        return record_event(case=self.pk, event=event, actor=by or self.by, at=at(now or when))

    def is_about(self, when: str, **more) -> None:
        told = about(self.cast, **{"agency": "emergency"} | more)
        change_case(case=self.pk, about=told, actor=self.by, at=at(when))

    # -- who decides
    @property
    def pending(self) -> Approval:
        return Approval.objects.get(state="pending", subject="viewflow.task")

    def decides(self, who: Appointment, do: str, when: str, opinion: str = "") -> None:
        approvals.decide(approval_id=self.pending.pk, actor=actor(who), at=at(when), do=do, opinion=opinion)

    # -- what became of it
    @property
    def row(self) -> Case:
        return Case.objects.get(pk=self.pk)

    @property
    def steps(self) -> list[str]:
        rows = CaseEvent.objects.filter(case=self.pk, struck_at=None).order_by("at", "pk")
        return [f"{one.step} {one.post}".strip() for one in rows]

    @property
    def waits(self) -> set[str]:
        running = ReferralProcess.objects.filter(case=self.pk, status=PROCESS.NEW)
        return {one.flow_task.name for one in Task.objects.filter(process__in=running, status=STATUS.NEW)}

    @property
    def status(self) -> str:
        return ReferralProcess.objects.filter(case=self.pk).latest("pk").status

    def clock(self, rule: str, now: str) -> str:
        (one,) = [one for one in standing(self.row, at(now)).clocks if one.rule.rule == rule]
        return one.status.value
