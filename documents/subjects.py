"""What documents are about: the rooms above say in AppConfig.ready where it has its page, and who alone reads them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db.models import Model
from django.urls import reverse

from foundation.files.models import Attachment
from foundation.organization.actors import Actor
from foundation.organization.rules import Rule

from .models import Document

Look = Callable[[int, Attachment, Actor, dt.datetime], None]  # at the thing with that id

PAGES: dict[str, str] = {}  # "tasks.task" -> name of the url that takes its id
RESERVED: dict[
    str, tuple[type[Model], Rule]
] = {}  # whose documents are read by those who see the thing, and nobody else

LOOKS: dict[str, Look] = {}


def reserve(model: type[Model], rule: Rule, look: Look | None = None) -> None:
    """`rule` is asked of the row that a document is about; each model once. `look` hears of every paper that is
    handed out, where that is written down."""
    known = RESERVED.setdefault(model._meta.label_lower, (model, rule))
    if known != (model, rule):
        raise ValueError(f"{model._meta.label} has two rules for its documents")
    if look:
        LOOKS[model._meta.label_lower] = look


def looked(file: Attachment, actor: Actor, at: dt.datetime) -> None:
    """At the paper of a document."""
    subject, pk = Document.objects.values_list("subject", "subject_id").get(pk=file.subject_id)
    if look := LOOKS.get(subject):
        look(pk, file, actor, at)


def page_about(document: Document) -> str:
    """Empty where no room has said."""
    name = PAGES.get(document.subject)
    return reverse(name, args=[document.subject_id]) if name else ""
