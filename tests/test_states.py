"""A state has one writer, foundation/journal/moves.py: no other source sets the state of a journaled row."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from foundation.journal.models import Journaled
from tests.house import ROOT

ROOMS = ("approvals", "documents", "foundation", "workflows", "config")
MODELS = {model.__name__ for model in apps.get_models() if issubclass(model, Journaled)}
WRITERS = {"update", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update"}
KEPT = {"state", "journal_seq", "journal_head"}


def sources() -> Iterator[Path]:
    for room in ROOMS:
        yield from (path for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts)


def name_of(node: ast.AST) -> str:
    """The name at the root of a chain: Task.objects.filter(…) -> Task."""
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def offences(text: str) -> list[int]:
    """Lines that make, change, save or delete rows of a journaled model past the journal."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else name_of(node.func)
            root, words = name_of(node.func), {word.arg for word in node.keywords}
            manager = root in MODELS and called in WRITERS and isinstance(node.func, ast.Attribute)
            makes = manager and called not in ("update", "bulk_update") and root != "Book"
            changes = manager and bool(words & KEPT)
            if makes or changes or (root in MODELS and called == "delete"):
                found.append(node.lineno)
            # rows at hand: Task(…).save() has no business here either
            if isinstance(node.func, ast.Name) and node.func.id in MODELS and words & KEPT:
                found.append(node.lineno)
        if isinstance(node, ast.Assign):
            targets = [one for one in node.targets if isinstance(one, ast.Attribute)]
            if any(one.attr in KEPT - {"state"} for one in targets):
                found.append(node.lineno)
    return found


@pytest.mark.parametrize("path", list(sources()), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_source_writes_a_state_past_the_journal(path):
    assert offences(path.read_text()) == []


@pytest.mark.parametrize(
    "text",
    [
        "Task.objects.filter(pk=1).update(state='archived')",
        "Plan.objects.create(title='x')",
        "Approval.objects.bulk_create([one])",
        "Document.objects.filter(pk=1).delete()",
        "row.journal_head = ''",
    ],
)
def test_the_scan_finds_such_a_line(text):
    assert offences(text) == [1]
