"""办理: what an act asks of a person and how it is carried out, the same for its page and for the API."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils import timezone

from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused

from . import candidates, services
from .desk import CHANGED, WHATEVER_IT_SAYS, Desk
from .engine.terms import Do, Outcome, To
from .forms import ActForm, ReturnForm
from .models import Signature
from .offers import Offer


def act_form(desk: Desk, offer: Offer, **given: Any) -> ActForm:
    return ActForm(offer=offer, people=_people(desk, offer), **given)


def return_form(desk: Desk, ways: list[dict[str, str]], **given: Any) -> ReturnForm:
    to = [(way["value"], way["who"], way["says"]) for way in ways]
    return ReturnForm(parts=desk.matter.parts, to=to, only=desk.may_go_on, **given)


def carry_out(
    desk: Desk, by: Actor, do: str, given: Mapping[str, Any], files: Collection[int] = ()
) -> Outcome:
    """`given` is what the act's form found to be in order. Raises Refused."""
    if desk.changed and do not in WHATEVER_IT_SAYS:
        raise Refused(CHANGED)
    return services.decide(
        approval_id=desk.approval.pk, actor=by, at=desk.now, do=do, opinion=given.get("opinion", ""),
        to=_target(given), signer=given.get("signer"), people=given.get("people", ()),
        remarks=given.get("remarks", ()), only=bool(given.get("only")), files=files,
        signature=Signature.of(by.person) if do != "read" else None, digest=given.get("digest", ""),
    )  # fmt: skip


def _target(given: Mapping[str, Any]) -> str | int:
    """Of a return: whom, or the number of a step."""
    to = given.get("to", "initiator")
    return int(to) if to.isdigit() else to


def _people(desk: Desk, offer: Offer) -> Any:
    if offer.do is Do.REMOVE:
        return candidates.to_remove(desk.seat, desk.trail.rows)
    if offer.people:
        day = timezone.localdate(desk.now)
        return candidates.to_bring(desk.seat, desk.approval, desk.trail.rows, day)
    return None


def ways_back(desk: Desk) -> list[dict[str, str]]:
    """Where it can go, and what runs again then: to the initiator, the previous step, any step before that."""
    ways: list[tuple[To | int, str, str]] = [
        (To.INITIATOR, "发起人", "修改并重新提交后，"), (To.PREVIOUS, "上一步", "")
    ]  # fmt: skip
    ways += [(number, f"第 {number} 步", "") for number in reversed(range(1, desk.approval.step))]
    found: list[dict[str, str]] = []
    for to, role, first in ways:
        if again := desk.again(to):
            says = f"{first}将重新经过 {len(again.steps)} 个环节：{'、'.join(again.steps)}。"
            found.append({"value": str(to), "who": f"{again.who}（{role}）", "says": says})
    return found
