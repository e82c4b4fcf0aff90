"""The hash chain in plain Python: what SQL writes, this file can check. No Django import."""

from __future__ import annotations

import json
from hashlib import sha256

PLAIN = frozenset({str, int, bool, type(None)})
ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def canonical(content: object) -> str:
    """JSON that is the same text everywhere: sorted keys, no blanks. Floats are refused (databases differ)."""
    _no_floats(content)
    return ENCODER.encode(content)


def _no_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError("journal data holds no floats: write a Decimal or a fraction as text")
    if isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            if type(one) not in PLAIN:
                _no_floats(one)


def seal(head: str, target: str, pk: int, seq: int, source: str, content: str) -> str:
    """Hash of one entry over the previous hash. Only `content` may hold a bar, and it stands last."""
    return sha256(f"{head}|{target}:{pk}|{seq}|{source}|{content}".encode()).hexdigest()


def words_digest(salt: str, words: object) -> str:
    """What of personal words enters the chain: with the salt gone, nothing can be read out of it."""
    return sha256(f"{salt}|{canonical(words)}".encode()).hexdigest() if words else ""
