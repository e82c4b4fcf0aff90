"""The routes a new installation begins with; administrators change them by making new versions."""

from __future__ import annotations

from typing import Any

from ..engine import route_json
from ..engine.routes import Act
from ..lookup import FORMER, NAMED, OFFICE
from ..models import Route, RouteVersion


def _step(name: str, post: str, of: str = "unit", but: tuple[Act, ...] = ()) -> dict[str, Any]:
    allow = [str(act) for act in Act if act not in but]
    return {"name": name, "who": [{"post": post, "of": of}], "allow": allow}


def _if(fact: str, value: bool = True) -> dict[str, Any]:
    return {"when": [{"fact": fact, "value": value}]}


MAIN_HEAD, COSIGNED = "由主要负责人签发", "有会签单位"  # facts that a draft declares


ROUTES: dict[str, tuple[str, dict[str, Any]]] = {
    "unit": (
        "tasks.task",
        {
            "name": "单位审批",
            "steps": [_step("分管负责人审批", "deputy"), _step("主要负责人审批", "head")],
        },
    ),
    "entry": (
        "tasks.task",
        {"name": "代录确认", "steps": [_step("联络员确认", "liaison")]},
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
    "document": (
        "viewflow.task",
        {
            "name": "发文签批",
            "steps": [
                _step("核稿", "office_clerk", OFFICE),
                _step("会签", "head", NAMED) | {"mode": "all", "on_reject": "collect_all"} | _if(COSIGNED),
                _step("安办主任签发", "office_head", OFFICE) | _if(MAIN_HEAD, False),
                _step("安办主任审核", "office_head", OFFICE) | _if(MAIN_HEAD),
                _step("主要负责人签发", "head", OFFICE) | _if(MAIN_HEAD),
            ],
            "on_self": "skip",  # a clerk's own draft is read by another clerk, or by the head alone
        },
    ),
    "document_again": (
        "viewflow.task",
        {
            "name": "原签批人复审",
            "steps": [
                _step("安办主任复审", "office_head", FORMER) | _if(MAIN_HEAD, False),
                _step("主要负责人复审", "head", FORMER) | _if(MAIN_HEAD),
            ],
            "on_self": "skip",
        },
    ),
    "works": (
        "registers.candidate",
        {
            "name": "作品评审",
            "steps": [
                {
                    "name": "评委票签",
                    "who": [{"group": "judges"}],
                    "mode": "vote",
                    "votes": {"ratio": "1/2"},
                    "on_reject": "collect_all",  # every vote counts for the order, also once it is settled
                    "allow": ["disagree"],
                }
            ],
            "on_self": "skip",
            "batch": True,
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
