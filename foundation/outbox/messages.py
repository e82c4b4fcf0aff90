"""What the rooms below tell: they stand under the outbox, and only write it down."""

from __future__ import annotations

from django.urls import reverse

from .recipients import in_office
from .registry import Event, Told, inform, kind

JOB = kind("job.failed", "后台任务")


def _owner(events: list[Event]) -> Told:
    return in_office((one, one.data["owner"]) for one in events)


def _page(event: Event) -> str:
    return reverse("job", args=[event.data["job"]])


inform("journal.book.job.fail", JOB, "您发起的一项后台任务没有完成，请查看原因。", _owner, page=_page)
