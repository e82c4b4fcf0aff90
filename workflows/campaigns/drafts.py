"""A plan arrives: read, drafted and put before the office, in one transaction."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from foundation.files.models import StoredFile
from foundation.organization.actors import Actor
from foundation.organization.models import Unit
from foundation.organization.refusals import Refused
from workflows.plans import reading as read
from workflows.plans.drafting import draft_plan
from workflows.plans.lexicon import our_lexicon
from workflows.plans.models import Plan

from .services import open_campaign


def read_plan(text: str, *, at: dt.datetime) -> read.Reading:
    """The text as our units and groups are called. A plan without a year takes the current one, and warns."""
    return read.read(text, our_lexicon(), fallback_year=timezone.localdate(at).year)


def refuse_empty(reading: read.Reading) -> None:
    """A plan that gives nobody anything to do is no draft; raises Refused."""
    if not (reading.items or reading.reports or reading.quotas):
        raise Refused("没有从文本中读出任何事项。请确认这是一份活动方案，事项有编号（如“1.”或“（一）”）。")


@transaction.atomic
def import_plan(
    *, text: str, actor: Actor, at: dt.datetime, source_name: str = "", source_file: StoredFile | None = None
) -> Plan:
    """A draft campaign from the text of a plan; raises Refused where it holds no item at all."""
    reading = read_plan(text, at=at)
    refuse_empty(reading)
    office = Unit.objects.filter(kind=Unit.Kind.OFFICE, ended_on=None).first()
    if office is None:
        raise Refused("系统里还没有安委办这个单位，请管理员先在“单位”中添加。")
    plan = draft_plan(
        reading=reading, text=text, organ=office, actor=actor, at=at, source_name=source_name,
        source_file=source_file,
    )  # fmt: skip
    open_campaign(plan=plan.pk, actor=actor, at=at)
    return plan
