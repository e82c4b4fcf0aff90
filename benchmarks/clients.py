"""Four clients at once: cycles a second of processes that write to one database."""

from __future__ import annotations

import multiprocessing
import time
from typing import Any

from django.db import connections

from .cycles import KINDS
from .world import World, make_periods

CLIENTS = 4
WARM = 8  # cycles of a new connection: the first five times PostgreSQL plans a statement anew


def throughput(world: World, name: str, cycles: int) -> float:
    """Cycles a second of all clients together, each doing `cycles`."""
    work = [make_periods(world.item, WARM + cycles) for _ in range(CLIENTS)]
    connections.close_all()  # a connection can't be shared by processes
    context = multiprocessing.get_context("fork")
    gate, spent = context.Barrier(CLIENTS), context.SimpleQueue()
    clients = [context.Process(target=_client, args=(world, name, mine, gate, spent)) for mine in work]
    for client in clients:
        client.start()
    times = [spent.get() for _ in clients]
    for client in clients:
        client.join()
    return CLIENTS * cycles / (max(end for _, end in times) - min(begin for begin, _ in times))


def _client(world: World, name: str, periods: list[int], gate: Any, spent: Any) -> None:
    one = KINDS[name](world)
    for period in periods[:WARM]:
        one.cycle(period)
    gate.wait()
    began = time.monotonic()
    for period in periods[WARM:]:
        one.cycle(period)
    spent.put((began, time.monotonic()))
    connections.close_all()
