"""Keeping seals and using them. A use goes into the document's content, so that its paper can be made again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from foundation.files.services import attach, store
from foundation.journal.moves import create, record
from foundation.journal.moves import transition as move
from foundation.organization.actors import Actor
from foundation.organization.ending import Ending, Estate, Line
from foundation.organization.models import FAR, Appointment, Unit
from foundation.organization.refusals import Refused
from foundation.organization.rules import Rule

from ..layout.seals import seal_picture
from ..models import Document, Mark, Seal, SealUse, SealUser
from . import codes
from .permissions import USABLE, usable

LABEL = "documents.seal"
REASON = "印发公文"
SEALED = "这份公文已经用过印，不能再盖一次。"


@transaction.atomic
def add_seal(
    *, organ: Unit, name: str, picture: bytes, file_name: str, start: dt.date, posts: Iterable[str],
    seats: Iterable[Appointment] = (), actor: Actor, at: dt.datetime, end: dt.date = FAR,
) -> int:  # fmt: skip
    """A new seal of `organ` with whoever may use it. Refused: its picture, its dates, a name that is in use."""
    if end < start:
        raise Refused("有效期早于启用日期，请改正其中一个。", field="end")
    Unit.objects.select_for_update().get(pk=organ.pk)  # two at once wait for each other
    if Seal.objects.filter(organ=organ, name=name, state=Seal.State.IN_USE).exists():
        raise Refused(f"“{name}”已在使用。请先停用旧的，或换一个名称。", field="name")
    try:
        ink = seal_picture(picture, file_name)
    except Refused as refused:
        raise Refused(str(refused), field="picture") from refused
    file = store(ink, "印章.png", at=at)
    values = {"organ": organ, "name": name, "picture": file, "start": start, "end": end}
    (pk,) = create(Seal, values, actor=actor, at=at, data={"sha256": file.sha256})
    attach(file, subject=LABEL, subject_id=pk, slot="picture", name="印章.png", actor=actor, at=at)
    allow(seal=pk, posts=posts, seats=seats, actor=actor, at=at)
    return pk


@transaction.atomic
def allow(
    *, seal: int, posts: Iterable[str], seats: Iterable[Appointment], actor: Actor, at: dt.datetime
) -> bool:
    """These and nobody else may use it from now on; False where that is so already."""
    Seal.objects.select_for_update().get(pk=seal)
    wanted = {(str(post), None) for post in posts} | {("", seat.pk) for seat in seats}
    if not wanted:
        raise Refused("至少要有一个用印岗位或用印人；不再使用的印章请停用。", field="posts")
    if wanted == set(SealUser.objects.filter(seal=seal).values_list("post", "seat")):
        return False
    data = {
        "posts": sorted(post for post, _ in wanted if post),
        "seats": sorted(pk for _, pk in wanted if pk),
    }
    record(Seal, seal, "allow", actor=actor, at=at, data=data, rules=USABLE[:1]).all_or_refuse()
    SealUser.objects.filter(seal=seal).delete()
    SealUser.objects.bulk_create(SealUser(seal_id=seal, post=post, seat_id=seat) for post, seat in wanted)
    return True


def stop_seal(*, seal: int, actor: Actor, at: dt.datetime, reason: str) -> None:
    """For good; what was sealed with it stays."""
    if not reason.strip():
        raise Refused("停用要写明原因，如换新印、机构撤销。", field="reason")
    move(Seal.stop, seal, actor=actor, at=at, words={"reason": reason}).all_or_refuse()


def seals_of_the_ended(ending: Ending) -> None:
    """The seals of a unit that ends are stopped with it, whoever keeps units."""
    ids = Seal.objects.filter(organ=ending.unit, state=Seal.State.IN_USE).values_list("pk", flat=True)
    move(Seal.stop, list(ids), actor=ending.actor, at=ending.at, words={"reason": ending.reason})


def seals_to_stop(unit: Unit, successor: Unit | None) -> list[Line]:
    return [Line("印章停用，请按规定缴销", Seal.objects.filter(organ=unit, state=Seal.State.IN_USE).count())]


SEALS = Estate(seals_to_stop, seals_of_the_ended)


def seal_for(*, organ: int, actor: Actor, at: dt.datetime) -> int | None:
    """The seal that `actor` may put on a paper of `organ` now; None where there is none, or several to choose from."""
    found = Seal.objects.filter(usable(actor.post, timezone.localdate(at)), organ=organ)
    pks = list(found.values_list("pk", flat=True)[:2])
    return pks[0] if len(pks) == 1 else None


@transaction.atomic
def use_seal(*, document: int, seal: int, actor: Actor, at: dt.datetime, reason: str = REASON) -> int:
    """The one seal of a paper; see use_seals."""
    return use_seals(document=document, seals=[seal], actor=actor, at=at, reason=reason)[0]


@transaction.atomic
def use_seals(
    *, document: int, seals: Sequence[int], actor: Actor, at: dt.datetime, reason: str = REASON
) -> list[int]:
    """Put seals, and the 核验码, on a paper that is registered and not made yet; the ids of their lines in the register.
    A joint paper takes one of each of its organs, one by one; the place of an organ without one stays free.

    Refused: whoever may not use one of them, a seal that is stopped or out of date, one of another organ, two of the same,
    a paper that is issued, void, or sealed by that organ already.
    """
    row = Document.objects.select_for_update().get(pk=document)
    before = SealUse.objects.filter(document=row)
    if before.filter(seal__organ__seals__in=seals).exists():
        raise Refused(SEALED)
    joint = [one["code"] for one in row.content.get("joint_organs", ())]
    mine = Q(organ=row.organ_id) | Q(organ__code__in=joint)
    ours = Rule("这枚印章不是发文机关的，请选用发文机关的印章。", lambda actor, day: mine)
    data = {"document": document, "reason": reason}
    for seal in seals:
        record(Seal, seal, "use", actor=actor, at=at, data=data, rules=(ours, *USABLE)).all_or_refuse()
    pictures = dict(Seal.objects.filter(pk__in=seals).values_list("organ__code", "picture__sha256"))
    if len(pictures) < len(seals):
        raise Refused("一个机关只盖一枚印章，请重新选择。")
    pictures |= dict(before.values_list("seal__organ__code", "seal__picture__sha256"))
    given: dict[str, Any] = {"seal": pictures.get(row.organ.code, "")}
    if joint:
        given["joint_seals"] = [pictures.get(code, "") for code in joint]
    _write(row, "seal", given, {"seals": list(seals)} if joint else {"seal": seals[0]}, actor, at)
    mark(document=document, actor=actor, at=at)
    told = {"document": row, "by_id": actor.post, "reason": reason, "at": at}
    return [SealUse.objects.create(seal_id=seal, **told).pk for seal in seals]


@transaction.atomic
def mark(*, document: int, actor: Actor, at: dt.datetime) -> str:
    """Give an official paper its 核验码, to be printed on it; the same one where it has it already."""
    row = Document.objects.select_for_update().get(pk=document)
    if code := row.content.get("mark"):
        return code
    code = codes.fresh()
    _write(row, "mark", {"mark": code} | address_of(code), {}, actor, at)
    Mark.objects.create(document=row, digest=codes.digest_of(code))
    return code


def address_of(code: str) -> dict[str, str]:
    """Where the paper's QR code leads; kept with it, for the site may move."""
    return (
        {"mark_url": f"{settings.PUBLIC_URL}{reverse('verify', args=[code])}"} if settings.PUBLIC_URL else {}
    )


def _write(
    row: Document, verb: str, given: dict[str, Any], data: dict[str, Any], actor: Actor, at: dt.datetime
) -> None:
    """Into the content of a paper that is not made yet."""
    waits = Rule(
        "只有已登记、还没有印发的公文可以用印和编核验码。",
        lambda actor, day: Q(state=Document.State.REGISTERED),
    )
    changes = {"content": row.content | given}
    record(
        Document, row.pk, verb, changes=changes, actor=actor, at=at, data=data, rules=(waits,)
    ).all_or_refuse()
    row.content = changes["content"]
