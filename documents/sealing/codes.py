"""核验码: ten characters that a paper bears, by which it is found. 49 random bits; no 0 O, 1 I L, nor U."""

from __future__ import annotations

import re
import secrets
from hashlib import sha256

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
PRINTED = re.compile(rf"[{ALPHABET}]{{5}}-[{ALPHABET}]{{5}}")
LIKE = str.maketrans({" ": "", "-": "", "—": "", "－": "", "\u3000": ""})


def fresh() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """ABCDE-FGHJK, as it is printed; nothing for none."""
    return code and f"{code[:5]}-{code[5:]}"


def typed(text: str) -> str:
    """The code in what somebody typed, with or without its dash, in either case; empty where it is none."""
    code = text.translate(LIKE).upper()
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def digest_of(code: str) -> str:
    return sha256(code.encode()).hexdigest()
