"""docs/glossary.md has every choice of every model, every verb, every word of the engine: as people see it."""

import inspect
import re
from enum import StrEnum

import pytest
from django.apps import apps
from django.db.models import TextChoices

from approvals.engine import routes, terms
from foundation.journal.verbs import VERBS
from tests.house import ROOT

ROOMS = ("foundation", "approvals", "documents", "workflows")
ROW = re.compile(r"^\| ([^|]+) \| [^|]+ \| `([^`]+)`", re.MULTILINE)


def rows() -> dict[str, set[tuple[str, str]]]:
    """{heading: {(中文, code)}}"""
    parts = re.split(r"^## (.+)$", (ROOT / "docs/glossary.md").read_text(), flags=re.MULTILINE)
    return {head: set(ROW.findall(text)) for head, text in zip(parts[1::2], parts[2::2], strict=True)}


KNOWN = rows()
OURS = [model for model in apps.get_models() if model.__module__.split(".")[0] in ROOMS]


def choices(model) -> set[tuple[str, str]]:
    """Those of our own enums, not of a library's."""
    fields = (field for field in model._meta.get_fields() if getattr(field, "choices", None))
    return {
        (str(label), str(code))
        for field in fields
        for code, label in field.flatchoices
        if str(code).islower()
    }


@pytest.mark.parametrize(
    "model", [model for model in OURS if choices(model)], ids=lambda model: model._meta.label
)
def test_every_choice_of_a_model_stands_under_its_room(model):
    assert choices(model) <= KNOWN[model._meta.app_label]


def test_every_enum_that_is_no_field_stands_there_too():
    from workflows.plans.deliverables import Deliverable

    enums: list[type[TextChoices]] = [Deliverable]
    assert {(label, code) for enum in enums for code, label in enum.choices} <= KNOWN["plans"]


def test_every_word_of_the_approval_engine_stands_under_approvals():
    modules = (routes, terms)
    enums = [e for m in modules for _, e in inspect.getmembers(m, inspect.isclass) if issubclass(e, StrEnum)]
    told = {terms.Why, terms.Kind, routes.Op}  # sentences, what happens inside, signs
    words = {
        member.value for enum in enums if enum not in told | {StrEnum} for member in enum if member.value
    }
    assert words <= {code for _, code in KNOWN["approvals"]}


def test_every_verb_of_the_journal_has_its_sentence():
    known = set().union(*KNOWN.values())
    # The tests' own models register theirs too.
    ours = {verb for verb in VERBS if verb.split(".")[0] in {m._meta.app_label for m in OURS}}
    assert {(VERBS[verb], verb) for verb in ours} - known == set()


def test_nothing_stands_there_that_is_no_verb():
    verbs = {code for found in KNOWN.values() for _, code in found if code.count(".") > 1}
    assert verbs <= set(VERBS)
