"""The names by which plans call our units, from the database."""

from __future__ import annotations

from foundation.organization.models import Unit, UnitGroup

from .reading import Lexicon


def our_lexicon() -> Lexicon:
    """Full names, short names and aliases of units in being; groups by their names."""
    names: dict[str, str] = {}
    for unit in Unit.objects.filter(ended_on=None):
        names |= dict.fromkeys([unit.name, unit.short_name, *unit.aliases], unit.code)
    return Lexicon(names, dict(UnitGroup.objects.values_list("name", "code")))
