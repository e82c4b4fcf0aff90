"""Whoever had tasks dispatched hears when all of them are there."""

from __future__ import annotations

from foundation.organization.posts import Post
from foundation.outbox.recipients import doer, holders
from foundation.outbox.registry import inform, kind, shown
from workflows.plans.models import Plan
from workflows.plans.permissions import sees_plan

from .models import Committee
from .permissions import sees_committee

DISPATCHED = kind("plan.dispatched", "下达完成")
COMMITTEE = kind("plan.committee", "指导委员会")

inform("plans.plan.dispatch", DISPATCHED, "任务已经全部下达。", doer, own=True)
inform(
    "campaigns.committee.dissolve", COMMITTEE, "指导委员会已撤销，成员的查看权限已停止。",
    holders(Committee, Post.OFFICE_HEAD, unit="plan__organ"),
)  # fmt: skip
shown(Committee, sees_committee, title="name", page="plan_committee", pk="plan")
shown(Plan, sees_plan, title="title", page="plan")
