"""What the units said yes to: a part of every version that their heads approved, or that was entered for them and
confirmed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import QuerySet

from approvals.models import Approval

from .models import Submission, Task

UNIT_ROUTES = ("unit", "entry")  # the word of the unit's head, or of its liaison officer on a 代录


class Approved(NamedTuple):
    task: int
    version: int
    at: dt.datetime
    content: Any  # of the part


def approved_parts(rows: QuerySet[Task], part: str) -> Iterator[Approved]:
    """Two queries. `rows` are the tasks as a query, being more than some databases take as a list."""
    ids = rows.order_by().values("pk")
    said = Approval.objects.filter(
        subject=Task._meta.label_lower, subject_id__in=ids, state="approved",
        version__route__code__in=UNIT_ROUTES,
    )  # fmt: skip
    digests = set(said.values_list("subject_id", "digest"))
    versions = Submission.objects.filter(task__in=ids, content__has_key=part).order_by("task", "version")
    for task, version, at, digest, content in versions.values_list(
        "task", "version", "at", "digest", f"content__{part}"
    ):
        if (task, digest) in digests:
            yield Approved(task, version, at, content)
