"""The engine and the model side by side: opened on one case, led by one command, held against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from approvals.engine import decide
from approvals.engine.routes import Route
from approvals.engine.terms import UNDONE, ApprovalState, Command, Link, Outcome, Refusal, Signer, State

from .hall import START, Hall, opening
from .model import Model, opened_model
from .model.voices import Table, Voice

SAID = {
    State.AGREED: "yes",
    State.REJECTED: "no",
    State.ABSTAINED: "abstain",
    State.RETURNED: "returned",
    State.OPINED: "opined",
    State.PASSED: "passed",
}


def start(
    path: Route, initiator: str, drafters: str, superiors: dict[str, str], facts: Any = None, says: str = ""
) -> tuple[ApprovalState, Model] | None:
    """Both of them opened, None where both refuse alike."""
    result = opening(path, initiator, drafters, facts, says, **superiors)
    model = opened_model(path, initiator, drafters, superiors, facts, says, START)
    if isinstance(model, set):
        assert isinstance(result, Refusal)
        assert result.code in model
        return None
    assert isinstance(result, Outcome), result
    compare(result.state, model)
    return result.state, model


def follow(state: ApprovalState, model: Model, command: Command) -> Outcome | Refusal:
    """What the engine makes of the command, after the model (which moves on) made the same of it."""
    hall = Hall(model.superiors, model.initiator)
    result, refusal = decide(state, command, hall), model.attempt(command)
    if refusal:
        assert isinstance(result, Refusal), (command, result, refusal)
        assert result.code in refusal, (command, result, refusal)
    else:
        assert isinstance(result, Outcome), (command, result)
        compare(result.state, model)
    return result


def compare(state: ApprovalState, model: Model) -> None:
    of_engine, of_model = facts(state), model_facts(model)
    for name, fact in of_engine.items():
        assert fact == of_model[name], f"{name}: engine {fact}, model {of_model[name]}"


def facts(state: ApprovalState) -> dict[str, Any]:
    """What both must say: the result, the step, who is asked and waits, who said what and how, who reads."""
    rows = [row for row in state.signers if row.link not in (Link.COPY, Link.CONSENT)]

    def those(fit: Callable[[Signer], Any]) -> list[tuple]:
        return ordered((row.step, row.person) for row in rows if fit(row))

    return {
        "result": state.result,
        "step": state.step,
        "asked": those(lambda row: row.state is State.OPEN),
        "waiting": those(lambda row: row.state is State.WAITING),
        "skipped": those(lambda row: row.state is State.SKIPPED),
        "said": ordered(said(row) for row in rows if row.state in SAID),
        "claims": ordered(
            (row.step, row.person, row.claim) for row in rows if row.claim and row.state in UNDONE
        ),
        "clock": ordered((row.person, row.opened, row.nudge, row.urged) for row in state.asked),
        "consent": [
            (row.person, row.urged) if row.state in UNDONE else said(row)[1:4]
            for row in state.signers
            if row.link is Link.CONSENT and row.state is not State.SKIPPED
        ],
        "to read": copies(state, State.TO_READ),
        "read": copies(state, State.READ),
    }


def said(row: Signer) -> tuple:
    spoke = "system" if row.by is None else "own" if row.by == row.person else "proxy"
    return row.step, row.person, SAID[row.state], spoke, row.digest


def copies(state: ApprovalState, how: State) -> list[tuple]:
    return ordered(
        (row.step, row.person) for row in state.signers if (row.link, row.state) == (Link.COPY, how)
    )


def model_facts(model: Model) -> dict[str, Any]:
    course, pending = model.course, model.result == "pending"
    here = seats(course.tables) if pending else []
    undone = [
        (number, voice) for number, table, voice in here if number >= course.at and voice in table.undone
    ]
    every = seats(course.tables + course.past + model.past)
    ended = [(number, voice) for number, _, voice in every if voice.away or not voice.said]
    consents = [
        one.answer or (person, one.urged.get(person))
        for one in model.consents
        for person in ([None] if one.answer else one.people if one is model.consent else [])
    ]
    return {
        "result": model.result,
        "step": course.at if pending else None,
        "asked": persons((number, voice) for number, voice in undone if voice in course.asked),
        "waiting": persons((number, voice) for number, voice in undone if voice not in course.asked),
        "skipped": persons(one for one in ended if one not in undone),
        "said": ordered(
            (number, voice.person, voice.said, "system" if voice.spoke == "again" else voice.spoke, voice.saw)
            for number, _, voice in every
            if voice.said
        ),
        "claims": claims(course.table) if pending else [],
        "clock": ordered((voice.person, voice.since, voice.nudge, voice.urged) for voice in course.asked),
        "consent": consents,
        "to read": ordered(one[1:] for one, read in model.copies.items() if not read),
        "read": ordered(one[1:] for one, read in model.copies.items() if read),
    }


def claims(table: Table) -> list[tuple]:
    free = [(table.number, one.person, "free") for one in table.asked if table.free(one)]
    holder = table.holder
    held = [(table.number, holder.person, "held")] if holder and holder.silent else []
    return ordered(free + held)


def seats(tables: list[Table]) -> list[tuple[int, Table, Voice]]:
    return [(table.number, table, voice) for table in tables for voice in table.voices]


def persons(voices: Iterable[tuple[int, Voice]]) -> list[tuple]:
    return ordered((number, voice.person) for number, voice in voices)


def ordered(rows: Iterable[tuple]) -> list[tuple]:
    return sorted(rows, key=repr)
