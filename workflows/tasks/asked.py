"""What a 补充通知 means for one task: the words that count for it, what it took over, or what came too late for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from workflows.plans.terms import Difference
from workflows.plans.versions import Step, asked_at, steps_of

from .diff import Ops, differences
from .models import Task
from .querysets import DONE

EMPTY: list[tuple[Difference, Ops]] = []


@dataclass(frozen=True)
class Asked:
    """`took`: the last change it goes by; `later`: the first one after it was accepted."""

    text: str
    took: Step | None = None
    later: Step | None = None
    changes: list[tuple[Difference, Ops]] = field(default_factory=list)


def asked_words(task: Task) -> Asked:
    """No query where the item never changed."""
    if task.item.version == 1:
        return Asked(task.item.text)
    steps = {step.number: step for step in steps_of(task.item)}
    took, later = steps.get(task.item_version), steps.get(task.item_version + 1)
    shown = later or took
    marked = [(one, differences(one.before, one.after)) for one in shown.changes] if shown else EMPTY
    return Asked(asked_at(task.item, task.item_version).text, took, later, marked)


def context_of(task: Task) -> dict[str, Any]:
    asked = asked_words(task)
    return {"words": asked.text, "supplement": asked, "unsettled": task.state not in DONE}
