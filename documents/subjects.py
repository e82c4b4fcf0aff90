"""Where the thing a document is about has its page: the rooms above say so in AppConfig.ready."""

from __future__ import annotations

from django.urls import reverse

from .models import Document

PAGES: dict[str, str] = {}  # "tasks.task" -> name of the url that takes its id


def page_about(document: Document) -> str:
    """Empty where no room has said."""
    name = PAGES.get(document.subject)
    return reverse(name, args=[document.subject_id]) if name else ""
