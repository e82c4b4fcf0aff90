"""Keeping patterns, and beginning a draft with one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.journal.moves import create
from foundation.journal.moves import transition as move
from foundation.organization.actors import Actor
from foundation.organization.codes import refuse_code
from foundation.organization.models import Unit
from foundation.organization.refusals import Refused

from ...models import Pattern
from ..permissions import writes_draft
from ..services import start_draft

TAKEN = ("kind", "code", "text", "to", "cc")


@transaction.atomic
def save_pattern(*, organ: Unit, name: str, actor: Actor, at: dt.datetime, former: int | None = None, **said: Any) -> int:  # fmt: skip
    """A new one, or the next version of `former`. `said`: the names of TAKEN. Returns its id."""
    _may(organ, actor, at)
    refuse_code(said.get("code", ""), field="code")
    others = Pattern.objects.filter(organ=organ, name=name, state=Pattern.State.IN_USE)
    if (others.exclude(pk=former) if former else others).exists():
        raise Refused(f"已有名为“{name}”的范本，请换一个名称，或打开它修改。", field="name")
    version = 1
    if former:
        move(Pattern.replace, former, actor=actor, at=at).all_or_refuse()
        version = Pattern.objects.get(pk=former).version + 1
    values = {"organ": organ, "name": name, "former": former, "version": version} | said
    (pk,) = create(Pattern, values, actor=actor, at=at, data={"name": name, "version": version})
    return pk


@transaction.atomic
def stop_pattern(*, pattern: int, actor: Actor, at: dt.datetime) -> None:
    """Drafts that began with it keep what they took."""
    _may(Pattern.objects.get(pk=pattern).organ, actor, at)
    move(Pattern.stop, pattern, actor=actor, at=at).all_or_refuse()


@transaction.atomic
def begin_with(*, pattern: int, organ: Unit, actor: Actor, at: dt.datetime) -> int:
    """A draft that has what the pattern says now. Returns its id."""
    row = Pattern.objects.filter(pk=pattern, organ=organ, state=Pattern.State.IN_USE).first()
    if row is None:
        raise Refused("这个范本已停用或有了新版，请重新选择。")
    taken = {name: value for name in TAKEN if (value := getattr(row, name))}  # without 代字: the organ's
    return start_draft(organ=organ, actor=actor, at=at, **taken, pattern=row)


def _may(organ: Unit, actor: Actor, at: dt.datetime) -> None:
    if not writes_draft(organ, actor, timezone.localdate(at)):
        raise Refused("范本由安委办维护。")
