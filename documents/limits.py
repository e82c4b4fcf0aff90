"""How often somebody may ask: counted by the cache, each worker process for itself unless ANBAN_CACHE names a shared
one."""

from __future__ import annotations

import time

from django.core.cache import cache

MINUTE = 60


def allowed(what: str, who: object, *, most: int) -> bool:
    """`most` a minute."""
    key = f"{what}:{who}:{int(time.time() // MINUTE)}"
    cache.add(key, 0, timeout=2 * MINUTE)
    try:
        return cache.incr(key) <= most
    except ValueError:  # thrown out in between by a full cache
        return True
