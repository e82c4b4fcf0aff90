"""The tables of a run's own database."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from django.core.management import call_command
from django.db import connection


def tables() -> None:
    """Where ANBAN_BENCH_TEMPLATE names a file, those of SQLite are made once and copied from then on: a test run
    starts a dozen databases, and making one takes longer than what is asked of it."""
    kept = os.environ.get("ANBAN_BENCH_TEMPLATE", "") if connection.vendor == "sqlite" else ""
    if kept and Path(kept).exists():
        shutil.copyfile(kept, connection.settings_dict["NAME"])
        return
    call_command("migrate", verbosity=0, stdout=sys.stderr)
    if kept:
        _keep(Path(kept))


def _keep(file: Path) -> None:
    """Whole or not at all: others may look at the same moment."""
    whole = file.with_name(f"{file.name}.{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(whole)])
    whole.replace(file)
