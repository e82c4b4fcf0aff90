"""What a dry run is asked for: a unit, an initiator, and the facts on which the route has conditions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import groupby
from typing import Any
from zlib import crc32

from django import forms

from foundation.organization.models import Appointment, Unit
from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS, Post

from ..engine.routes import Fact, Route, facts_of
from .dry_run import DryRun, dry_run
from .signer_words import Directory
from .words import fact_read


class TrialForm(forms.Form):
    unit = forms.ChoiceField(label="哪个单位的事项")
    initiator = forms.ChoiceField(label="由谁发起", required=False)

    def __init__(self, route: Route, directory: Directory, data: Any = None) -> None:
        super().__init__(data, prefix="trial")
        units = [unit for unit in directory.units.values() if not unit.ended_on]
        self.units = {str(unit.pk): unit for unit in units}
        others = [unit for unit in units if unit.kind != Unit.Kind.OFFICE]
        self.seats = {
            str(seat.pk): seat for seat in directory.seats if seat.post in (*UNIT_POSTS, *OFFICE_POSTS)
        }
        self._choose("unit", [(str(unit.pk), unit.short_name) for unit in others or units])
        people = groupby(self.seats.items(), key=lambda item: item[1].unit.short_name)
        self._choose(
            "initiator",
            [("", "该单位联络员"), *((unit, [_named(one) for one in some]) for unit, some in people)],
        )
        self.facts = {f"fact_{crc32(fact.encode()):x}": fact for fact in facts_of(route)}
        for name, fact in self.facts.items():
            self.fields[name] = forms.CharField(
                label=fact, required=False, help_text="判断条件用，如 120000，或 是、否。"
            )

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def run(self, route: Route, at: dt.datetime) -> DryRun | None:
        if not self.is_valid():
            return None
        given = self.cleaned_data
        unit = self.units[given["unit"]]
        seat = self.seats.get(given["initiator"]) or self._liaison(unit)
        return dry_run(route, unit=unit, initiator=seat, facts=self._facts(route), at=at)

    def _liaison(self, unit: Unit) -> Appointment | None:
        posts = (
            seat for seat in self.seats.values() if seat.unit_id == unit.pk and seat.post == Post.LIAISON
        )
        return next(posts, None)

    def _facts(self, route: Route) -> Mapping[str, Fact]:
        """Of the kind that the route compares with: what is typed for a text stays one."""
        kinds = facts_of(route)
        typed = {fact: self.cleaned_data.get(name, "") for name, fact in self.facts.items()}
        return {
            fact: words if isinstance(kinds.get(fact), str) else fact_read(words)
            for fact, words in typed.items()
            if words
        }


def _named(item: tuple[str, Appointment]) -> tuple[str, str]:
    key, seat = item
    return key, f"{seat.person.name}（{seat.get_post_display()}）"
