"""What every request goes through: its text is cleaned, the identity acted under put on it; a page for 405."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from .identity import actor_of, current, identities_of, missing_years
from .typed import clean

# Open to somebody whose password was handed out and has to be changed first.
FREE = {"password_change", "sign_out", "preferences", "switch_identity"}


class TextMiddleware:
    """Addresses and forms hold text when a view reads them (typed.clean): no page has to think of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request):
        request.GET = _cleaned(request.GET)
        return self.get_response(request)

    def process_view(self, request: Any, *view: object) -> None:
        if request.method == "POST":
            request.POST = _cleaned(request.POST)


def _cleaned(given: QueryDict) -> QueryDict:
    text = QueryDict(mutable=True)
    for name, values in given.lists():
        text.setlist(clean(name), [clean(value) for value in values])
    return text


class IdentityMiddleware:
    """`identities`, `identity`, `actor`, `missing_years`."""

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


class FormsOnlyMiddleware:
    """Django's 405 is an empty page; people come to it when they sign in again on their way to a button's address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET":
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page
