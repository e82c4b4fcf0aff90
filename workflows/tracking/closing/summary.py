"""总结 of a campaign, drafted from its facts as an official document: the clerk writes on from there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, F, Q

from documents.issuing.services import start_draft
from foundation.organization.actors import Actor
from workflows.cases.models import Recommendation
from workflows.cases.models.recommendations import TAKEN
from workflows.plans.models import Plan
from workflows.tasks.models import Task
from workflows.tasks.querysets import PASSED

from ..models import Assessment, Slip


def draft_summary(*, plan: int, actor: Actor, at: dt.datetime) -> int:
    """报告 to the level above. Returns the draft."""
    row = Plan.objects.select_related("organ").get(pk=plan)
    text = "\n\n".join(summary_of(row)) + "\n"
    return start_draft(kind="report", organ=row.organ, text=text, actor=actor, at=at)


def summary_of(plan: Plan) -> Iterator[str]:
    """Paragraphs; what there is nothing to say of is left out."""
    yield f"关于《{plan.title}》落实情况的总结报告"
    yield "上级安全生产委员会办公室："
    yield f"按照《{plan.title}》的部署，各单位认真组织落实。现将有关情况报告如下："
    yield "一、总体情况"
    yield _tasks(plan)
    yield "二、各项工作完成情况"
    yield from _items(plan)
    yield "三、督办和考核情况"
    yield from _chasing(plan)
    yield "四、存在问题和下一步打算"
    yield "（请结合实际补写。）"


def _tasks(plan: Plan) -> str:
    late = Q(first_submitted_at__date__gt=F("due_on"))
    found = Task.objects.filter(plan=plan).exclude(state=Task.State.CANCELLED).aggregate(
        units=Count("unit", distinct=True), items=Count("item", distinct=True), all=Count("pk"),
        passed=Count("pk", filter=Q(state__in=PASSED)), waived=Count("pk", filter=Q(state=Task.State.WAIVED)),
        late=Count("pk", filter=late), returned=Count("pk", filter=Q(version__gt=1)),
    )  # fmt: skip
    return (
        f"方案的{found['items']}个事项下达到{found['units']}个单位，共{found['all']}件任务，审核通过{found['passed']}件，"
        f"同意免报{found['waived']}件；超期报送{found['late']}件，重新报送{found['returned']}件。"
    )


def _items(plan: Plan) -> Iterator[str]:
    alive = ~Q(tasks__state=Task.State.CANCELLED)
    rows = plan.items.annotate(
        units=Count("tasks__unit", filter=alive, distinct=True),
        passed=Count("tasks", filter=Q(tasks__state__in=PASSED)), all=Count("tasks", filter=alive),
    )  # fmt: skip
    for n, item in enumerate(rows.filter(all__gt=0).order_by("order"), 1):
        yield f"{n}.{item.title}：{item.units}个单位，应完成{item.all}件，通过{item.passed}件。"


def _chasing(plan: Plan) -> Iterator[str]:
    colours = dict(
        Slip.objects.filter(task__plan=plan)
        .exclude(state="void")
        .order_by()
        .values_list("colour")
        .annotate(Count("pk"))
    )
    words = "，".join(f"{label}单{colours[code]}件" for code, label in Slip.Colour.choices if code in colours)
    yield f"共发出{words}。" if words else "没有发出督办单。"
    cases = Recommendation.objects.filter(plan=plan).aggregate(
        all=Count("pk"), taken=Count("pk", filter=Q(state__in=TAKEN))
    )
    if cases["all"]:
        yield f"各单位推荐典型案例{cases['all']}个，采用{cases['taken']}个。"
    if fixed := Assessment.objects.filter(plan=plan).first():
        grades = dict.fromkeys(one["grade"] for one in fixed.results)
        told = "，".join(
            f"{grade}{sum(one['grade'] == grade for one in fixed.results)}个" for grade in grades
        )
        yield f"考核结果（{fixed}）：{told}。"
