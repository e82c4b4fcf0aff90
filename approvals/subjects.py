"""What an approval is about, told from above: approvals knows no task, plan or document.

An app registers its subjects in AppConfig.ready. Everything here runs inside the approval's transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from foundation.organization.actors import Actor

from .engine.terms import Content


@dataclass(frozen=True)
class Settled:
    """An approval has ended; `result` is a state of Approval other than pending."""

    approval: int
    subject_id: int
    route: str  # code of the route
    result: str
    actor: Actor
    at: dt.datetime
    opinion: str = ""
    remarks: list[dict[str, str]] = field(default_factory=list)  # 部分退回: [{"part", "reason", "text"}]


@dataclass(frozen=True)
class Matter:
    """What a signer is shown: a template and its context, and the parts that can be returned singly."""

    template: str
    context: dict[str, Any]
    url: str
    parts: list[tuple[str, str]] = field(default_factory=list)  # [("attachment:7", "签到表.pdf")]


@dataclass(frozen=True)
class Subject:
    """`settle` moves the subjects of approvals that ended alike (same route and result, one or a hundred),
    `matter` shows one, `digest` says what its content is now."""

    settle: Callable[[list[Settled]], None]
    # The row, the digest of the content the approval is about, and of what the one who looks last decided on.
    matter: Callable[[int, str, str], Matter]
    digest: Callable[[int], str]
    # Held, all of them, before their approvals are touched (lock order: process, approval, subject, signers).
    lock: Callable[[list[int]], AbstractContextManager] | None = None
    # Item by item what the content of that digest says (its key → a digest of it); None where it has no items.
    # Without them a matter that was returned never goes on at the returner's step: it starts anew.
    items: Callable[[int, str], Content | None] = lambda pk, digest: None
    # The facts it declares, for the conditions of routes: their names and kinds (str, int or bool).
    facts: Mapping[str, type] = field(default_factory=dict)
    # Told of everybody who reads it, for matters that write their readers down.
    looked: Callable[[int, Actor, dt.datetime], None] = lambda pk, actor, at: None
    # Who may open the approval beside its signers and initiator: a condition on Approval.
    readers: Callable[[Any, Any], Q] = lambda actor, day: Q(pk=None)


SUBJECTS: dict[str, Subject] = {}


def register(label: str, subject: Subject) -> None:
    """`label` is the model's lower label: "tasks.task"."""
    SUBJECTS[label] = subject
