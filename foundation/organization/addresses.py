"""Where a page leads: back to where it was asked from, to the same list seen another way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The page it was asked from (`next`), if that is one of ours."""
    url = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if ours and url.startswith("/") else otherwise


def chips_of(query: QueryDict, name: str, labels: Mapping[str, str], here: str) -> list[dict[str, Any]]:
    """This list, narrowed by each value of `name` in turn, from its first page; for {% chips %}."""
    return [
        {
            "label": label,
            "url": same_list(query, **{name: code}, before="", after=""),
            "current": code == here,
        }
        for code, label in labels.items()
    ]


def same_list(query: QueryDict, **changed: str) -> str:
    """This list with its words and filters, but for what is changed; an empty value leaves the name out."""
    kept = query.copy()
    for name, value in changed.items():
        kept.pop(name, None)
        if value:
            kept[name] = value
    return f"?{kept.urlencode()}"
