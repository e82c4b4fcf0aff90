"""What was said in the approvals of a case's processes, for its forms."""

from __future__ import annotations

from typing import Any

from viewflow.workflow.models import Task as FlowTask

from approvals.chapters import chapters_of
from approvals.given import all_given
from approvals.models import Approval
from approvals.nodes import LABEL
from documents.opinions import opinions_of


def given_in(**process: int) -> list[dict[str, Any]]:
    """In all runs of a process, oldest first: given_in(recommendationprocess__recommendation=7)."""
    of = {f"process__{name}": value for name, value in process.items()}
    tasks = FlowTask.objects.filter(**of).order_by("pk").values("pk")
    asked = Approval.objects.filter(subject=LABEL, subject_id__in=tasks).order_by("subject_id")
    nodes = dict.fromkeys(asked.values_list("subject_id", flat=True))
    return opinions_of(all_given([one for node in nodes for one in chapters_of(LABEL, node)]))
