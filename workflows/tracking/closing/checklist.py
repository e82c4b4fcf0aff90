"""What of a campaign is still open: a line for each kind of thing, with its number and the way there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from documents.archiving.permissions import unarchived
from documents.models import Document
from foundation.organization.templatetags.components import day
from workflows.campaigns.models import Committee, Supplement
from workflows.cases.models import Recommendation
from workflows.plans.models import Plan
from workflows.tasks.models import Extension, Task
from workflows.tasks.querysets import TaskQuerySet

from ..links import tasks_at
from ..models import Appeal, Assessment, Slip, UpwardDuty
from ..models.supervision import OPEN


@dataclass(frozen=True)
class Point:
    """`count` 0: nothing is left to do. `says` what to do about the others."""

    label: str
    count: int
    says: str
    url: str


def checklist(plan: Plan) -> list[Point]:
    """One query for each."""
    tasks = Task.objects.filter(plan=plan)
    return [point(plan, tasks) for point in POINTS]


def _tasks(plan: Plan, tasks: TaskQuerySet) -> Point:
    return Point(
        "未办结的任务", tasks.unfinished().count(), "办结、免除或撤销", tasks_at(plan=plan.pk, state="all")
    )


def _extensions(plan: Plan, tasks: TaskQuerySet) -> Point:
    asked = Extension.objects.filter(task__plan=plan, state=Extension.State.ASKED)
    return Point("待决定的延期", asked.count(), "在任务里同意或不同意", tasks_at(plan=plan.pk, state="all"))


def _supplements(plan: Plan, tasks: TaskQuerySet) -> Point:
    over = (Supplement.State.ISSUED, Supplement.State.DROPPED)
    rows = Supplement.objects.filter(plan=plan).exclude(state__in=over).order_by("pk")
    left = list(rows.values_list("pk", flat=True))
    where = reverse("supplement", args=[left[0]]) if left else ""
    return Point("没有印发的补充通知", len(left), "作废；要印发的，先撤回收尾", where)


def _slips(plan: Plan, tasks: TaskQuerySet) -> Point:
    open_ = Slip.objects.filter(task__plan=plan, state__in=OPEN)
    return Point("未办结的督办单", open_.count(), "办结或作废", reverse("slips"))


def _recommendations(plan: Plan, tasks: TaskQuerySet) -> Point:
    rows = Recommendation.objects.filter(plan=plan, state=Recommendation.State.RECOMMENDED)
    where = f"{reverse('recommendations')}?{urlencode({'plan': plan.pk})}"
    return Point("审核中的案例推荐", rows.count(), "采用、退回或不采用", where)


def _appeals(plan: Plan, tasks: TaskQuerySet) -> Point:
    rows = Appeal.objects.filter(assessment__plan=plan, state=Appeal.State.FILED)
    return Point("待复核的考核申诉", rows.count(), "由安办主任复核", reverse("assessment", args=[plan.pk]))


def _assessment(plan: Plan, tasks: TaskQuerySet) -> Point:
    fixed = Assessment.objects.filter(plan=plan).exists()
    return Point(
        "没有定稿的考核", 0 if fixed else 1, "最后一项截止以后定稿", reverse("assessment", args=[plan.pk])
    )


def _committee(plan: Plan, tasks: TaskQuerySet) -> Point:
    rows = Committee.objects.filter(plan=plan, state=Committee.State.ACTIVE).order_by("pk")
    last = list(rows.values_list("ends_on", flat=True))
    says = f"{day(last[0])}后自动撤销，也可以由安办主任提前撤销" if last else ""
    return Point("没有撤销的指导委员会", len(last), says, reverse("plan_committee", args=[plan.pk]))


def _upward(plan: Plan, tasks: TaskQuerySet) -> Point:
    rows = UpwardDuty.objects.filter(plan=plan, state=UpwardDuty.State.OPEN)
    where = f"{reverse('upward')}?{urlencode({'plan': plan.pk})}"
    return Point("没有报送的对上事项", rows.count(), "报送后登记，或登记为不用报", where)


def _unmade(plan: Plan, tasks: TaskQuerySet) -> Point:
    rows = papers_of(plan).filter(state=Document.State.REGISTERED)
    return Point("没有生成的公文", rows.count(), "打开公文，重新生成", reverse("archive"))


def _unarchived(plan: Plan, tasks: TaskQuerySet) -> Point:
    rows = papers_of(plan).filter(unarchived())
    return Point("没有归档的公文", rows.count(), "用“全部归档并打包”，或逐件整理", reverse("archive_arrange"))


POINTS: tuple[Callable[[Plan, TaskQuerySet], Point], ...] = (
    _tasks, _extensions, _supplements, _slips, _recommendations, _appeals, _assessment, _committee, _upward, _unmade, _unarchived,
)  # fmt: skip


def papers_of(plan: Plan) -> QuerySet[Document]:
    """The documents about the campaign, its tasks and their slips."""
    tasks = Task.objects.filter(plan=plan).order_by().values("pk")
    slips = Slip.objects.filter(task__plan=plan).order_by().values("pk")
    about = Q(subject="plans.plan", subject_id=plan.pk) | Q(subject="tasks.task", subject_id__in=tasks)
    return Document.objects.filter(about | Q(subject="tracking.slip", subject_id__in=slips))
