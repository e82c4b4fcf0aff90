"""Keeping 版头. One that changes is stopped, and another begins."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from foundation.journal.moves import create
from foundation.journal.moves import transition as move
from foundation.organization.actors import Actor
from foundation.organization.codes import refuse_code
from foundation.organization.models import Unit
from foundation.organization.refusals import Refused

from ...models import Letterhead
from .permissions import keeps_heads


@transaction.atomic
def save_head(
    *, organ: Unit, name: str, code: str, start: dt.date, actor: Actor, at: dt.datetime, plain: bool = False,
    kinds: list[str] | None = None, former: int | None = None,
) -> int:  # fmt: skip
    """A new one, in the place of `former` where that is told. Returns its id."""
    Unit.objects.select_for_update().get(pk=organ.pk)  # two at once wait for each other
    if not keeps_heads(organ, actor, timezone.localdate(at)):
        raise Refused(keeps_heads.says)
    if not code:
        raise Refused("请填写代字。", field="code")
    refuse_code(code, field="code")
    if former and start > timezone.localdate(at):
        raise Refused("替换的版头从今天起用，否则这之前没有版头；请不要填以后的日期。", field="start")
    if former:
        stop_head(head=former, actor=actor, at=at)
    said = {"organ": organ, "name": name, "code": code, "plain": plain}
    if Letterhead.objects.filter(**said, state=Letterhead.State.IN_USE).exists():
        raise Refused("已有名称、代字相同的在用版头，请打开它修改。", field="name")
    values = said | {"kinds": list(kinds or ()), "start": start}
    told = {"name": name, "code": code, "plain": plain, "kinds": values["kinds"], "former": former}
    (pk,) = create(Letterhead, values, actor=actor, at=at, data=told)
    return pk


def stop_head(*, head: int, actor: Actor, at: dt.datetime) -> None:
    """What was drafted or issued with it keeps it."""
    day = timezone.localdate(at).isoformat()
    move(Letterhead.stop, head, actor=actor, at=at, data={"stopped_on": day}).all_or_refuse()
