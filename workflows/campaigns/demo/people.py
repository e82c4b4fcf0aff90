"""Who plays: the county's units, invented ones beyond them, and somebody in every post."""

from __future__ import annotations

import datetime as dt
import json

from django.conf import settings

from foundation.organization.county import invent_units, load_county
from foundation.organization.models import Appointment, Person, Unit
from foundation.organization.people import people_for
from foundation.organization.seed import seed_days
from foundation.organization.services import save_days

PASSWORD = "anban-demo-2026"  # noqa: S105 - invented people on a demo of one's own
FIRST = ("hanguang", "nongye", "donghua", "yinghong")  # units the plan names, or that the accounts belong to
ACCOUNTS = (
    "anweiban.jingban", "anweiban.zhuren", "hanguang.lianluo", "hanguang.jingban", "hanguang.fenguan",
    "hanguang.zhuyao", "nongye.lianluo", "nongye.fenguan", "nongye.zhuyao", "anweiban.jingban2",
    "anweiban.shenji", "anweiban.guanli", "anweiban.lingdao",
)  # fmt: skip


def assemble(count: int, *, at: dt.datetime, seed: int, through: int | None = None) -> list[Unit]:
    """`count` units beside the office: the real ones first, invented ones up to it; with their people, and the working
    days of the years up to `through`, else the next."""
    county = load_county(at=at)
    office = [unit for unit in county if unit.kind == Unit.Kind.OFFICE]
    real = sorted((u for u in county if u not in office), key=lambda u: (u.code not in FIRST, u.order))
    named = [unit for code in FIRST for unit in real if unit.code == code]
    playing = [
        *(named if count < len(named) else _mixed(real))[:count],
        *invent_units(max(0, count - len(real)), at=at),
    ]
    for unit in real:
        if unit not in playing:  # stays in the address book, belongs to no group, so gets no task
            unit.groups.clear()
    people_for([*office, *playing], at=at, seed=seed, password=PASSWORD)
    for year in range(at.year, (through or at.year + 1) + 1):
        if days := seed_days(year):
            save_days(days, at=at)
    return playing


def _mixed(units: list[Unit]) -> list[Unit]:
    """Towns and departments in turn, so that a few units are both."""
    towns = [unit for unit in units if unit.kind != Unit.Kind.DEPARTMENT]
    others = [unit for unit in units if unit.kind == Unit.Kind.DEPARTMENT]
    pairs = [one for pair in zip(towns, others, strict=False) for one in pair]
    return pairs + [unit for unit in units if unit not in pairs]


def list_accounts() -> None:
    """For the sign-in page of the demo (foundation/organization/demo.py)."""
    there = set(Person.objects.filter(username__in=ACCOUNTS).values_list("username", flat=True))
    accounts = [name for name in ACCOUNTS if name in there]
    text = json.dumps({"password": PASSWORD, "accounts": accounts}, ensure_ascii=False, indent=2)
    (settings.DATA_DIR / "demo.json").write_text(text)


def seat(username: str, post: str | None = None) -> Appointment:
    found = Appointment.objects.filter(person__username=username).select_related("unit", "person")
    return (found.filter(post=post) if post else found).order_by("pk")[0]
