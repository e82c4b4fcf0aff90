"""How often an address may ask, where anybody may: counted by the cache, each worker process for itself unless
ANBAN_CACHE names a shared one."""

from __future__ import annotations

import time

from django.core.cache import cache

MINUTE = 60
LOOKS, UPLOADS = 60, 10  # a minute


def allowed(what: str, ip: str, *, most: int) -> bool:
    key = f"{what}:{ip}:{int(time.time() // MINUTE)}"
    cache.add(key, 0, timeout=2 * MINUTE)
    try:
        return cache.incr(key) <= most
    except ValueError:  # thrown out in between by a full cache
        return True
