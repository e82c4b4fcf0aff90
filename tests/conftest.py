"""What every test may use: hypothesis profiles, and a database that can be emptied."""

from __future__ import annotations

import os

import pytest
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from foundation.journal import guard
from tests.house import folders

pytest_plugins = [
    "tests.cast",
    "tests.browser",
    "tests.pairs",
]  # the people every test knows; Chromium; two processes

settings.register_profile("ci", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("nightly", settings.get_profile("ci"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What asks no database runs on SQLite alone: a second run on PostgreSQL would say the same."""
    if os.environ.get("DB") != "postgres":
        return
    pure = [item for item in items if not _asks(item)]
    items[:] = [item for item in items if _asks(item)]
    config.hook.pytest_deselected(items=pure)


def _asks(item: pytest.Item) -> bool:
    return not item.get_closest_marker("once") and bool(
        item.get_closest_marker("django_db") or DATABASE & set(getattr(item, "fixturenames", ()))
    )


_teardown = TransactionTestCase._fixture_teardown


def _emptied(self: TransactionTestCase) -> None:
    """Emptying the tables between tests is the one deletion the triggers must let pass."""
    with guard.lifted():
        _teardown(self)


TransactionTestCase._fixture_teardown = _emptied  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _data_folder(tmp_path, settings):
    """Files, keys and checkpoints of a test stay in its own folder."""
    for name, folder in folders(tmp_path).items():
        setattr(settings, name, folder)
