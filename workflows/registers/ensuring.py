"""A row for every register that there is data for."""

from __future__ import annotations

from typing import Any

from .library import every_kind
from .models import Register


def ensure_registers(**_: Any) -> None:
    """Make what is missing. Runs after every migrate; a row is never removed."""
    there = dict(Register.objects.values_list("code", "private"))
    for code, versions in every_kind().items():
        private = versions[-1].private
        if code not in there:
            Register(code=code, private=private).save()
        elif there[code] != private:
            Register.objects.filter(code=code).update(private=private)
