"""Pages are asked for at the addresses of site.py; `sign_in(seat)` gives a client under that post."""

import datetime as dt

import pytest
from django.test import Client

from tests.cast import identity

AT = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.ROOT_URLCONF = "tests.foundation.organization.site"


@pytest.fixture
def sign_in():
    return lambda seat: identity(Client(), seat)
