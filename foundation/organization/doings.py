"""What may be done to a thing in each of its states: the form it takes, what follows, the service that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from .identity import actor_of
from .refusals import told_in
from .rules import Rule

Tried = tuple[str, forms.Form]  # an act that was refused, with its form as it was filled in


class NoForm(forms.Form):
    """A press of the button."""


@dataclass(frozen=True)
class Doing:
    label: str
    done: str
    rule: Rule
    states: tuple[str, ...]
    service: Callable[..., None]  # takes what the form asks for
    form: type[forms.Form] = NoForm
    says: str = ""  # what follows
    first: bool = False  # what is usually done next

    def filled(self, do: str, data: Any = None, **kwargs: Any) -> forms.Form:
        """Several stand on one page."""
        return self.form(data, auto_id=f"{do}_%s", **kwargs)

    def happens(self, request: HttpRequest, form: forms.Form, **about: int) -> bool:
        """Done as the form says it. Where it is not, the form has the reason and keeps what was typed."""
        if not form.is_valid():
            return False
        with told_in(form):
            self.service(**about, **form.cleaned_data, actor=actor_of(request), at=timezone.now())
            messages.success(request, self.done)
            return True
        return False


def on_page(does: Mapping[str, Doing], tried: Tried | None = None, **fresh: Any) -> list[dict[str, Any]]:
    """What a page offers, each with its form: `fresh`, or as it was tried."""
    return [
        {"do": do, "doing": one, "form": tried[1] if tried and tried[0] == do else one.filled(do, **fresh)}
        for do, one in does.items()
    ]
