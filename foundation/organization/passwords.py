"""Passwords that are handed out once and changed at the first sign-in."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import transaction

from .actors import SYSTEM, Actor
from .audit import tell
from .models import Person

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike on paper
ROUNDS = 1_000  # a random password needs no stretching; Django hashes anew at the first sign-in


def one_time() -> str:
    """Twelve random characters in groups of four, 59 bits: kf7m-2xqa-w9hd."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def until(at: dt.datetime) -> dt.datetime:
    """A slip that lies about is worth nothing after this."""
    return at + dt.timedelta(days=settings.ONE_TIME_DAYS)


def expired(person: Person, at: dt.datetime) -> bool:
    return bool(person.must_change_password and person.code_until and person.code_until < at)


@transaction.atomic
def hand_out(people: Iterable[Person], *, at: dt.datetime, actor: Actor = SYSTEM) -> dict[int, str]:
    """{person: password}, to be shown once. Whoever was locked out may try again at once."""
    rows, given = list(people), {}
    hasher = PBKDF2PasswordHasher()
    for person in rows:
        given[person.pk] = password = one_time()
        person.password = hasher.encode(password, hasher.salt(), iterations=ROUNDS)
        person.must_change_password, person.code_until = True, until(at)
    Person.objects.bulk_update(rows, ["password", "must_change_password", "code_until"], batch_size=200)
    AccessAttempt.objects.filter(username__in=[person.username for person in rows]).delete()
    if rows:
        tell("person.reset", actor=actor, at=at, data={"people": sorted(given)})
    return given


@transaction.atomic
def change_password(*, person: Person, password: str, at: dt.datetime, actor: Actor = SYSTEM) -> None:
    person.set_password(password)
    person.must_change_password, person.code_until = False, None
    person.save(update_fields=["password", "must_change_password", "code_until"])
    tell("person.password", actor=actor, at=at, data={"person": person.pk})
