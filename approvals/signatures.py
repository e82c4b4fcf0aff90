"""签名 of a person: their name in type, unless they keep a picture. What was signed keeps the picture it was signed
with: a picture is never changed, a new one is a new row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import models, transaction

from foundation.files.models import Attachment
from foundation.files.services import attach, attachments_of, store
from foundation.organization.actors import Actor
from foundation.organization.audit import tell
from foundation.organization.models import Person

from . import pictures

LABEL = "approvals.signature"


class Signature(models.Model):
    """A picture that a person signs with from `made_at` to `ended_at`."""

    class Kind(models.TextChoices):
        UPLOADED = "uploaded", "图片签名"
        DRAWN = "drawn", "手写签名"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField("方式", max_length=8, choices=Kind)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_at=None), name="signature_one_in_use"
            )
        ]

    @classmethod
    def of(cls, person: int | None) -> Signature | None:
        """The one in use; None: signs by name."""
        return cls.objects.filter(person=person, ended_at=None).first()


@transaction.atomic
def keep(*, picture: bytes, name: str, kind: str, actor: Actor, at: dt.datetime) -> Signature:
    """Sign with this picture from now on."""
    ink = pictures.signature_of(picture, name)
    person, _ = _end(actor, at)
    made = Signature.objects.create(person=person, kind=kind, made_at=at)
    file = store(ink, "签名.png", at=at)
    attach(file, subject=LABEL, subject_id=made.pk, slot="picture", name="签名.png", actor=actor, at=at)
    data = {"signature": made.pk, "kind": kind, "sha256": file.sha256}
    tell("signature.keep", actor=actor, at=at, data=data)
    return made


@transaction.atomic
def drop(*, actor: Actor, at: dt.datetime) -> bool:
    """Sign by name again; False where that is so already."""
    _, ended = _end(actor, at)
    if ended:
        tell("signature.drop", actor=actor, at=at, data={})
    return ended


def _end(actor: Actor, at: dt.datetime) -> tuple[Person, bool]:
    """The person, and whether they had a picture till now."""
    person = Person.objects.select_for_update().get(pk=actor.person or 0)  # two at once wait for each other
    ended = Signature.objects.filter(person=person, ended_at=None).update(ended_at=at)
    return person, bool(ended)


def pictures_of(signatures: Iterable[int | None]) -> dict[int | None, Attachment]:
    """The picture of each; one query, none where everybody signed by name."""
    ids = {pk for pk in signatures if pk}
    found = attachments_of(LABEL, ids) if ids else {}
    return {pk: files[0] for pk, files in found.items()}
