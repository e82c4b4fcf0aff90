"""The campaign's procedure as a drawing: viewflow lays it out, our template draws it without styles of its own."""

from __future__ import annotations

from typing import Any

from viewflow.workflow import chart

from workflows.plans.models import Plan

from .flows import CampaignFlow
from .models import CampaignProcess

SMALL = 100  # start, end and decisions are drawn smaller than this, with their words below
NOW = ("NEW", "SCHEDULED", "STARTED", "ASSIGNED")


def chart_of(plan: Plan) -> dict[str, Any] | None:
    """None for a plan without a process. Words wait in `title`: the node's own, in Chinese."""
    process = CampaignProcess.objects.filter(plan=plan).first()
    if process is None:
        return None
    grid = chart.calc_layout_data(CampaignFlow)
    chart.calc_cell_status(CampaignFlow, grid, process.pk)
    return {
        "width": grid.width,
        "height": grid.height,
        "cells": [_cell(cell) for cell in grid.cells],
        "edges": [edge.segments for edge in grid.edges],
    }


def _cell(cell: Any) -> dict[str, Any]:
    shape, status = cell.shape, str(cell.status or "")
    return {
        "x": shape.x, "y": shape.y, "width": shape.width, "height": shape.height,
        "mid_x": shape.x + shape.width / 2, "mid_y": shape.y + shape.height / 2,
        "title": "结束" if cell.node.name == "end" else str(cell.node.task_title or ""),
        "below": shape.y + shape.height + 16,
        "is_task": shape.width > SMALL,
        "state": "past" if status == "DONE" else "now" if status in NOW else "future",
    }  # fmt: skip
