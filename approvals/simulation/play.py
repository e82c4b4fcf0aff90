"""The commands of a script, one after the other, and what became of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from foundation.journal.chain import canonical
from foundation.organization.templatetags.components import clock

from .. import engine
from ..engine.refusals import Refusal, Why, claimed_sentence, decided_sentence, own_sentence
from ..engine.routes import Person, Route
from ..engine.terms import (
    ApprovalState,
    Command,
    Content,
    Do,
    Holder,
    Kind,
    Link,
    Outcome,
    Result,
    Signer,
    State,
    To,
)
from .hall import Hall
from .script import BadScript, Line, Script

PROXIED = frozenset(Do) - {Do.WITHDRAW, Do.URGE, Do.RESUBMIT, Do.TICK, Do.VOID}


def simulate(route: Route, script: Script) -> dict[str, Any]:
    """Raises BadScript where an argument makes no sense for its command."""
    stage = Stage(route, script, Hall(script))
    results = [stage.play(n, line) for n, line in enumerate(script.lines)]
    state = stage.state
    return {"results": results, "outcome": state.result.value if state else Result.PENDING.value}


@dataclass
class Stage:
    route: Route
    script: Script
    hall: Hall
    state: ApprovalState | None = None
    acted: dict[int, dt.datetime] = field(default_factory=dict)  # when somebody acted on a row

    def play(self, n: int, line: Line) -> dict[str, Any]:
        verdict = self._submit(n, line) if line.do == "submit" else self._decide(n, line)
        if isinstance(verdict, Outcome):
            self._note(verdict.state, line)
            self.state = verdict.state
        refused = verdict if isinstance(verdict, Refusal) else None
        return {
            "ok": refused is None,
            "refusal": refused.code.value if refused else None,
            "says": self._says(refused, line) if refused else None,
            "state": self.state.result.value if self.state else "draft",
            "waiting": list(self._waiting(line)),
            "effects": list(_effects(verdict)) if isinstance(verdict, Outcome) else [],
        }

    def _note(self, after: ApprovalState, line: Line) -> None:
        """Rows on which somebody acted just now; what is taken back counts for nothing."""
        before = {row.key: row.by for row in self.state.signers} if self.state else {}
        for row in after.signers:
            if line.at and row.by is not None and before.get(row.key) is None:
                self.acted[row.key] = line.at

    def _says(self, refused: Refusal, line: Line) -> str:
        """Who was first, and when, as the product says it."""
        row = self.state.row(refused.signer) if self.state and refused.signer else None
        if row and row.person is not None and refused.code is Why.CLAIMED:
            return claimed_sentence(str(row.person))
        if (
            row is None
            or row.by is None
            or row.key not in self.acted
            or refused.code is not Why.ALREADY_DECIDED
        ):
            return refused.says
        when = clock(self.acted[row.key], line.at or self.acted[row.key])
        return f"{own_sentence(when) if row.by == line.by else decided_sentence(str(row.by), when)}。"

    def _submit(self, n: int, line: Line) -> Outcome | Refusal:
        if self.state is not None:
            returned = self.state.result is Result.RETURNED
            return Refusal(Why.RESUBMIT_INSTEAD if returned else Why.SUBMITTED)
        initiator = self.script.initiator
        if line.by != initiator:
            return Refusal(Why.NOT_THE_INITIATOR)
        items = {**self.script.items, **_changes(n, line)}
        content = _content({key: text for key, text in items.items() if text is not None})
        facts = line.args.get("facts")
        return engine.open_route(
            self.route, Holder(initiator, initiator), self.hall, line.args.get("drafters", ()),
            facts=self.script.facts if facts is None else facts, digest=_digest(content), content=content, at=line.at,
        )  # fmt: skip

    def _decide(self, n: int, line: Line) -> Outcome | Refusal:
        if self.state is None:
            return Refusal(Why.NOT_SUBMITTED)
        people = _many(line.args.get("people", line.args.get("to") if line.do != "return" else None))
        return engine.decide(self.state, self._command(n, line, people, self.state), self.hall)

    def _command(self, n: int, line: Line, people: list[Person], state: ApprovalState) -> Command:
        args, do = line.args, Do(line.do)
        changes = _changes(n, line) if do is Do.RESUBMIT else {}
        content = self._resubmitted(state, changes) if changes else {}
        return Command(
            do,
            line.by,
            self._owner(line, do, state),
            opinion=args.get("opinion", args.get("reason", "")),
            to=_target(n, args.get("to", To.INITIATOR.value)) if do is Do.RETURN else To.INITIATOR,
            people=tuple(Holder(person, person) for person in people),
            items=tuple(_item(one) for one in args.get("items", ())) if do is Do.RETURN else (),
            only=args.get("only", False),
            digest=_digest(content) if content else "",
            content=content,
            facts=args.get("facts"),
            at=line.at,
        )

    def _resubmitted(self, state: ApprovalState, items: Any) -> Content:
        """What was changed or added; null takes an item out."""
        changed = _content({key: text for key, text in items.items() if text is not None})
        kept = {key: value for key, value in state.contents[state.digest].items() if key not in items}
        return {**kept, **changed}

    def _owner(self, line: Line, do: Do, state: ApprovalState) -> Person | None:
        """For whom somebody acts: as they say, else themselves, else an absent signer whose proxy they are."""
        if "for" in line.args:
            return line.args["for"] if line.args["for"] in self._owners(line) else None
        if do not in PROXIED:
            return None
        mine = [row for row in state.signers if _theirs(row, do, line.by)]
        if any(row.person == line.by for row in mine):
            return None
        owners = self._owners(line)
        return next((row.person for row in mine if row.person in owners), None)

    def _owners(self, line: Line) -> list[Person]:
        name = self.route.name
        return [
            proxy.owner for proxy in self.script.proxies if proxy.to == line.by and proxy.holds(line.at, name)
        ]

    def _waiting(self, line: Line) -> Iterator[dict[str, Any]]:
        """Who can act: the signer, an adviser for their owner, and whoever stands for an absent signer."""
        state = self.state
        for row in state.open if state else ():
            owner = state.row(row.anchor or 0).person if state and row.link is Link.OPINION else None
            due = row.due.isoformat() if row.due else None
            yield {"step": row.step, "person": row.person, "for": owner, "due": due}
            for proxy in self.script.proxies:
                own = state is not None and proxy.to in state.authors
                if proxy.owner == row.person and proxy.holds(line.at, self.route.name) and not own:
                    yield {"step": row.step, "person": proxy.to, "for": row.person, "due": due}


def _theirs(row: Signer, do: Do, by: Person) -> bool:
    """A row on which this command could be about: what is open, what was copied, what `by` decided."""
    if do is Do.READ:
        return row.state is State.TO_READ
    if do is Do.TAKE_BACK:
        return row.by == by
    return row.state is State.OPEN


def _effects(outcome: Outcome) -> Iterator[dict[str, Any]]:
    for effect in outcome.effects:
        row = outcome.state.row(effect.signer) if effect.signer else None
        about = {"person": row.person} | ({"reason": row.reason} if row.reason else {}) if row else {}
        step = {} if effect.step is None else {"step": effect.step}
        ended = {"result": outcome.state.result.value} if effect.kind is Kind.ENDED else {}
        yield {"kind": effect.kind.value} | step | about | ended


def _content(items: Any) -> Content:
    return {key: sha256(text.encode(errors="surrogatepass")).hexdigest() for key, text in items.items()}


def _digest(content: Content) -> str:
    return sha256(canonical(dict(content)).encode(errors="surrogatepass")).hexdigest()


def _changes(n: int, line: Line) -> dict[str, str | None]:
    """What is sent, item by item: its text, or null where it is taken out."""
    items = line.args.get("items") or {}
    if not isinstance(items, dict):
        raise BadScript(
            f'SCRIPT 的 commands[{n}].args.items 不对：{line.do} 要写明各项的内容，如 {{"小结": "…"}}。'
        )
    return items


def _many(value: Any) -> list[Person]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _item(value: Any) -> str:
    return value["item"] if isinstance(value, dict) else value


def _target(n: int, value: Any) -> To | int:
    if type(value) is int:
        return value
    if value in list(To):
        return To(value)
    raise BadScript(f"SCRIPT 的 commands[{n}].args.to 不对：{value}，退回到 initiator、previous 或环节序号。")
