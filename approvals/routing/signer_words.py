"""Who signs, as people say it: 本单位分管负责人, 人员组“专家组”, “初审”的办理人. Said, offered, and read back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import cached_property

from foundation.organization.models import Appointment, Person, Unit
from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS, Post
from foundation.organization.templatetags.components import seat as seat_words

from ..engine.routes import Group, Named, PostIn, Route, SignerOf, Superior, Who
from ..groups import SignerGroup, members_in_force
from ..lookup import FORMER, NAMED, NAMED_UNITS, OFFICE, POSTS, person_in, whos_in, whos_of

LEVELS = 5  # how many superiors up, as route_json reads it
OFFERED = 1_000  # phrases a page lists; all are understood
DECIDES = (Post.DEPUTY, Post.HEAD)  # whom to ask in a unit that the route names
SIGNS = (Post.OFFICE_HEAD, Post.HEAD)  # for the office
BY_NUMBER = re.compile(r"第(\d{1,2})(?:步|环节)的?办理人")
BY_NAME = re.compile(r"“(.+)“的?办理人")


class Directory:
    """Everybody whom a route could name on one day: four queries, whatever it names."""

    def __init__(self, day: dt.date, *routes: Route) -> None:
        self.units = {unit.code: unit for unit in Unit.objects.all()}
        held = Appointment.objects.in_force(day).select_related("person", "unit")
        self.seats = list(held.order_by("unit__order", "-acting", "start", "pk"))
        self.groups = {group.code: group for group in SignerGroup.objects.all()}
        self.manned = set(members_in_force(day).values_list("signergroup__code", flat=True))
        self.routes = routes
        self.words: dict[Who, str] = {}
        self._whos: dict[str, Who] = {}
        for who, words in self._words():
            if who not in self.words:
                self._learn(who, words)

    def _learn(self, who: Who, words: str) -> None:
        """Two rules never share their words, or a form would save one for the other."""
        if plain(words) in self._whos:
            words = f"{words}（{'，'.join(str(one) for one in asdict(who).values())}）"
        self.words[who] = words
        self._whos.setdefault(plain(words), who)

    def offers(self, steps: Sequence[str] = ()) -> list[str]:
        """What a page proposes, the usual first."""
        late = [f"“{name}”的办理人" for name in dict.fromkeys(steps) if name and steps.count(name) == 1]
        return (late + [words for who, words in self.words.items() if _usual(who)])[:OFFERED]

    def say(self, who: Who, steps: Sequence[str] = ()) -> str:
        """`steps`: the names of all steps in order; an earlier one is called by its name, so that it can move."""
        if isinstance(who, SignerOf):
            name = steps[who.signer_of - 1] if who.signer_of <= len(steps) else ""
            return f"“{name}”的办理人" if steps.count(name) == 1 else f"第{who.signer_of}步的办理人"
        return self.words.get(who, str(who))

    def read(self, phrase: str, steps: Sequence[str] = ()) -> Who | None:
        """The rule of that phrase, spaces and the width of brackets aside; None where there is no such one."""
        typed = plain(phrase)
        if found := BY_NUMBER.fullmatch(typed):
            return SignerOf(int(found[1]))
        named = BY_NAME.fullmatch(typed)
        places = [n for n, name in enumerate(steps, 1) if named and plain(name) == named[1]]
        return SignerOf(places[0]) if len(places) == 1 else self._whos.get(typed)

    def _words(self) -> Iterator[tuple[Who, str]]:
        yield from ((PostIn(post), f"本单位{post.label}") for post in Post)
        yield from ((PostIn(post, OFFICE), _of_office(post)) for post in Post)
        yield from ((PostIn(post, NAMED), f"{NAMED_UNITS}{post.label}") for post in UNIT_POSTS)
        yield from ((PostIn(post, FORMER), f"原签批的{_of_office(post)}") for post in Post)
        yield Superior(1), "发起人的上级"
        yield from ((Superior(n), f"发起人往上 {n} 级的上级") for n in range(2, LEVELS + 1))
        yield from ((Group(group.code), f"人员组“{group.name}”") for group in self.groups.values())
        yield from self._unit_words()
        yield from self._people_words()
        yield from self._strange_words()

    def _unit_words(self) -> Iterator[tuple[Who, str]]:
        for unit in self.units.values():
            ended = "（已撤销）" if unit.ended_on else ""
            yield from ((PostIn(post, unit.code), f"{unit.short_name}{ended}{post.label}") for post in Post)

    def _people_words(self) -> Iterator[tuple[Who, str]]:
        """Under the post in which they would be asked."""
        first: dict[int, Appointment] = {}
        for seat in self.seats:
            first.setdefault(seat.person_id, seat)
        yield from ((Named(seat.person_id), words) for words, seat in called(first.values()).items())

    def _strange_words(self) -> Iterator[tuple[Who, str]]:
        """What the routes name and nobody would: it keeps words of its own, so that no form loses it."""
        there = {seat.person_id for seat in self.seats}
        for who in (who for route in self.routes for who in whos_of(route)):
            if isinstance(who, PostIn) and (who.post not in POSTS or self._no_unit(who)):
                yield who, f"{who.of}的{who.post}（不存在）"
            elif isinstance(who, Group) and who.group not in self.groups:
                yield who, f"人员组“{who.group}”（不存在）"
            elif isinstance(who, Named) and who.person not in there:
                away = self._away.get(person_in(who) or 0)
                yield (
                    who,
                    f"{away.name}（{away.username}，不在任）" if away else f"人员 {who.person!r}（不存在）",
                )

    @cached_property
    def _away(self) -> dict[int, Person]:
        """Those named who hold no post on this day."""
        there = {seat.person_id for seat in self.seats}
        named = {person_in(who) for route in self.routes for who in whos_of(route)} - there - {None}
        return Person.objects.in_bulk(list(named)) if named else {}

    def _no_unit(self, who: PostIn) -> bool:
        return who.of not in ("unit", OFFICE, NAMED, FORMER) and who.of not in self.units

    def strangers(self, route: Route) -> list[str]:
        """Whom the route names and nobody answers to: the reader of its JSON can't know."""
        told = [(f"第{n}步", who) for n, step in enumerate(route.steps, 1) for who in whos_in(step)]
        told += [("撤回", route.withdraw_consent)] if route.withdraw_consent else []
        found = [(where, self._fault(who)) for where, who in told]
        return list(dict.fromkeys(f"{where}：{fault}" for where, fault in found if fault))

    def _fault(self, who: Who) -> str:
        if isinstance(who, PostIn):
            return self._post_fault(who)
        if isinstance(who, Group):
            group = self.groups.get(who.group)
            none = f"没有代码为“{who.group}”的人员组"
            return (f"人员组“{group.name}”没有在任的成员" * (who.group not in self.manned)) if group else none
        if isinstance(who, Named) and who.person not in {seat.person_id for seat in self.seats}:
            away = self._away.get(person_in(who) or 0)
            return f"{away.name}目前没有在任岗位" if away else f"没有编号或账号为“{who.person}”的人员"
        return ""

    def _post_fault(self, who: PostIn) -> str:
        if who.post not in POSTS:
            return f"没有“{who.post}”这个岗位"
        if self._no_unit(who):
            return f"没有编码为“{who.of}”的单位"
        unit = self.units.get(who.of)
        return f"{unit.short_name}已撤销" if unit and unit.ended_on else ""


def _usual(who: Who) -> bool:
    """Every post has its words; offered are those who sign."""
    if not isinstance(who, PostIn):
        return True
    return who.post in {"unit": UNIT_POSTS, OFFICE: OFFICE_POSTS, FORMER: SIGNS}.get(who.of, DECIDES)


def _of_office(post: Post) -> str:
    return post.label if post in OFFICE_POSTS else f"安委办{post.label}"


def seated(seat: Appointment) -> str:
    return f"{seat.person.name}（{seat_words(seat)}）"


def called(seats: Iterable[Appointment]) -> dict[str, Appointment]:
    """周晓岚（甲镇主要负责人）; two who share name and post are told apart by account."""
    found: dict[str, Appointment] = {}
    for seat in seats:
        words = seated(seat)
        found[f"{words[:-1]}，{seat.person.username}）" if words in found else words] = seat
    return found


def plain(words: str) -> str:
    """People type brackets and quotation marks of any width and side."""
    return "".join(words.split()).translate(_SAME)


_SAME = str.maketrans('()”"＂', "（）“““")
