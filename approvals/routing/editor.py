"""The forms of one whole route, and the route that was typed into them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, cast

from django import forms
from django.http import QueryDict

from foundation.organization.typed import number

from ..engine import route_json
from ..engine.route_json import MOST_RULES, MOST_STEPS, Problem, RouteError
from ..engine.routes import Act, Mode, OnEmpty, Route, Who
from .forms import RouteForm, StepForm, Typed
from .signer_words import Directory
from .words import values_of

STEP = re.compile(r"steps\[(\d+)\]\.?(.*)")
ROWS = {"who": 3, "fact": 1, "copy": 1}  # that a step offers at least


class Steps(forms.BaseFormSet):
    """The steps in their order, moved by their number and left out by a tick."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {"counts": {key: self._count(index, key, least) for key, least in ROWS.items()}}

    def _count(self, index: int | None, key: str, least: int) -> int:
        """One row more than are filled in."""
        if self.is_bound:
            values = {n: self.data.get(f"{self.prefix}-{index}-{key}_{n}") for n in range(MOST_RULES)}
        else:
            first = (
                self.initial[index]
                if self.initial and index is not None and index < len(self.initial)
                else {}
            )
            values = {n: first.get(f"{key}_{n}") for n in range(MOST_RULES)}
        last = max((n for n, value in values.items() if value), default=-1)
        return min(MOST_RULES, max(least, last + 2))

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label, form.fields["DELETE"].label = "顺序", "保存时去掉这一环节"

    def kept(self) -> list[StepForm]:
        return [form for form in self.ordered_forms if not form.blank]


def grown(data: QueryDict) -> QueryDict:
    """One blank step more, where that was asked for."""
    total = number(data.get("steps-TOTAL_FORMS", ""))
    if "more" not in data or total is None:
        return data
    data = data.copy()
    data["steps-TOTAL_FORMS"] = str(total + 1)
    data[f"steps-{total}-mode"], data[f"steps-{total}-on_empty"] = Mode.ANY.value, OnEmpty.REFUSE.value
    data.setlist(f"steps-{total}-allow", [act.value for act in Act])
    return data


class Editor:
    """The forms of one route, and the route that was typed into them."""

    def __init__(self, route: Route, directory: Directory, data: Any = None) -> None:
        self.directory = directory
        names = [step.name for step in route.steps]

        def say(who: Who) -> str:
            return directory.say(who, names)

        kind = forms.formset_factory(
            StepForm, formset=Steps, extra=1, can_order=True, can_delete=True, max_num=MOST_STEPS,
            absolute_max=MOST_STEPS + 10,
        )  # fmt: skip
        steps = [values_of(step, say) for step in route.steps]
        consent = say(route.withdraw_consent) if route.withdraw_consent else ""
        initial = {
            "name": route.name, "dedupe": route.dedupe.value, "on_self": route.on_self.value,
            "resubmit": route.resubmit.value, "batch": route.batch, "withdraw_consent": consent,
        }  # fmt: skip
        self.form = RouteForm(data, initial=initial)
        self.steps = cast(Steps, kind(data, initial=steps, prefix="steps"))
        self.names = names if data is None else self._typed_names()

    def _typed_names(self) -> list[str]:
        return [form["name"].value() or "" for form in self.steps.forms]

    def definition(self) -> Route | None:
        """The route that was typed; None with the reader's own sentences at the fields they are about."""
        if not (self.form.is_valid() and self.steps.is_valid()):
            return None
        kept = self.steps.kept()
        names = [form.cleaned_data["name"] for form in kept]

        def read(phrase: str) -> Any:
            who = self.directory.read(phrase, names)
            return None if who is None else asdict(who)

        document = self.form.document(read) | {"steps": [step.document(read) for step in kept]}
        try:
            return route_json.read(document)
        except RouteError as error:
            for problem in error.problems:
                self._place(problem, kept)
            return None

    def _place(self, problem: Problem, kept: Sequence[StepForm]) -> None:
        found = STEP.match(problem.path)
        form, path = (kept[int(found[1])], found[2]) if found else (self.form, problem.path)
        cast(Typed, form).place(path or "name", problem.says)

    # One form to the template: all fields, and what is wrong with the whole.

    def __iter__(self) -> Iterator[forms.BoundField]:
        yield from self.form
        for step in self.steps.forms:
            yield from step

    def non_field_errors(self) -> list[str]:
        whole = [form.non_field_errors() for form in (self.form, *self.steps.forms)]
        return [error for errors in (*whole, self.steps.non_form_errors()) for error in errors]

    @property
    def policies(self) -> list[forms.BoundField]:
        """Of the whole route: all but its name."""
        return [bound for bound in self.form if bound.name != "name"]

    @property
    def policies_wrong(self) -> bool:
        return any(bound.errors for bound in self.policies)

    @property
    def wrong(self) -> bool:
        return bool(self.non_field_errors()) or any(bound.errors for bound in self)
