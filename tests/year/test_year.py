"""A year of twenty units, counted once more from the journal; a smaller one played again, to the same bytes. Nightly five
hundred."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as current
from django.db import transaction
from django.utils import timezone

from documents.archiving.packing import path_of
from documents.models import ArchiveItem, ArchivePackage, Document
from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from tests.house import ROOT, folders
from workflows.tracking.reconciling import reconcile

from .days import lived
from .dump import dump
from .recount import board, figures, ladder, messages, scores
from .world import LAST, Year, said

pytestmark = pytest.mark.django_db
SEED = 1
JULY = dt.date(2026, 7, 15)
nightly = pytest.mark.nightly
elsewhere = pytest.mark.skipif(
    current.DATABASES["default"]["ENGINE"].endswith("sqlite3"),
    reason="PostgreSQL's is compared with SQLite's",
)


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("year")


@pytest.fixture(scope="module")
def year(request, home, django_db_setup, django_db_blocker) -> Iterator[Year]:
    """Played once for all that look at it, in a transaction that is rolled back."""
    units, last = request.param
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        for name, folder in folders(home).items():
            patch.setattr(current, name, folder)
        with lived(units, SEED, last) as played:
            yield played
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _its_papers(settings, home) -> None:
    for name, folder in folders(home).items():
        setattr(settings, name, folder)


def whole(year: Year) -> None:
    """The chains of the journal hold, and nothing that is stored beside it differs from it."""
    assert first_bad()[1] is None
    assert reconcile(timezone.now())["different"] == []


BEFELL = (
    "receive", "submit", "reach_office", "unit_return", "office_return", "accept", "archive", "withdraw", "hand_over",
    "ask_waiver", "waive", "refuse_waiver", "reject", "begin_entry", "enter", "extend", "urge", "add_record", "attach",
    "reopen", "reassign", "supplement", "succeed", "lapse", "cancel",
)  # fmt: skip


def full(year: Year) -> None:
    """A year in which nothing happened would add up, too."""
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {f"tasks.task.{verb}" for verb in BEFELL} <= verbs
    assert {f"tasks.extension.{verb}" for verb in ("create", "agree", "refuse", "withdraw")} <= verbs
    slips = ("create", "receive", "answer", "send_back", "close", "void", "settle")
    assert {f"tracking.slip.{verb}" for verb in slips} <= verbs
    assert {"journal.book.unit.end", "journal.book.appointment.add", "journal.book.proxy.add"} <= verbs
    assert {"tracking.appeal.uphold", "tracking.appeal.refuse", "cases.case.overdue"} <= verbs
    assert Entry.objects.filter(behalf__isnull=False).exists(), "a proxy decided"


def packed(year: Year) -> None:
    """Every paper of the campaigns is archived, and the package is what it says it is."""
    papers = Document.objects.filter(
        subject__in=("plans.plan", "tasks.task", "tracking.slip"), state="issued"
    )
    assert papers.count() == ArchiveItem.objects.filter(document__in=papers, state="archived").count() > 0
    package = ArchivePackage.objects.exclude(sha256="").get()
    assert said("verify_archive", str(path_of(package.pk))) == {"ok": True, "reasons": []}


LOOKS: tuple[Callable[[Year], None], ...] = (
    full, whole, packed, board.states, board.boards, board.ledger, ladder.steps, ladder.papers, ladder.colours,
    figures.statistics, messages.everybody_was_told_once, messages.outside, scores.scores, scores.versions,
)  # fmt: skip


@pytest.mark.once
@pytest.mark.parametrize("year", [(20, LAST), pytest.param((500, LAST), marks=nightly)], indirect=True)
def test_everything_that_is_counted_equals_a_slow_recount(year, subtests):
    for look in LOOKS:
        with subtests.test(look.__name__):
            look(year)


@pytest.mark.parametrize(
    "year",
    [pytest.param((4, JULY), marks=elsewhere), pytest.param((20, LAST), marks=nightly)],
    indirect=True,
)
def test_the_same_seed_gives_the_same_bytes(year):
    """On PostgreSQL as on SQLite, where another process plays it under other hashes of its own."""
    asked = f"--units {year.units} --seed {SEED} --until {year.last}".split()
    other = {"env": os.environ | {"PYTHONHASHSEED": "7"}, "cwd": ROOT}
    again = subprocess.run(
        [sys.executable, "-m", "tests.year", *asked], capture_output=True, text=True, **other
    )
    assert again.returncode == 0, again.stderr
    there, here = again.stdout.splitlines(), dump(year).splitlines()
    assert [pair for pair in zip(there, here, strict=False) if pair[0] != pair[1]][:5] == []
    assert len(there) == len(here)
