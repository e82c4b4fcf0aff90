"""From the outbox out of the house: at least once, each time under the same id and in the same words.

A round claims what is due (as a job is claimed: it counts as lost after a while), sends without holding anything, and
writes down what became of each parcel as it hears it. What is told together is put together at the first try and stays
so: a repeat is the same message, not another one with the same id.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction as tx
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from foundation.jobs.queue import pause
from foundation.journal.batches import Batch

from .channels import Channel, Outcome, Parcel, channels
from .models import Message
from .outside import contacts_of
from .registry import name_of, sentence
from .wishes import Contact, Wish

MOST = 500  # messages of one claim
TRIES = 14  # the pauses between them grow to an hour: they fill about five hours
LOST = dt.timedelta(minutes=10)  # after a claim: whoever sent it is dead
DOWNS = 2  # in a row: the channel is left alone until the next round
State = Message.State
TOGETHER = Batch(Message, "parcel")
LONGEST_REST = dt.timedelta(minutes=10)


@dataclass
class Round:
    """What a round did: messages by what became of them, and until when each channel that is down is left alone."""

    told: Counter[str] = field(default_factory=Counter)
    resting: dict[str, Rest] = field(default_factory=dict)


class Rest(NamedTuple):
    until: str  # ISO
    times: int  # in a row


def send(at: dt.datetime, before: Mapping[str, Sequence[Any]] | None = None) -> Round:
    """Send what is due. `before`: the channels that rested after the last round; one that hangs must not hold a worker
    again and again."""
    done = Round()
    for channel in channels():
        rest = Rest(*(before or {}).get(channel.code, ("", 0)))
        if rest.until and dt.datetime.fromisoformat(rest.until) > at:
            done.resting[channel.code] = rest
            continue
        down = False
        while not down and (claimed := _claim(channel.code, at)):
            again = _later(rest, at)
            down = _send(channel, claimed, at, again, done.told)
            if down:
                done.resting[channel.code] = again
    return done


def _later(rest: Rest, at: dt.datetime) -> Rest:
    times = rest.times + 1
    return Rest((at + min(LONGEST_REST, pause(times + 1))).isoformat(), times)


@tx.atomic
def _claim(channel: str, at: dt.datetime) -> list[Message]:
    due = Message.objects.filter(state=State.WAITING, due__lte=at, channel=channel)
    if not due.exists():
        return []
    rows = list(due.select_for_update(skip_locked=True, of=("self",)).order_by("due", "pk")[:MOST])
    fresh = [one for one in rows if one.parcel is None]
    moot = _moot(fresh, channel, at) if fresh else set()
    _put_together([one for one in fresh if one.pk not in moot])
    claimed = Message.objects.filter(pk__in=[one.pk for one in rows if one.pk not in moot])
    claimed.update(due=at + LOST, tries=F("tries") + 1)
    return list(claimed.select_related("entry").order_by("parcel", "pk"))


def _moot(rows: list[Message], channel: str, at: dt.datetime) -> set[int]:
    """Who has read it on the site, or wants nothing by this channel by now, need not be told again; whose account is
    closed may not be."""
    same = Message.objects.filter(
        entry=OuterRef("entry"), person=OuterRef("person"), channel=Message.Channel.SITE
    )
    moot = Q(Exists(same.filter(read_at__isnull=False))) | Q(person__is_active=False)
    found = set(Message.objects.filter(moot, pk__in=[one.pk for one in rows]).values_list("pk", flat=True))
    contacts = contacts_of({one.person_id for one in rows})
    found |= {one.pk for one in rows if contacts[one.person_id].chosen(one.kind, channel) is Wish.OFF}
    Message.objects.filter(pk__in=found).update(state=State.SKIPPED, ended=at)
    return found


def _put_together(rows: Iterable[Message]) -> None:
    """Digests of one person and moment; the others each by itself."""
    groups = defaultdict(list)
    for one in rows:
        groups[(one.person_id, one.planned) if one.digest else one.pk].append(one.pk)
    TOGETHER.update([{"pk": pk, "parcel": min(pks)} for pks in groups.values() for pk in pks])


def _send(channel: Channel, rows: list[Message], at: dt.datetime, again: Rest, told: Counter[str]) -> bool:
    """Whether the channel is down: then what is left waits until it has rested."""
    same: dict[int | None, list[Message]] = defaultdict(list)
    for row in rows:
        same[row.parcel].append(row)
    contacts = contacts_of({row.person_id for row in rows})
    parcels = sorted((_packed(group, contacts[group[0].person_id]) for group in same.values()), key=_by_words)
    outcomes, downs, why = _outcomes(channel, [one for one in parcels if channel.address(one.to)]), 0, ""
    for one in parcels:
        group = same[one.pk]
        if not channel.address(one.to):
            told[_write(group, NOWHERE, at)] += len(group)
        elif downs < DOWNS and (outcome := next(outcomes, None)):
            downs, why = downs + 1 if outcome.down else 0, outcome.error
            told[_write(group, outcome, at)] += len(group)
        else:
            downs = DOWNS
            _leave(group, dt.datetime.fromisoformat(again.until), why)
            told["waiting"] += len(group)
    return downs > 0


def _by_words(one: Parcel) -> tuple[str, int]:
    return one.text, one.pk


NOWHERE = Outcome("没有这个渠道的地址，请本人在消息设置里补上。", final=True)


def _outcomes(channel: Channel, parcels: list[Parcel]) -> Iterator[Outcome]:
    """What breaks in a channel itself is that channel's failure, told without its words: they may hold a key."""
    try:
        yield from channel.send(parcels)
    except Exception as error:
        yield Outcome(f"渠道程序出错（{type(error).__name__}），请联系系统管理员。", down=True)


def _write(same: list[Message], outcome: Outcome, at: dt.datetime) -> str:
    rows, tries = Message.objects.filter(pk__in=[one.pk for one in same], state=State.WAITING), same[0].tries
    if not outcome.error:
        rows.update(state=State.SENT, ended=at, error="")
        return "sent"
    if outcome.final or tries >= TRIES:
        rows.update(state=State.FAILED, ended=at, error=outcome.error[:200])
        return "failed"
    rows.update(due=at + pause(tries), error=outcome.error[:200])
    return "waiting"


def _leave(same: list[Message], until: dt.datetime, why: str) -> None:
    """It was never tried: what is wrong is wrong with the channel."""
    rows = Message.objects.filter(pk__in=[one.pk for one in same], state=State.WAITING)
    rows.update(due=until, tries=same[0].tries - 1, error=why[:200])


def _packed(same: list[Message], contact: Contact) -> Parcel:
    first = same[0]
    alone = len(same) == 1
    path = first.get_absolute_url() if alone else reverse("messages")
    url = f"{settings.PUBLIC_URL.rstrip('/')}{path}" if settings.PUBLIC_URL else ""
    text = sentence(first.entry, first.kind) if alone else _digest(same)
    return Parcel(first.parcel or first.pk, contact, settings.OFFICE_NAME, text, url)


def _digest(same: list[Message]) -> str:
    counts = Counter(name_of(one.kind) for one in same)
    return (
        f"您有 {len(same)} 条消息：{'、'.join(f'{name} {count}' for name, count in sorted(counts.items()))}。"
    )
