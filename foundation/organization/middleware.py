"""Puts the identity acted under on the request: `identities`, `identity`, `actor`, `missing_years`."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from .identity import actor_of, current, identities_of, missing_years

# Open to somebody whose password was handed out and has to be changed first.
FREE = {"password_change", "sign_out", "preferences", "switch_identity"}


class IdentityMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request):
        signed_in, day = request.user.is_authenticated, timezone.localdate()
        request.identities = identities_of(request.user, day) if signed_in else []
        request.identity = current(request, request.identities)
        request.missing_years = missing_years(request.identity, day)
        request.actor = actor_of(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        must = getattr(request.user, "must_change_password", False)
        here = request.resolver_match
        if not must or (here and here.url_name in FREE):
            return None
        messages.warning(request, "您用的是一次性密码，请先改成自己的密码。")
        return redirect("password_change")
