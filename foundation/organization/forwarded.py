"""Who really asks, where servers of ours stand in front: each of them adds the address it was asked from."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class ForwardedMiddleware:
    """REMOTE_ADDR is the client's, for the lockout and the journal. Counted from the right: what stands further left
    was written by the client and may be made up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.TRUSTED_PROXIES:
            given = request.META.get("HTTP_X_FORWARDED_FOR", "")
            if address := client_of(given, settings.TRUSTED_PROXIES):
                request.META["REMOTE_ADDR"] = address
        return self.get_response(request)


def client_of(given: str, proxies: int) -> str:
    """The address that the outermost of our proxies was asked from; nothing where a request came round them."""
    hops = [hop.strip() for hop in given.split(",")]
    if len(hops) < proxies:
        return ""
    try:
        return str(ipaddress.ip_address(hops[-proxies]))
    except ValueError:
        return ""
