"""The ways out of the house, one module each; those that the settings name are open (docs/settings.md).

A channel takes a batch and says of each parcel what became of it, in its order, as it goes: what was said is kept even
if the next one hangs. It is told again what it may have had already, under the same id and in the same words, so that
the receiver can drop it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ..wishes import Contact, Wish


@dataclass(frozen=True)
class Parcel:
    """What one person is told at once by one channel: a sentence, or how many of each kind. No content, ever."""

    pk: int  # of the first message in it: the same at every try
    to: Contact
    title: str
    text: str
    url: str  # empty where the site has no public address

    @property
    def id(self) -> str:
        return f"anban-{self.pk}"


@dataclass(frozen=True)
class Outcome:
    """`error` is empty where it was taken. `final`: trying again would change nothing; `down`: it is the channel that
    failed, not this parcel."""

    error: str = ""
    final: bool = False
    down: bool = False


class Channel(Protocol):
    code: str
    name: str

    def configured(self) -> bool: ...

    def address(self, contact: Contact) -> str:
        """Empty where this person can't be reached by it."""
        ...

    def wish(self, urgent: bool) -> Wish:
        """Where a person has not chosen."""
        ...

    def send(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]: ...


def channels() -> list[Channel]:
    """Those that are open."""
    from . import mail, robot, sms, wecom

    every: list[Channel] = [mail.Mail(), wecom.Application(), robot.Robot(), sms.Gateway()]
    return [one for one in every if one.configured()]
