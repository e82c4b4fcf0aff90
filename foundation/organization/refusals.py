"""The one exception a person's act may end in."""

from __future__ import annotations


class Refused(Exception):
    """Nothing changed; the sentence says why and what to do. `field` is that of a form at which it is to be read."""

    def __init__(self, *says: object, field: str | None = None) -> None:
        super().__init__(*says)
        self.field = field
