"""The way out of the house: a gateway for short messages on this machine. It is down on some days, refuses some numbers
for good, loses its answer now and then, and drops what it had before."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from django.conf import settings

from foundation.outbox import services
from tests.foundation.outbox.servers import Reply, Request, web

from .world import Year

READS = 0.25
WRONG = "5"  # numbers that end with it don't exist


@dataclass
class Gateway:
    """`delivered`: by the id that a message keeps at every try, the telephone and the words; `asked`: how often."""

    year: Year
    delivered: dict[str, tuple[str, str]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    strange: list[str] = field(default_factory=list)  # ids that came back with other words

    def __call__(self, request: Request) -> Reply:
        told = request.json
        one, words = told["id"], (told["phone"], told["text"])
        self.asked[one] += 1
        if down(self.year):
            return 503, b"busy"
        if told["phone"].endswith(WRONG):
            return 404, b"nobody"
        if self.delivered.setdefault(one, words) != words:
            self.strange.append(one)
        lost = self.year.chance("lost", self.year.today, words, self.asked[one]).random() < 0.05
        return (500, b"lost") if lost else (200, json.dumps({"code": 0}).encode())


def down(year: Year) -> bool:
    """A day of every month or so; once in June for three days."""
    bad = year.chance("gateway", year.today.toordinal() // 3 if year.today.month == 6 else year.today)
    return bad.random() < (0.1 if year.today.month == 6 else 0.04)


def read(year: Year) -> None:
    """Some look at their messages after lunch: what they have read by then is not sent to them any more."""
    for unit, seats in sorted(year.hands.items()):
        if (liaison := seats.get("liaison")) and year.chance("reads", unit, year.today).random() < READS:
            year.looked[liaison.person_id] = year.at(14)
            services.read(person=liaison.person_id, at=year.at(14))


def again(year: Year) -> None:
    """The office has everything sent once more that did not arrive. It doesn't arrive."""
    services.send_again(messages=None, actor=year.clerk, at=year.at(11, 10))


@contextmanager
def gateway(year: Year) -> Iterator[Gateway]:
    there = Gateway(year)
    with web(there) as address, pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "SMS_URL", address)
        yield there
