"""python -m tests.year [--units N] [--seed S] [--until DATE]: the year alone, on an empty SQLite database of its own; prints
its dump."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import tempfile
import time


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.year")
    asked.add_argument("--units", type=int, default=20)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--until", type=dt.date.fromisoformat, default=None)
    told = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="anban-year.") as home:
        os.environ |= {"ANBAN_DATA": home, "DJANGO_SETTINGS_MODULE": "config.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        _play(told.units, told.seed, told.until)


def _play(units: int, seed: int, until: dt.date | None) -> None:
    from django.core.management import call_command

    from .days import lived
    from .dump import dump
    from .world import LAST

    call_command("migrate", verbosity=0)
    began = time.process_time()
    with lived(units, seed, until or LAST) as year:
        sys.stdout.write(dump(year))
    sys.stderr.write(f"{units} units: {time.process_time() - began:.0f} s of CPU\n")


if __name__ == "__main__":
    main()
