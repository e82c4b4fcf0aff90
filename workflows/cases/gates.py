"""What has to be so before a step, and what is missing: the lawful order of a case. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from documents.layout.dates import chinese_date
from foundation.organization.calendar import WorkCalendar

from .counting import last_moment
from .events import Event, first_after, happened
from .pack import Gate, Pack, Paper


@dataclass(frozen=True)
class Officer:
    name: str
    qualified: bool = True  # 执法资格


@dataclass(frozen=True)
class Matter:
    """Of a case what gates ask for. `file`: paper → it is there, or the reason why it isn't."""

    flags: frozenset[str] = frozenset()
    officers: tuple[Officer, ...] = ()
    reviewer: str = ""
    file: Mapping[str, bool | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """`why` and `cites` are empty where the step is allowed."""

    event: Event
    why: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        return not self.why


@dataclass(frozen=True)
class Scene:
    """Everything that is known when one step is judged; `told` is in order of time."""

    pack: Pack
    matter: Matter
    told: Sequence[Event]
    calendar: WorkCalendar
    event: Event

    def said(self, step: str) -> str:
        return self.pack.steps[step].name

    def before(self, step: str) -> bool:
        return happened(self.told, step, self.event.at)

    def later(self, step: str) -> Event | None:
        return first_after(self.told, (step,), self.event.at)


def judge(pack: Pack, matter: Matter, told: Sequence[Event], event: Event, calendar: WorkCalendar) -> Verdict:
    """Whether `event` is lawful at its time among all that happened, with every reason why not."""
    scene = Scene(pack, matter, [one for one in told if one is not event], calendar, event)
    found = [
        (why, gate.cites)
        for gate in pack.gates
        if _counts(gate, scene)
        for why in TESTS[gate.kind](gate, scene)
    ]
    found += [(why, ()) for why in _after_the_end(scene)]
    cites = [cite for _, cites in found for cite in cites]
    return Verdict(event, tuple(dict.fromkeys(why for why, _ in found)), tuple(dict.fromkeys(cites)))


def effective(pack: Pack, events: Iterable[Event]) -> list[Event]:
    """Those that count, in order.

    What was done by somebody who has no power to starts and ends nothing.
    """
    told = list(events)
    by = [(gate.step, gate.value) for gate in pack.gates if gate.kind == "by"]
    void = [
        one for one in told if one.post and any(step == one.step and one.post not in may for step, may in by)
    ]
    return in_order(pack, (one for one in told if one not in void))


def in_order(pack: Pack, events: Iterable[Event]) -> list[Event]:
    """By time; of one moment as the pack lists the steps, what is none of them first."""
    order = {step: n for n, step in enumerate(pack.steps)}
    return sorted(events, key=lambda one: (one.at, order.get(one.step, -1)))


def _counts(gate: Gate, scene: Scene) -> bool:
    if gate.step != scene.event.step:
        return False
    return set(gate.when) <= scene.matter.flags and (not gate.after or scene.before(gate.after))


def _after_the_end(scene: Scene) -> Iterator[str]:
    step = scene.pack.steps[scene.event.step]
    for one in scene.told:
        ended = scene.pack.steps[one.step]
        if ended.ends == step.track and one.at < scene.event.at and not step.late:
            yield f"{_on(ended.name, one.at)}之后，不能再{_on(step.name, scene.event.at)}"


def _on(name: str, at: dt.datetime) -> str:
    return f"“{name}”（{chinese_date(at)} {at:%H:%M}）"


# One test a kind: yields why not.


def _by(gate: Gate, scene: Scene) -> Iterator[str]:
    """Where it is not known who did it, nothing can be said against it."""
    if scene.event.post and scene.event.post not in gate.value:
        yield gate.why


def _needs(gate: Gate, scene: Scene) -> Iterator[str]:
    for step in gate.value:
        if not scene.before(step):
            yield _order(gate, scene, step)


def _order(gate: Gate, scene: Scene, step: str) -> str:
    """Recorded, but with a later date: both are named."""
    late = scene.later(step)
    if late is None:
        return gate.why
    return f"{gate.why}：{_on(scene.said(step), late.at)}晚于{_on(scene.said(gate.step), scene.event.at)}"


def _needs_one(gate: Gate, scene: Scene) -> Iterator[str]:
    if not any(scene.before(step) for step in gate.value):
        late = next((step for step in gate.value if scene.later(step)), None)
        yield _order(gate, scene, late) if late else gate.why


def _officers(gate: Gate, scene: Scene) -> Iterator[str]:
    least, qualified = gate.value
    fit = {one.name for one in scene.matter.officers if one.qualified or not qualified}
    if len(fit) < least:
        yield f"{gate.why}（现有 {len(fit)} 名）"


def _reason(gate: Gate, scene: Scene) -> Iterator[str]:
    if not scene.event.reason.strip():
        yield gate.why


def _file(gate: Gate, scene: Scene) -> Iterator[str]:
    done = {one.step for one in scene.told if one.at <= scene.event.at}
    if missing := missing_papers(scene.pack, scene.matter, done):
        yield f"{gate.why}：{'、'.join(one.name for one in missing)}"


def missing_papers(pack: Pack, matter: Matter, done: Collection[str]) -> list[Paper]:
    """Neither there nor excused with a reason."""
    return [
        one for one in pack.file if not matter.file.get(one.code) and (not one.after or one.after in done)
    ]


def _reviewer(gate: Gate, scene: Scene) -> Iterator[str]:
    if scene.matter.reviewer and scene.matter.reviewer in {one.name for one in scene.matter.officers}:
        yield gate.why


def _since(gate: Gate, scene: Scene) -> Iterator[str]:
    """So much time has to lie between."""
    step, limit = gate.value
    for one in scene.told:
        if one.step == step and one.at <= scene.event.at:
            first = last_moment(limit, one.at, scene.calendar)
            if first and scene.event.at <= first:
                yield f"{gate.why}：{_on(scene.said(step), one.at)}，{_on(scene.said(gate.step), scene.event.at)}"


def _pending(gate: Gate, scene: Scene) -> Iterator[str]:
    if pending(gate, [one for one in scene.told if one.at <= scene.event.at]):
        yield gate.why


def pending(gate: Gate, told: Iterable[Event]) -> bool:
    """What was begun last has no result yet, whatever became of an earlier one; `told` is in order of time."""
    begun, ends = gate.value
    last = [one.step for one in told if one.step in (*begun, *ends)][-1:]
    return bool({*last} & {*begun})


TESTS: dict[str, Callable[[Gate, Scene], Iterator[str]]] = {
    "by": _by, "needs": _needs, "needs_one": _needs_one, "officers": _officers, "reason": _reason, "file": _file,
    "reviewer": _reviewer, "since": _since, "pending": _pending,
}  # fmt: skip
