"""The names by which plans call our units, from the database."""

from __future__ import annotations

from django.db.models import F

from foundation.organization.models import Unit, UnitGroup

from .reading import Lexicon


def our_lexicon() -> Lexicon:
    """Full names, short names and aliases of units in being; groups by their names.

    What a unit was called that ended means whoever carries on its work, unless another is called so now.
    """
    names: dict[str, str] = {}
    units = Unit.objects.order_by(F("ended_on").asc(nulls_last=True))
    heirs = {unit.pk: unit for unit in units}
    for unit in heirs.values():
        heir: Unit | None = unit
        while heir and heir.ended_on:
            heir = heirs.get(heir.successor_id or 0)
        if heir:
            names |= dict.fromkeys([unit.name, unit.short_name, *unit.aliases], heir.code)
    return Lexicon(names, dict(UnitGroup.objects.values_list("name", "code")))
