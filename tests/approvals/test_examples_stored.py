"""The examples of `approvals simulate` once more, through the services and the database: the same answers.

What they do is stored as the difference of two states and read back before every command; so whatever a column
forgot would show here.
"""

import datetime as dt
import json
from collections.abc import Iterator

import pytest
from django.utils.dateparse import parse_datetime

from approvals import services, store
from approvals.models import Approval, Proxy, Signer
from approvals.simulation import script as scripts
from foundation.journal.verify import first_bad
from foundation.organization.actors import SYSTEM, Actor
from foundation.organization.models import Appointment, Day, Person, Unit
from foundation.organization.refusals import Refused
from tests.house import ROOT

from .conftest import make_route

pytestmark = pytest.mark.django_db
EXAMPLES = ROOT / "docs/examples/approvals"
# What stands in the database otherwise: superiors follow from posts; content is the subject's.
OTHERWISE = ("superior", "group", "resubmit", "items")
KINDS = {"town": "town", "office": "office"}


def told(name: str) -> str:
    return "".join((EXAMPLES / f"{name}.{kind}.json").read_text() for kind in ("route", "script"))


def plain(name: str) -> bool:
    route = json.loads((EXAMPLES / f"{name}.route.json").read_text())
    lines = json.loads((EXAMPLES / f"{name}.script.json").read_text())["commands"]
    used = json.dumps(route) + "".join(line["do"] + json.dumps(line.get("args", "")) for line in lines)
    return not any(f'"{word}"' in used or word in {line["do"] for line in lines} for word in OTHERWISE)


NAMES = sorted(path.name.removesuffix(".route.json") for path in EXAMPLES.glob("*.route.json"))
PLAIN = [name for name in NAMES if plain(name) and name != "own-matter-superior"]


def named_in(script: scripts.Script) -> Iterator[str]:
    """Everybody a script names."""
    yield script.initiator
    for person, boss in script.superior.items():
        yield from (person, boss)
    for proxy in script.proxies:
        yield from (proxy.owner, proxy.to)
    for line in script.lines:
        named = line.args.get("people", line.args.get("to", [])) if line.do != "return" else []
        yield from [line.by] if line.by else []
        yield from named if isinstance(named, list) else [named]


class Stage:
    """The people of a script as appointments; each holds one post, those of no post are members of the town."""

    def __init__(self, name: str) -> None:
        self.script = scripts.read(json.loads((EXAMPLES / f"{name}.script.json").read_text()))
        self.units = {
            code: Unit.objects.create(code=code, name=code, short_name=code, kind=kind)
            for code, kind in KINDS.items()
        }
        self.seats: dict[str, Appointment] = {}
        for place, people in self.script.holders.items():
            for person in people:
                self.sit(person, *place.split(":"))
        for person in named_in(self.script):
            self.sit(person, "town", "handler")
        for day, works in self.script.calendar.days.items():
            Day.objects.create(date=day, works=works)
        for proxy in self.script.proxies:
            owner, to = self.seats[proxy.owner], self.seats[proxy.to]
            Proxy.objects.create(owner=owner, to=to, start=proxy.start, end=proxy.end, made_by=owner)
        make_route(self.named(json.loads((EXAMPLES / f"{name}.route.json").read_text())))
        self.approval = 0

    def named(self, route: dict) -> dict:
        """The people a route names are ids here."""
        for step in route["steps"]:
            step["who"] = [
                {"person": self.seats[who["person"]].person_id} if "person" in who else who
                for who in step["who"]
            ]
        return route

    def sit(self, person: str, unit: str, post: str) -> None:
        if person not in self.seats:
            row, _ = Person.objects.get_or_create(username=person, name=person)
            self.seats[person] = Appointment.objects.create(
                person=row, unit=self.units[unit], post=post, start=dt.date(2026, 1, 1)
            )

    def play(self, line: scripts.Line) -> str:
        """The sentence of the refusal, empty where it went."""
        try:
            self.act(line)
        except Refused as refusal:
            return str(refusal)
        return ""

    def act(self, line: scripts.Line) -> None:
        at = line.at or parse_datetime("2026-06-01T09:00+08:00")
        if line.do == "tick":
            services.tick(at=at)
        elif line.do == "submit":
            self.approval = services.start(
                route="test", subject="test.matter", subject_id=1, title="月报", brief="",
                unit=self.units["town"].pk, digest="d", actor=Actor.of(self.seats[line.by]), at=at,
                facts=self.script.facts,
            )  # fmt: skip
        elif not self.approval:
            raise Refused("此件还没有提交审批。")
        elif line.do == "withdraw":
            services.withdraw(approval_id=self.approval, actor=Actor.of(self.seats[line.by]), at=at)
        else:
            self.decide(line, at)

    def decide(self, line: scripts.Line, at: dt.datetime) -> None:
        people = line.args.get("people", line.args.get("to") if line.do != "return" else None) or []
        people = people if isinstance(people, list) else [people]
        services.decide(
            approval_id=self.approval, actor=Actor.of(self.seats[line.by]), at=at, do=line.do,
            opinion=line.args.get("opinion", ""), people=[self.seats[person].pk for person in people],
            to=line.args.get("to", "initiator") if line.do == "return" else "initiator",
        )  # fmt: skip

    def waiting(self) -> list[tuple[int, str]]:
        rows = Signer.objects.filter(approval=self.approval, state="open").order_by("key")
        return list(rows.values_list("step", "appointment__person__name"))


@pytest.mark.parametrize("name", PLAIN)
def test_it_goes_as_the_example_says(name, told):
    stage = Stage(name)
    expected = json.loads((EXAMPLES / f"{name}.expected.json").read_text())
    for line, result in zip(stage.script.lines, expected["results"], strict=True):
        says = stage.play(line)
        assert bool(says) == bool(result["refusal"]), (line, says, result)
        if result["refusal"] not in (
            None,
            "already_decided",
            "claimed",
            "post_empty",
        ):  # they name people and posts
            assert says == result["says"], line
        seated = [one for one in result["waiting"] if one["for"] is None or one["person"] in asked(stage)]
        own = [(one["step"], one["person"]) for one in seated if not stands_in(stage, one)]
        assert stage.waiting() == own, line
    if stage.approval:
        approval = Approval.objects.get(pk=stage.approval)
        assert approval.state == expected["outcome"]
        assert store.state_of(
            approval, store.signers_of([approval.pk], SYSTEM, dt.date(2026, 6, 1))[approval.pk]
        )
    assert first_bad()[1] is None


def asked(stage: Stage) -> set[str]:
    return {name for _, name in stage.waiting()}


def stands_in(stage: Stage, one: dict) -> bool:
    """A proxy has no row of their own."""
    return any(proxy.to == one["person"] and proxy.owner == one["for"] for proxy in stage.script.proxies)


def test_nearly_all_examples_are_played():
    assert len(PLAIN) > len(NAMES) * 0.7
