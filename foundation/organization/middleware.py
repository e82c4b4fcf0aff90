"""Puts the identity acted under on the request: `identities`, `identity`, `actor`."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .identity import actor_of, current, identities_of


class IdentityMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request):
        signed_in = request.user.is_authenticated
        request.identities = identities_of(request.user, timezone.localdate()) if signed_in else []
        request.identity = current(request, request.identities)
        request.actor = actor_of(request)
        return self.get_response(request)
