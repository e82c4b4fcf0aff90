"""POST: one decision, or 批量同意. The forms of the pages check what is sent, the services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from foundation.organization.api import answer, body
from foundation.organization.identity import actor_of
from foundation.organization.refusals import Refused

from .. import services, store
from ..deciding import Shown
from ..desk import Desk
from ..forms import OpinionForm
from ..handling import act_form, carry_out, return_form, ways_back
from ..models import Approval, Signature
from ..offers import OFFERS
from ..views.approval import desk_of
from . import shapes

ACTS = ("agree", "return", "read", *OFFERS)
ALWAYS = ("signer", "digest")
KEYS = {"text": "opinion", "part_0": "remarks"}  # fields of the pages' forms that are called otherwise here


@require_POST
def decide(request: HttpRequest, pk: int, do: str) -> HttpResponse:
    if do not in ACTS:
        raise Http404
    desk, given = desk_of(request, pk), body(request, "api_decision")
    form = _form(desk, do, given)
    _nothing_beside(form, do, given)
    if not form.is_valid():
        says = next(str(one) for errors in form.errors.values() for one in errors)
        return _refused(desk, says, 422)
    said = form.cleaned_data | {name: given[name] for name in ALWAYS if name in given}
    try:
        done = carry_out(desk, actor_of(request), do, said)
    except Refused as refusal:
        return _refused(desk, str(refusal), 409)
    rows = store.SIGNERS(ids=[pk])
    return answer({"ok": True, "state": done.state.result.value, "waiting": shapes.waiting(rows)})


def _form(desk: Desk, do: str, given: dict[str, Any]) -> forms.Form:
    """The page's form, filled."""
    typed = given | {"text": given.get("opinion", "")}
    if do == "return":
        return return_form(desk, ways_back(desk), data=typed | _returned(desk, given))
    if do == "agree":
        return OpinionForm(typed, lines=[])
    if do == "read":
        return forms.Form(typed)
    people, offer = given.get("people", []), OFFERS[do]
    alone = offer.people == "one" and len(people) == 1
    return act_form(desk, offer, data=typed | {"people": people[0] if alone else people})


def _returned(desk: Desk, given: dict[str, Any]) -> dict[str, Any]:
    """Whom to, and the parts by their place in the form."""
    typed, places = {"to": str(given.get("to", "initiator"))}, [key for key, _ in desk.matter.parts]
    for remark in given.get("remarks", ()):
        if remark["part"] not in places:
            raise BadRequest(f"没有“{remark['part'][:40]}”这一项。可以退回的：{'、'.join(places) or '无'}。")
        n = places.index(remark["part"])
        typed |= {
            f"part_{n}": "on",
            f"reason_{n}": remark.get("reason", ""),
            f"text_{n}": remark.get("text", ""),
        }
    return typed


def _nothing_beside(form: forms.Form, do: str, given: dict[str, Any]) -> None:
    """What an act has no use for was meant for another one."""
    used = dict.fromkeys([*ALWAYS, *(KEYS.get(name, name) for name in form.fields)])
    for key, value in given.items():
        if value and key not in used:
            known = [name for name in used if not name.startswith(("part_", "reason_", "text_"))]
            raise BadRequest(f"“{do}”现在用不到 {key}。可用的键：{'、'.join(known)}。")


def _refused(desk: Desk, says: str, status: int) -> HttpResponse:
    state = Approval.objects.values_list("state", flat=True).get(pk=desk.approval.pk)
    return answer({"ok": False, "refused": says, "state": state}, status)


@require_POST
def agree(request: HttpRequest) -> HttpResponse:
    """批量同意: each as it was shown; one that is refused holds up no other."""
    given, by = body(request, "api_agree"), actor_of(request)
    form = OpinionForm({"text": given.get("opinion", "")}, lines=[])
    if not form.is_valid():
        raise BadRequest(str(form.errors["text"][0]))
    shown = {int(pk): Shown(one["signer"], one["digest"]) for pk, one in given["approvals"].items()}
    refused = services.agree_to(
        shown=shown, actor=by, at=timezone.now(), opinion=form.cleaned_data["opinion"],
        signature=Signature.of(by.person),
    )  # fmt: skip
    told = {pk: {"ok": False, "refused": refused[pk]} if pk in refused else {"ok": True} for pk in shown}
    return answer({"approvals": told})
