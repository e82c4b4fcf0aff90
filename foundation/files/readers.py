"""Who may read the attachments of which rows: the rooms above say so in their AppConfig.ready.

One Rule about the row a file is attached to answers for one attachment and for a list of them. A row that nobody
registered a rule for shows its attachments to nobody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db.models import Model, Q

from foundation.organization.actors import Actor
from foundation.organization.rules import Rule

from .models import Attachment

Look = Callable[[Attachment, Actor, dt.datetime], None]

READERS: dict[str, tuple[type[Model], Rule]] = {}
LOOKS: dict[str, Look] = {}


def register(model: type[Model], rule: Rule, look: Look | None = None) -> None:
    """Attachments of `model` are read by those for whom `rule` holds on the row; each model once.

    `look` hears of every file that is handed out, where that is written down.
    """
    known = READERS.setdefault(model._meta.label_lower, (model, rule))
    if known != (model, rule):
        raise ValueError(f"{model._meta.label} has two rules for its attachments")
    if look:
        LOOKS[model._meta.label_lower] = look


def looked(attachment: Attachment, actor: Actor, at: dt.datetime) -> None:
    if look := LOOKS.get(attachment.subject):
        look(attachment, actor, at)


def readable(actor: Actor, day: dt.date) -> Q:
    """Condition on attachments: those that `actor` may read on `day`."""
    any_of = Q(pk__in=[])
    for subject, (model, rule) in READERS.items():
        rows = model._base_manager.filter(rule.q(actor.post, day)).values("pk")
        any_of |= Q(subject=subject, subject_id__in=rows)
    return any_of


def may_read(attachment: Attachment, actor: Actor, day: dt.date) -> bool:
    model, rule = READERS.get(attachment.subject, (None, None))
    if model is None or rule is None:
        return False
    return model._base_manager.filter(rule.q(actor.post, day), pk=attachment.subject_id).exists()


def says(attachment: Attachment) -> str:
    """Who may read it, for the person who may not."""
    known = READERS.get(attachment.subject)
    return known[1].says if known else "这个附件不能查看。"
