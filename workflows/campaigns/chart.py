"""The campaign's procedure as a drawing and as a list: viewflow lays it out, each node says where it stands."""

from __future__ import annotations

from functools import cache
from typing import Any

from viewflow.workflow import STATUS, chart
from viewflow.workflow.models import Task as FlowTask

from workflows.plans.models import Plan

from .flows import CampaignFlow
from .models import CampaignProcess
from .waiting import holder_of

SMALL = 100  # start, end and decisions are drawn smaller than this, with their words above
ROOM = 50  # above the drawing, for those words
NOW = (STATUS.NEW, STATUS.SCHEDULED, STATUS.STARTED)
TITLES = {"end": "结束"}  # the others are annotated in the flow
ANSWERS = {"yes": "是", "no": "否"}


def chart_of(plan: Plan) -> dict[str, Any] | None:
    """None for a plan without a process. `nodes` are in the order of the procedure."""
    process = CampaignProcess.objects.filter(plan=plan).first()
    if process is None:
        return None
    grid, where = _layout(), _where(process)
    order = {node.name: number for number, node in enumerate(grid.nodes)}
    reached = min((order[name] for name, state in where.items() if state == "now"), default=len(order))
    nodes = [_node(grid[node], _stand(plan, node, order, where, reached)) for node in grid.nodes]
    return {
        "box": f"-24 {-ROOM} {grid.width + 48} {grid.height + ROOM + 10}",
        "nodes": nodes,
        "edges": [_edge(edge) for edge in grid.edges],
    }


@cache
def _layout() -> Any:
    return chart.calc_layout_data(CampaignFlow)


def _where(process: CampaignProcess) -> dict[str, str]:
    """past or now, for every node that the process has come to."""
    tasks = FlowTask.objects.filter(process=process, status__in=(STATUS.DONE, *NOW)).order_by("pk")
    return {task.flow_task.name: "now" if task.status in NOW else "past" for task in tasks}


def _stand(plan: Plan, node: Any, order: dict[str, int], where: dict[str, str], reached: int) -> list[str]:
    """The state of a node, and the words for it, a line each."""
    state, number = where.get(node.name, "future"), order[node.name]
    aside = all(order[edge.dst.name] < number for edge in node._outgoing()) and node.name != "end"
    if state == "now":
        holder = holder_of(plan, node.name)
        return ["now", "办理中", f"等待{_few(holder)}"] if holder else ["now", "办理中"]
    if state == "future":
        return ["future", "未发生" if aside else "未开始"]
    if number > reached and not aside:
        return ["future", "待重新办理"]  # the way has led back
    return ["past", "已完成"]


def _few(names: str) -> str:
    """Short enough for a node: 谢长青等3人."""
    people = names.split("、")
    return f"{people[0]}等{len(people)}人" if len(people) > 1 else names


def _node(cell: Any, stand: list[str]) -> dict[str, Any]:
    shape, (state, *says) = cell.shape, stand
    small = shape.width < SMALL
    middle = (shape.x + shape.width / 2, shape.y + shape.height / 2)
    # The words of a task stand in it, those of a small shape above it.
    first = shape.y - 12 - 22 * len(says) if small else middle[1] + 6 - 12 * len(says)
    return {
        "x": shape.x, "y": shape.y, "width": shape.width, "height": shape.height, "mid_x": middle[0],
        "mid_y": middle[1], "kind": "gate" if small and cell.node.bpmn_element == "exclusiveGateway" else "event" if small else "task",
        "title": TITLES.get(cell.node.name, cell.node.task_title), "title_y": first, "state": state,
        "lines": [{"y": first + 24 * n, "says": words} for n, words in enumerate(says, 1)], "says": "，".join(says),
    }  # fmt: skip


def _edge(edge: Any) -> dict[str, Any]:
    x, y = _word_at(edge) if edge.label else (0, 0)
    return {"points": edge.segments, "says": ANSWERS.get(edge.label, edge.label), "x": x, "y": y}


def _word_at(edge: Any) -> tuple[float, float]:
    """The middle of the word on a way: over its end where it comes from the left (no line crosses there), else
    beside its beginning."""
    before, last = edge.segments[-2:]
    if before[1] == last[1]:
        return (before[0] + last[0]) / 2, last[1] - 10
    x, y = edge.label_pos
    return x + 6, y
