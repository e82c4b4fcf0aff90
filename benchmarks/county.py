"""A county of 500 units: campaigns of years that are over, one that runs, and its people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate, pairwise

from django.db import connection
from django.db.models import Max

from approvals.models import Approval, Signer
from foundation.journal.models import Entry
from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM
from foundation.organization.models import Appointment, Person, Unit, UnitGroup
from foundation.organization.posts import Post
from foundation.outbox.models import Cursor
from workflows.plans.models import Item, Period, Plan
from workflows.tasks.models import Submission, Task

from .patterns import Lot, Pattern
from .samples import ANNEXES, MIX, samples

CHINA = dt.timezone(dt.timedelta(hours=8))
SENT = dt.datetime(2026, 5, 20, 9, tzinfo=CHINA)
NOW = dt.datetime(2026, 6, 12, 10, 24, tzinfo=CHINA)  # a Friday
FIRST = dt.date(2026, 6, 1)  # of the running campaign something is due from here on
DAY = dt.timedelta(days=1)
SINCE = dt.date(2020, 1, 1)
TITLES = (
    "主题宣讲", "进企业", "进农村", "进社区", "进学校", "进家庭", "农机安全技能培训", "应急救援演练", "隐患随手拍", "安全咨询日", "警示教育",
    "消防通道清理", "燃气安全检查", "危化品专项检查", "道路交通宣传", "有限空间培训", "短视频征集",
    "月度活动总结和附件2《统计表》", "附件3《安排表》", "典型案例推荐",
)  # fmt: skip
ITEMS, ORDINARY = len(TITLES), len(TITLES) - len(ANNEXES)
KINDS = {"statistics": "report", "cases": "cases"}
AGO, WEEK = (
    30,
    7,
)  # days from the running campaign to the first that is over, and from one of those to the next


class County:
    """`archived` campaigns and one that runs, of `periods` periods; where it is `fresh`, nobody has handed in yet."""

    def __init__(self, units: int, archived: int, periods: int, fresh: bool) -> None:
        self.archived, self.periods, self.fresh = archived, periods, fresh
        self.office = Unit.objects.create(
            code="office", name="某市安委办", short_name="安委办", kind=Unit.Kind.OFFICE
        )
        self.units = _units(units)
        self.clerk, self.office_head, self.auditor = (
            _engage(post, [self.office]) for post in (Post.OFFICE_CLERK, Post.OFFICE_HEAD, Post.AUDITOR)
        )
        self.seats = {
            post.value: _engage(post, self.units) for post in (Post.LIAISON, Post.DEPUTY, Post.HEAD)
        }

    def load(self) -> int:
        """Set-wise; how many tasks."""
        patterns = samples(self, self._campaign("running", 1, FIRST + 29 * DAY), SENT)
        before = [self._campaign("archived", 1, FIRST - (AGO + WEEK * n) * DAY) for n in range(self.archived)]
        self.plan = self._campaign("running", self.periods, FIRST)
        running = self._lot(self.plan, 0, 1)
        with _unchecked():
            for pattern, where in _afoot(patterns, running, self.fresh):
                pattern.copy(running, where, whole=True)
            if before:
                over = self._lot(before[0], running.count, len(before))
                for pattern, where in _over(patterns, over):
                    pattern.copy(over, where, whole=False)
        _go_on()
        last = Entry.objects.aggregate(last=Max("pk"))["last"]
        Cursor.objects.update_or_create(pk=1, defaults={"upto": last})  # nobody is told of all this
        return running.count + len(before) * len(self.units) * ITEMS

    def _campaign(self, state: str, periods: int, first: dt.date) -> int:
        """Its items and periods follow each other, and those of the next campaign follow them."""
        values = {
            "title": "“安全生产月”活动方案", "text": "一、…", "organ": self.office, "state": state,
            "starts_on": SENT.date(), "ends_on": dt.date(2026, 12, 31),
        }  # fmt: skip
        (plan,) = create(Plan, values, actor=SYSTEM, at=SENT)
        items = Item.objects.bulk_create(_item(plan, n) for n in range(ITEMS))
        Period.objects.bulk_create(
            Period(
                item=item, due_on=first + (3 * n if periods == 1 else WEEK + (n * periods + p) % ITEMS) * DAY
            )
            for n, item in enumerate(items)
            for p in range(periods)
        )
        return plan

    def _lot(self, plan: int, before: int, campaigns: int) -> Lot:
        """Unit by unit of every period of every item of every campaign."""
        here = Item.objects.filter(plan=plan).earliest("pk")
        periods = 1 if before else self.periods
        period = f"((g.n - 1) / {len(self.units)})"  # from 0
        item, campaign = f"({period} / {periods})", f"({period} / {ITEMS * periods})"
        return Lot(
            len(self.units) * ITEMS * periods * campaigns, before, f"((g.n - 1) % {len(self.units)})",
            f"{plan} + {campaign}", f"{here.pk} + {item}", f"{here.periods.earliest('pk').pk} + {period}",
            f"({item} % {ITEMS})", f"{AGO} + {WEEK} * {campaign}" if before else "",
        )  # fmt: skip


def _units(count: int) -> list[Unit]:
    kinds = (Unit.Kind.TOWN, Unit.Kind.DEPARTMENT)
    units = Unit.objects.bulk_create(
        Unit(code=f"u{n}", name=f"第{n}镇", short_name=f"第{n}镇", initials=f"d{n}z", kind=kinds[n % 2], order=n)
        for n in range(count)
    )  # fmt: skip
    group = UnitGroup.objects.create(code="all_units", name="各单位", by_default=True)
    group.units.set(units)
    return units


def _engage(post: Post, units: list[Unit]) -> Appointment:
    """Somebody in each of the units; the first of them. Ids follow each other in the order of the units."""
    people = Person.objects.bulk_create(
        Person(username=f"{post}{n}", name=f"某{n}", initials=f"m{n}", password="!")
        for n in range(len(units))
    )
    seats = Appointment.objects.bulk_create(
        Appointment(person=one, unit=unit, post=post, start=SINCE)
        for one, unit in zip(people, units, strict=True)
    )
    for made in (people, seats):
        assert [row.pk for row in made] == list(range(made[0].pk, made[0].pk + len(made)))
    return seats[0]


def _item(plan: int, place: int) -> Item:
    annex = ANNEXES[place - ORDINARY] if place >= ORDINARY else "records"
    return Item(
        plan_id=plan, order=place + 1, number=str(place + 1), title=TITLES[place], kind=KINDS.get(annex, "activity"),
        text="结合实际开展活动，做到有方案、有记录、有照片、有总结。", deliverables=[annex],
    )  # fmt: skip


def _over(patterns: dict[str, Pattern], lot: Lot) -> Iterator[tuple[Pattern, str]]:
    """All archived."""
    yield patterns["archived"], f"{lot.place} < {ORDINARY}"
    for place, name in enumerate(ANNEXES, ORDINARY):
        yield patterns[name], f"{lot.place} = {place}"


def _afoot(patterns: dict[str, Pattern], lot: Lot, fresh: bool) -> Iterator[tuple[Pattern, str]]:
    """In all states, or only issued and received. Of the annexes what was handed in is archived."""
    mix = {"received": 10, "issued": 10} if fresh else MIX
    which = f"(({lot.unit} * 7 + {lot.period} * 3) % {sum(mix.values())})"
    for name, (first, end) in zip(mix, pairwise([0, *accumulate(mix.values())]), strict=True):
        here = f"{which} >= {first} AND {which} < {end}"
        open_ = name in ("received", "issued")
        yield patterns[name], here if open_ else f"{here} AND {lot.place} < {ORDINARY}"
        if not open_:
            for place, annex in enumerate(ANNEXES, ORDINARY):
                yield patterns[annex], f"{here} AND {lot.place} = {place}"


@contextmanager
def _unchecked() -> Iterator[None]:
    """What is copied names rows that are there; to look every one of them up takes longer than to write it."""
    off, on = {
        "postgresql": ("SET session_replication_role = replica", "SET session_replication_role = origin"),
        "sqlite": ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(off)
        yield
        cursor.execute(on)


def _go_on() -> None:
    """What the product writes from here on comes after the copies; SQLite does so by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in (Task, Entry, Approval, Signer, Submission):
                table = model._meta.db_table
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
                )
