"""Pages for some posts only, and rows that are theirs to open."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone

from .identity import actor_of
from .models import Appointment
from .rules import Rule

View = Callable[..., HttpResponseBase]
Row = TypeVar("Row", bound=Model)


def only(*posts: str, says: str) -> Callable[[View], View]:
    """The identity acted under is one of `posts`, else 403 with the sentence `says`."""

    def around(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            identity: Appointment | None = getattr(request, "identity", None)
            if identity is None or identity.post not in posts:
                raise PermissionDenied(says)
            return view(request, *args, **kwargs)

        return guarded

    return around


def opened(request: HttpRequest, rows: QuerySet[Row], pk: int, rule: Rule) -> Row:
    """404 where there is none, 403 with the sentence of `rule` where it is not theirs."""
    row = get_object_or_404(rows, pk=pk)
    seat: Appointment | None = getattr(request, "identity", None)
    if seat is None or not rule(row, actor_of(request), timezone.localdate()):
        raise PermissionDenied(rule.says)
    return row
