"""The engine's second opinion: docs/invariants/approvals.md told again, slowly.

It keeps what was said, as persons and times, and computes the rest anew every time: who is asked, who waits, what a
step comes to. To take something back is to hear everything again without it. Shares nothing with the engine but the
words of a route.

voices.py: who is there and what they said · seating.py: who is asked to come · course.py: how one submission goes on ·
commands.py: what a person may do · looking.py: what has come after, what comes next
"""

from __future__ import annotations

from .initiating import Initiating
from .seating import Refused
from .signing import Signing
from .taking import Taking
from .timing import Timing


class Model(Signing, Initiating, Taking, Timing):
    """One approval."""


def opened_model(*case) -> Model | set[str]:
    """The model, or the codes that are fit for its refusal."""
    try:
        return Model(*case)
    except Refused as refused:
        return refused.codes
