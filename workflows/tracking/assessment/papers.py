"""考核 on paper: the sheet of a unit as PDF, and the 通报 drafted from a fixed version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from documents import layout
from documents.issuing.services import start_draft
from documents.layout import drawable
from foundation.organization.actors import Actor
from foundation.organization.models import Unit
from workflows.plans.models import Plan

from ..models import Assessment
from .scheme import Scheme

COLUMNS = (
    layout.Column(label="项目", width=48, runs_on=True),
    layout.Column(label="分值", width=16, align="right"),
    layout.Column(label="得分", width=16, align="right"),
    layout.Column(label="扣分或加分原因", runs_on=True),
)


def sheet(
    plan: Plan, unit: Unit, result: dict[str, Any], version: Assessment | None, scheme: Scheme
) -> bytes:
    """PDF of one unit's lines; one that is not fixed says so."""
    rows = tuple(
        (line["name"], line["of"], line["points"], drawable(line["why"]) or "—") for line in result["lines"]
    )
    stands = f"{version}" if version else "未定稿，仅供核对"
    notes = [f"评分办法：{scheme.name}。", "" if scheme.verified else f"{scheme.basis}。"]
    table = layout.Table(
        columns=COLUMNS, rows=rows, totals=("合计", "100", result["score"], f"{result['grade']}，第 {result['place']} 名"),
        title=f"{plan.title}考核得分表", facts=f"单位：{unit.name}", unit=stands, note="注：" + "".join(notes),
    )  # fmt: skip
    return layout.render_table(table)


def draft_circular(*, version: Assessment, actor: Actor, at: dt.datetime) -> int:
    """通报 of the results, to be looked over like any other draft. Returns its id."""
    plan = Plan.objects.select_related("organ").get(pk=version.plan_id)
    names = dict(Unit.objects.values_list("code", "short_name"))
    text = "\n\n".join(_text(plan, version, names)) + "\n"
    return start_draft(kind="circular", organ=plan.organ, text=text, actor=actor, at=at)


def _text(plan: Plan, version: Assessment, names: dict[str, str]) -> Iterator[str]:
    yield f"关于{plan.title}考核结果的通报"
    yield "各镇（街）人民政府（办事处），市安委会有关成员单位："
    yield f"根据评分办法，市安委办对{len(version.results)}个单位落实《{plan.title}》的情况进行了考核。现将结果通报如下："
    yield "一、考核等次"
    grades = list(dict.fromkeys(one["grade"] for one in version.results))
    for n, grade in enumerate(grades, 1):
        of = [one for one in version.results if one["grade"] == grade]
        yield f"{n}.{grade}（{len(of)}个）：{'、'.join(names.get(one['unit'], one['unit']) for one in of)}。"
    yield "二、主要问题"
    yield from _problems(version)
    yield "三、有关要求"
    yield "各单位要对照扣分项目逐项整改。对考核结果有异议的，可以在规定期限内申请复核。"


def _problems(version: Assessment) -> Iterator[str]:
    """Rules in which points were lost, those that most units lost in first."""
    lost: dict[str, int] = {}
    for line in (line for one in version.results for line in one["lines"] if line["kind"] == "rule"):
        if line["lost"] != "0":
            lost[line["name"]] = lost.get(line["name"], 0) + 1
    rows = sorted(lost.items(), key=lambda row: -row[1])
    for n, (name, count) in enumerate(rows, 1):
        yield f"{n}.{name}：{count}个单位扣分。"
    if not rows:
        yield "各单位均没有扣分。"
