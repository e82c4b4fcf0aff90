"""联合行文: a paper of several organs. The draft's organ leads; those that cosign it sign the paper, and seal it, with it."""

from __future__ import annotations

from typing import Any

from viewflow.workflow.models import Task

from approvals.engine.terms import State
from approvals.models import Signer
from approvals.nodes import LABEL as NODE
from foundation.organization.models import Unit

from ..models import Draft, DraftProcess
from ..models.document import OFFICIAL


def joint_organs(draft: Draft) -> list[Unit]:
    """联署机关, in the order of the units."""
    return list(Unit.objects.filter(code__in=draft.cosigners)) if draft.joint else []


def joint_content(draft: Draft) -> dict[str, Any]:
    """What of it the paper says (papers.py); on what goes upward also who signed for each."""
    units = joint_organs(draft)
    if not units:
        return {}
    found: dict[str, Any] = {"joint_organs": [{"code": unit.code, "name": unit.name} for unit in units]}
    if OFFICIAL[draft.kind].upward:
        names = _signers(draft)
        found["joint_signers"] = [names[unit.code] for unit in units if unit.code in names]
    return found


def _signers(draft: Draft) -> dict[str, str]:
    """By unit; of several rounds the last."""
    tasks = Task.objects.filter(process__in=DraftProcess.objects.filter(draft=draft)).values("pk")
    rows = Signer.objects.filter(
        approval__subject=NODE, approval__subject_id__in=tasks, state=State.AGREED, decided_by__isnull=False,
        appointment__unit__code__in=draft.cosigners,
    )  # fmt: skip
    told = rows.order_by("decided_at").values_list("appointment__unit__code", "decided_by__person__name")
    return dict(told)
