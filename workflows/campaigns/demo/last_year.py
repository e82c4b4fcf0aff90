"""Last year's campaign, so that 同比 has something to compare with: smaller, played the same way to its archive."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

from documents.archiving.services import archive_documents
from documents.models import Document
from foundation.organization.actors import Actor
from foundation.organization.calendar import DAY
from foundation.organization.county import invent_units
from foundation.organization.ending import end_unit
from foundation.organization.models import Person, Unit
from foundation.organization.people import people_for
from foundation.organization.services import close_accounts

from .beginning import begin
from .days import MORNINGS, moment
from .editing import TITLES
from .ending import close
from .moving import BEFORE, plan_text
from .people import seat
from .story import Story

ARRIVES, UNTIL, ENDS, MERGES = (5, 18), (7, 10), (7, 24), (9, 1)  # month, day
# As this year's plan calls them, whatever their number; the fifth was not repeated.
AS = {"1": "1", "2": "6", "3": "8", "4": "9", "6": "13", "7": "14", "8": "15"}
NAMES = {number: TITLES[now] for number, now in AS.items()} | {"5": "安全文化巡回文艺演出"}
CHANCES = (0.12, 0.03, 0.05, 0.02, 0.01, 0.01, 0.0, 0.16, 0.03)  # worse than this year's, fate by fate
HEIR = "hanguang"  # takes in the town that was merged since


def start(year: int, shift: int) -> dt.date:
    """The Monday of the week in which the plan arrived, the year before `year`."""
    day = dt.date(year - 1, *ARRIVES) + dt.timedelta(days=shift)
    return day - dt.timedelta(days=day.weekday())


def play(year: int, shift: int, seed: int, progress: Callable[[str], None]) -> None:
    """Whatever is drawn is drawn apart: this year's campaign is the same with it and without it."""
    first = start(year, shift)
    town = _town(moment(first - 30 * DAY, 9), seed)
    plan = begin(
        plan_text(year - 1, shift, BEFORE), NAMES, first, wrong="第 5 项请与承办的镇商定时间后送审。"
    )
    progress("去年的任务已下达")
    chance = random.Random(f"{seed} last year")  # noqa: S311 - not a secret
    until = dt.date(year - 1, *UNTIL) + dt.timedelta(days=shift)
    story = Story(plan, year - 1, shift, until, chance, progress, chances=CHANCES)
    story.play()
    _end(story, moment(story.calendar.next_working(story.day(*ENDS)), 10))
    _merge(town, moment(story.calendar.next_working(story.day(*MERGES)), 10))


def _end(story: Story, at: dt.datetime) -> None:
    """Archived with its papers; the sweep of the next morning settles what slips are left."""
    story.settle(at)
    story.papers(at)
    close(story, at)
    papers = Document.objects.filter(
        subject="plans.plan", subject_id=story.plan, state=Document.State.ISSUED
    ).values_list("pk", flat=True)
    archive_documents(documents=list(papers), chosen={}, actor=story.clerk, at=at)
    morning = story.at(story.calendar.add(at.date(), 1), 8, 30)
    for play_morning in MORNINGS:
        play_morning(morning, story.hands, story.clerk, story.calendar)


def _town(at: dt.datetime, seed: int) -> Unit:
    """One town more than this year has; nobody signs in for it any more."""
    (town,) = invent_units(1, at=at)
    people_for([town], at=at, seed=seed + 1, password=None)
    return town


def _merge(town: Unit, at: dt.datetime) -> None:
    by = Actor.of(seat("anweiban.guanli"))
    heir = Unit.objects.get(code=HEIR)
    end_unit(unit=town, on=at.date(), successor=heir, follow=False, actor=by, at=at)
    people = Person.objects.filter(username__startswith=f"{town.code}.").order_by("username")
    close_accounts(people=people, actor=by, at=at)
