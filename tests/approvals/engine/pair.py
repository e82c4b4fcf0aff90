"""The engine and the model side by side: opened on one case, led by one command, held against each other."""

from __future__ import annotations

from approvals.engine import decide
from approvals.routes import Route
from approvals.terms import ApprovalState, Command, Outcome, Refusal

from .hall import HALL, opening
from .model import Model, opened_model


def start(
    path: Route, initiator: str, drafters: str, superiors: dict[str, str]
) -> tuple[ApprovalState, Model] | None:
    """Both of them opened, None where both refuse alike."""
    result = opening(path, initiator, drafters, **superiors)
    model = opened_model(path, initiator, drafters, superiors)
    if isinstance(model, str):
        assert isinstance(result, Refusal)
        assert result.code == model
        return None
    assert isinstance(result, Outcome)
    assert facts(result.state) == model_facts(model)
    return result.state, model


def follow(state: ApprovalState, model: Model, command: Command) -> Outcome | Refusal:
    """What the engine makes of the command, after the model (which moves on) made the same of it."""
    result, refusal = decide(state, command, HALL), model.attempt(command)
    if refusal is None:
        assert isinstance(result, Outcome), (command, result)
        assert facts(result.state) == model_facts(model), command
    else:
        late = {"already_decided", "ended"}
        assert isinstance(result, Refusal), (command, refusal)
        assert result.code in (late if refusal == "too late" else {refusal}), (command, refusal)
    return result


def facts(state: ApprovalState) -> tuple:
    """What both must say: the result, the step, who is asked, who said yes and how."""
    said = [
        (row.step - 1, row.person, "auto" if row.by is None else "own" if row.by == row.person else "proxy")
        for row in state.signers
        if row.state == "agreed"
    ]
    return state.result.value, (state.step or 0) - 1, [row.person for row in state.open], sorted(said)


def model_facts(model: Model) -> tuple:
    said = [
        (where, who, "own" if how == "human" else how) for _, where, who, how in model.said if how != "no"
    ]
    at = model.at if model.result == "pending" else -1
    return model.result, at, model.asked(), sorted(said)
