"""Where the board and the workbench lead: one task, or the task list with a filter."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from .board import Cell


def tasks_at(**filters: object) -> str:
    """The task list with these filters: plan, unit, item, light, state."""
    return f"{reverse('tasks')}?{urlencode({key: value for key, value in filters.items() if value})}"


def cell_at(cell: Cell, plan: int, unit: int, item: int) -> str:
    """The task, or the list where a cell stands for several."""
    if cell.tasks > 1:
        return tasks_at(plan=plan, unit=unit, item=item, state="all")
    return reverse("task", args=[cell.task])


def rooms(here: str) -> list[dict[str, object]]:
    """附件2, 附件3 and what the journal tells of the work, beside each other."""
    pages = (("statistics", "统计汇总"), ("schedule", "日程"), ("analysis", "分析"))
    return [{"label": label, "url": reverse(name), "current": name == here} for name, label in pages]
