"""Pages for some posts only."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .models import Appointment

View = Callable[..., HttpResponseBase]


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
