"""The routes a new installation begins with; administrators change them by making new versions."""

from __future__ import annotations

from typing import Any

from ..engine import route_json
from ..engine.routes import Act
from ..lookup import OFFICE
from ..models import Route, RouteVersion


def _step(name: str, post: str, of: str = "unit", but: tuple[Act, ...] = ()) -> dict[str, Any]:
    allow = [str(act) for act in Act if act not in but]
    return {"name": name, "who": [{"post": post, "of": of}], "allow": allow}


ROUTES: dict[str, tuple[str, dict[str, Any]]] = {
    "unit": (
        "tasks.task",
        {
            "name": "单位审批",
            "steps": [_step("分管负责人审批", "deputy"), _step("主要负责人审批", "head")],
        },
    ),
    "office": (
        "tasks.task",
        {
            "name": "办公室审核",
            "steps": [
                _step("安办经办审核", "office_clerk", OFFICE),
                _step("安办主任审定", "office_head", OFFICE),
            ],
        },
    ),
    "plan": (
        "viewflow.task",
        {"name": "方案审批", "steps": [_step("安办主任审批", "office_head", OFFICE)]},
    ),
    "recommendation": (
        "viewflow.task",
        {
            "name": "典型案例推荐",
            "steps": [
                # Whether a case is adopted is the office's to say: the unit's own head agrees or sends it back.
                _step("主要负责人审批", "head", but=(Act.DISAGREE,)),
                _step("安办经办审核", "office_clerk", OFFICE),
                _step("安办主任审定", "office_head", OFFICE),
            ],
        },
    ),
    "referral": (  # nobody else, and nobody instead: the law says so, and the case refuses it
        "viewflow.task",
        {"name": "移送审批", "steps": [_step("正职负责人决定", "head") | {"allow": ["disagree"]}]},
    ),
}


def ensure_routes(**_: Any) -> None:
    """Make what is missing; a route that is there is never touched. Runs after every migrate."""
    there = set(Route.objects.values_list("code", flat=True))
    for code, (subject, definition) in ROUTES.items():
        if code not in there:
            route = Route.objects.create(code=code, name=definition["name"], subject=subject)
            RouteVersion.objects.create(
                route=route, number=1, definition=route_json.written(route_json.read(definition))
            )
