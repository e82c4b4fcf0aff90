"""The texts of what was handed in, indexed so that words find them; a round of the worker keeps up with the units."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max, QuerySet

from foundation.organization.finding.folding import folded
from foundation.organization.finding.grams import Grams, tokens_of

from .models import Submission, SubmissionText
from .parts import parts_of

GRAMS = Grams("tasks_grams")
CHUNK = 200
BEHIND = 1000  # ids below the last that was indexed which are looked at again: they may have come later


def install() -> None:
    GRAMS.install()


def remove() -> None:
    GRAMS.remove()


def text_of(submission: Submission) -> str:
    return "\n".join(part.text for part in parts_of(submission.content))


def unindexed() -> QuerySet[Submission]:
    last = SubmissionText.objects.aggregate(last=Max("pk"))["last"] or 0
    return Submission.objects.filter(pk__gt=last - BEHIND, text=None).order_by("pk")


@transaction.atomic
def index(submissions: Iterable[Submission]) -> int:
    """What is there already stays: nothing that was handed in changes."""
    texts = {one.pk: "\n".join(map(folded, text_of(one).split("\n"))) for one in submissions}
    SubmissionText.objects.bulk_create(
        [SubmissionText(submission_id=pk, folded=text) for pk, text in texts.items()]
    )
    GRAMS.put_in(texts)
    return len(texts)


def found(rows: QuerySet[Submission], words: list[str]) -> QuerySet[Submission]:
    """Those that have every word. Pairs of neighbours find, the text itself makes sure."""
    rows = rows.filter(pk__in=GRAMS.with_tokens(tokens_of(words)))
    for word in words:
        if len(word) > 2:
            rows = rows.filter(text__folded__contains=word)
    return rows
