"""Benchmarks of one test run begin with the same tables."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(scope="session", autouse=True)
def _template(tmp_path_factory):
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANBAN_BENCH_TEMPLATE", str(shared / "bench.sqlite3"))
        yield
