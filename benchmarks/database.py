"""One database's share of a run, in a process of its own: `run` tells it what to do, line by line.

In: {"do": "round", …} on stdin; out: one JSON answer a line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import django
from django.db import connection

from .tables import tables


class Bench:
    def __init__(self, sizes: dict[str, int]) -> None:
        from . import agreeing, bulk, cycles, ours, peers, world

        ours.prepare()
        peers.prepare()
        self.sizes = sizes
        self.world = world.build(sizes["units"])
        self.cycles = cycles.Cycles(self.world)
        self.dispatch = bulk.Dispatch(self.world, sizes["items"])
        self.agree = agreeing.Agree(self.world, sizes["chunk"], sizes["looped"])

    def warm(self) -> dict[str, Any]:
        """Statements, counted when everything has run a few times."""
        self.cycles.round(6)
        analyse()
        counts, steps = self.cycles.counts(), self.cycles.steps()
        return {
            "counts": {name: count.as_json() for name, count in counts.items()},
            "steps": {name: count.as_json() for name, count in steps.items()},
        }

    def round(self) -> dict[str, Any]:
        return self.cycles.round(self.sizes["cycles"])

    def bulk(self) -> dict[str, Any]:
        analyse()
        seconds, made, count = self.dispatch.ours()
        making, loading = self.dispatch.copied()
        return {
            "dispatch": {
                "tasks": made,
                "seconds": seconds,
                "making": making,
                "loading": loading,
                **count.as_json(),
            },
            "decide": self.agree.round(),
        }

    def clients(self) -> dict[str, float]:
        from .clients import throughput

        names = ("raw_approvals", "approvals")
        return {name: throughput(self.world, name, 3 * self.sizes["cycles"]) for name in names}

    def verify(self) -> dict[str, Any]:
        """The hashes of everybody, read back by the product's own command."""
        from foundation.journal.verify import first_bad

        entries, bad = first_bad()
        return {"entries": entries, "bad": bad.as_json() if bad else None}


def analyse() -> None:
    """What autovacuum does before long: plans fit the rows that are there."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def main() -> None:
    django.setup()
    tables()
    bench = Bench(json.loads(sys.argv[1]))
    acts: dict[str, Callable[[], Any]] = {
        name: getattr(bench, name) for name in ("warm", "round", "bulk", "clients", "verify")
    }
    for line in sys.stdin:
        print(json.dumps(acts[line.strip()]()), flush=True)


if __name__ == "__main__":
    main()
