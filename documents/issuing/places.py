"""用印 of a joint paper: every organ is asked for its seal, and it is issued when all are there. Who uses which is journaled.

An organ that keeps no seal here is not waited for: its place stays free for one of rubber.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db.models import Q
from django.utils import timezone

from foundation.journal.moves import record
from foundation.organization.actors import Actor
from foundation.organization.models import Appointment, Unit
from foundation.organization.refusals import Refused

from ..models import Draft, Seal, SealPlace, SealUser
from ..sealing.services import mark, use_seals
from .joint import joint_organs
from .permissions import handles_draft, my_places


def open_places(draft: Draft) -> None:
    organs = (draft.organ, *joint_organs(draft)) if draft.joint else ()
    SealPlace.objects.bulk_create(SealPlace(draft=draft, organ=organ) for organ in organs)


def open_to(draft: Draft, actor: Actor, day: dt.date) -> list[SealPlace]:
    """The open places that this person settles: of the organs whose seals they use; whoever handles the paper, all."""
    every = handles_draft(draft, actor, day)
    rows = SealPlace.objects.filter(draft=draft) if every else my_places(actor.post, day).filter(draft=draft)
    return list(rows.filter(at=None).select_related("organ"))


def keepers_of(organs: Iterable[Unit], day: dt.date) -> dict[str, list[Appointment]]:
    """By organ: those who may use a seal of it that day."""
    units = {unit.pk: unit.code for unit in organs}
    users = SealUser.objects.filter(
        seal__organ__in=units, seal__state=Seal.State.IN_USE, seal__start__lte=day, seal__end__gte=day
    ).values_list("seal__organ", "post", "seat")  # fmt: skip
    meant = Q(pk__in=[seat for *_, seat in users if seat]) | Q(
        unit__in=units, post__in={post for _, post, _ in users}
    )
    seats = list(Appointment.objects.in_force(day).filter(meant).select_related("person", "unit"))
    found: dict[str, list[Appointment]] = defaultdict(list)
    for organ, post, named in users:
        fit = [one for one in seats if one.pk == named or (one.unit_id, one.post) == (organ, post)]
        found[units[organ]] += [one for one in fit if one not in found[units[organ]]]
    return {code: who for code, who in found.items() if who}


def names_of(seats: Iterable[Appointment]) -> str:
    return "、".join(dict.fromkeys(one.person.name for one in seats if one.person))


def settle(draft: Draft, seals: Sequence[int], free: Collection[str], actor: Actor, at: dt.datetime) -> bool:
    """Put these seals, leave the places of `free` (codes of organs) free; whether all places are settled now.

    Whoever handles the paper also leaves those free that nobody is there to seal, and its own when they put no seal.
    """
    day = timezone.localdate(at)
    places = {place.organ.code: place for place in open_to(draft, actor, day)}
    if seals:
        use_seals(document=draft.document_id or 0, seals=seals, actor=actor, at=at)
    put = dict(Seal.objects.filter(pk__in=seals).values_list("organ__code", "pk"))
    left = (set(free) | _left(draft, places, actor, day)) - put.keys()
    if unknown := (put.keys() | set(free)) - places.keys():
        raise Refused(f"{_names(unknown)}已经用过印，或者不由您用印，请刷新后查看。")
    mark(document=draft.document_id or 0, actor=actor, at=at)
    for code in [code for code in places if code in put or code in left]:
        _settled(places[code], put.get(code), actor, at)
    if not put and not left:
        raise Refused("请选一枚印章，或选“留出盖章位置”。")
    return not SealPlace.objects.filter(draft=draft, at=None).exists()


def sealed_with(draft: Draft) -> list[int]:
    return [place.seal_id for place in SealPlace.objects.filter(draft=draft) if place.seal_id]


def _left(draft: Draft, places: dict[str, SealPlace], actor: Actor, day: dt.date) -> set[str]:
    if not handles_draft(draft, actor, day):
        return set()
    kept = keepers_of((place.organ for place in places.values()), day)
    return {code for code, place in places.items() if code not in kept or place.organ_id == draft.organ_id}


def _settled(place: SealPlace, seal: int | None, actor: Actor, at: dt.datetime) -> None:
    SealPlace.objects.filter(pk=place.pk).update(seal=seal, by=actor.post, at=at)
    data = {"organ": place.organ.code, "seal": seal}
    record(Draft, place.draft_id, "place", actor=actor, at=at, data=data).all_or_refuse()


def _names(codes: Iterable[str]) -> str:
    return "、".join(Unit.objects.filter(code__in=codes).values_list("short_name", flat=True))
