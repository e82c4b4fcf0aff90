"""人员组: who signs together and shares no post, such as a panel of experts. A route names it by its code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import models, transaction

from foundation.organization.actors import Actor
from foundation.organization.audit import difference, tell
from foundation.organization.models import Appointment, in_force
from foundation.organization.refusals import Refused


class SignerGroup(models.Model):
    """Appointments, not people: whoever leaves the post leaves the group. Never deleted: old versions name it."""

    code = models.SlugField("代码", max_length=32, unique=True)
    name = models.CharField("名称", max_length=60, unique=True)
    seats = models.ManyToManyField(Appointment, related_name="+", verbose_name="成员")

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


MEMBERS = SignerGroup.seats.through.objects


def members_in_force(day: dt.date) -> models.QuerySet:
    """(group, appointment) of those who are asked when the group is."""
    return MEMBERS.filter(in_force(day, "appointment__"))


@transaction.atomic
def save_group(
    *, group: SignerGroup | None, code: str, name: str, seats: Iterable[Appointment], actor: Actor, at: dt.datetime
) -> tuple[SignerGroup, bool]:  # fmt: skip
    """Add a group (None) or change one; (the group, whether anything is different). The code stays: routes name it."""
    row = SignerGroup.objects.select_for_update().get(pk=group.pk) if group else SignerGroup(code=code)
    _check(row, name)
    kept = set(MEMBERS.filter(signergroup=row.pk).values_list("appointment", flat=True))
    chosen = {seat.pk for seat in seats}
    before = {"name": row.name, "seats": sorted(kept)}
    changed = difference(before, {"name": name, "seats": sorted(chosen)})
    if group and not changed:
        return row, False
    row.name = name
    row.save()
    row.seats.set(chosen)
    data = {"group": row.pk, "code": row.code, "changed": changed}
    tell("group.change" if group else "group.add", actor=actor, at=at, data=data)
    return row, True


def _check(row: SignerGroup, name: str) -> None:
    others = SignerGroup.objects.exclude(pk=row.pk)
    if others.filter(code=row.code).exists():
        raise Refused(f"代码“{row.code}”已有人员组使用，请换一个。")
    if others.filter(name=name).exists():
        raise Refused(f"名称“{name}”已有人员组使用，请换一个。")
