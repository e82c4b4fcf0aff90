"""The client's address behind servers of ours: counted from the right, and nothing else believed."""

import pytest
from axes.models import AccessAttempt
from django.test import Client

from foundation.organization.forwarded import client_of


@pytest.mark.parametrize(
    ("given", "proxies", "address"),
    [
        ("203.0.113.7", 1, "203.0.113.7"),
        ("6.6.6.6, 203.0.113.7", 1, "203.0.113.7"),  # the client made up the first
        ("6.6.6.6,203.0.113.7 , 10.0.0.2", 2, "203.0.113.7"),
        ("203.0.113.7", 2, ""),  # it came round a proxy
        ("", 1, ""),
        ("unknown", 1, ""),
        ("<script>", 1, ""),
        ("2001:db8::1", 1, "2001:db8::1"),
        ("6.6.6.6, ", 1, ""),
    ],
)
def test_the_address_stands_as_far_from_the_right_as_there_are_proxies(given, proxies, address):
    assert client_of(given, proxies) == address


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "203.0.113.7"), (2, "6.6.6.6")])
def test_the_lockout_counts_by_it(db, settings, proxies, address):
    settings.TRUSTED_PROXIES = proxies
    wrong = {"username": "nobody", "password": "wrong"}
    Client().post("/sign-in/", wrong, HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.7")
    assert AccessAttempt.objects.get().ip_address == address
