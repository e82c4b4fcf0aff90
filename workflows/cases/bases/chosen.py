"""What was chosen, as clocks.py takes it."""

from __future__ import annotations

from ..models import BasisChoice


def chosen_laws() -> dict[str, str]:
    """{rule: law} where one law alone counts. One query."""
    last = dict(BasisChoice.objects.values_list("rule", "law"))  # in the order in which they were made
    return {rule: law for rule, law in last.items() if law}
