"""选定依据: the office says which law counts; every case is worked out anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from foundation.jobs.queue import put
from foundation.organization.actors import Actor
from foundation.organization.audit import tell
from foundation.organization.refusals import Refused

from ..jobs import RECKON
from ..models import BasisChoice
from ..pack import Pack
from .chosen import chosen_laws
from .disputes import disputes


@transaction.atomic
def choose_bases(*, wanted: Mapping[str, str], pack: Pack, actor: Actor, at: dt.datetime) -> int:
    """{rule: law, or nothing for all of them}; how many are other than they were."""
    if actor.post is None:
        raise Refused("只有在任的人员可以选定依据。")
    known, now = disputes(pack), chosen_laws()
    for rule, law in wanted.items():
        if rule not in known or law not in ("", *known[rule].laws):
            raise Refused("规则已经换了版本，请刷新后重新选择。")
    changed = {rule: law for rule, law in wanted.items() if law != now.get(rule, "")}
    for rule, law in changed.items():
        BasisChoice.objects.create(rule=rule, law=law, chosen_by_id=actor.post, at=at)
        tell("rules.choose", actor=actor, at=at, data={"rule": rule, "law": law, "was": now.get(rule, "")})
    if changed:
        put(RECKON, args={}, owner=None, at=at)
    return len(changed)
