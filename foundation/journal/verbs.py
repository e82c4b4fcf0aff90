"""Every verb of the journal with its Chinese sentence: one that is not here can't be written."""

from __future__ import annotations

from collections.abc import Mapping

VERBS: dict[str, str] = {}


def register(sentences: Mapping[str, str]) -> None:
    """Add verbs ("tasks.task.submit": "提交审批"); each is registered once."""
    for verb, says in sentences.items():
        if VERBS.get(verb, says) != says:
            raise ValueError(f"{verb} is registered twice")
        VERBS[verb] = says


def says(verb: str) -> str:
    return VERBS.get(verb, verb)


def known(verb: str) -> str:
    if verb not in VERBS:
        raise LookupError(f"journal verb {verb} is not registered (foundation/journal/verbs.py)")
    return verb
