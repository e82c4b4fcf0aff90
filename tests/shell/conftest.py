"""The shell's own pages, in the test client and in Chromium."""

from __future__ import annotations

import pytest

from foundation.organization.templatetags import shell


@pytest.fixture(autouse=True)
def _shell_urls(settings):
    settings.ROOT_URLCONF = "tests.shell.urls"


@pytest.fixture(autouse=True)
def _no_counts(monkeypatch):
    """The numbers beside the navigation belong to the rooms above; here there is no database to count in."""
    monkeypatch.setattr(shell, "COUNTS", {})
