"""Whoever had tasks dispatched hears when all of them are there."""

from __future__ import annotations

from foundation.outbox.recipients import doer
from foundation.outbox.registry import inform, kind, shown
from workflows.plans.models import Plan
from workflows.plans.permissions import sees_plan

DISPATCHED = kind("plan.dispatched", "下达完成")

inform("plans.plan.dispatch", DISPATCHED, "任务已经全部下达。", doer, own=True)
shown(Plan, sees_plan, title="title", page="plan")
