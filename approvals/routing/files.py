"""A route as a file: the JSON of docs/schemas/route.json, in which people are named by their accounts."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from foundation.organization.models import Person

from ..engine import route_json
from ..engine.route_json import Problem, RouteError
from ..engine.routes import Named, Route
from ..lookup import person_in, whos_of


def exported(route: Route) -> str:
    """An id means nobody, or somebody else, in another office."""
    named = {who: key for who in whos_of(route) if (key := person_in(who))}
    accounts = dict(Person.objects.filter(pk__in=named.values()).values_list("pk", "username"))
    document = _renamed(route_json.written(route), lambda person: accounts.get(person, person))
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def imported(text: str) -> Route:
    """Raises RouteError with all that is wrong."""
    try:
        route = route_json.read(json.loads(text))
    except RouteError:
        raise
    except (ValueError, RecursionError) as error:
        where = f"第 {error.lineno} 行附近" if isinstance(error, json.JSONDecodeError) else ""
        raise RouteError([Problem("", f"不是有效的 JSON{where and '，请检查'}{where}。")]) from error
    accounts = [
        who.person for who in whos_of(route) if isinstance(who, Named) and isinstance(who.person, str)
    ]
    people = dict(Person.objects.filter(username__in=accounts).values_list("username", "pk"))
    return route_json.read(_renamed(route_json.written(route), lambda person: people.get(person, person)))


def _renamed(value: Any, name: Callable[[Any], Any]) -> Any:
    if isinstance(value, dict):
        return {key: name(one) if key == "person" else _renamed(one, name) for key, one in value.items()}
    return [_renamed(one, name) for one in value] if isinstance(value, list) else value
