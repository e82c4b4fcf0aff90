"""The opinions of approvals, as the content of an approval form keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from viewflow.workflow.models import Task

from approvals.chapters import chapters_of
from approvals.given import Given, all_given
from approvals.models import Approval
from approvals.nodes import LABEL


def given_in(**process: int) -> list[dict[str, Any]]:
    """In all runs of a process, oldest first: given_in(recommendationprocess__recommendation=7)."""
    return opinions_of(all_given_in(**process))


def all_given_in(**process: int) -> list[Given]:
    of = {f"process__{name}": value for name, value in process.items()}
    tasks = Task.objects.filter(**of).order_by("pk").values("pk")
    asked = Approval.objects.filter(subject=LABEL, subject_id__in=tasks).order_by("subject_id")
    nodes = dict.fromkeys(asked.values_list("subject_id", flat=True))
    return all_given([one for node in nodes for one in chapters_of(LABEL, node)])


def opinions_of(given: Iterable[Given]) -> list[dict[str, Any]]:
    return [_opinion(one) for one in given]


def _opinion(one: Given) -> dict[str, Any]:
    return {
        "step": one.step,
        "person": one.person,
        "post": one.post,
        "on_behalf_of": one.behalf,
        "decision": one.decision,
        "text": one.text,
        "at": timezone.localtime(one.at).isoformat() if one.at else None,
        "signed": one.signed,
        "signature": one.picture.file.sha256 if one.picture else "",
        "files": [file.name for file in one.files],
    }
