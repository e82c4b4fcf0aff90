"""The checker reads stored rows as it reads a CASE.json; articles as people type them; articles out of force."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import actor
from workflows.cases.management.commands.check_case import answered
from workflows.cases.management.commands.check_case import told as check_case
from workflows.cases.models import Act, Case, Decision, Party
from workflows.cases.parties.told import rows_of, told_of
from workflows.cases.penalties.articles import article_said, article_typed
from workflows.cases.penalties.in_force import out_of_force
from workflows.cases.register import open_case
from workflows.cases.rule_words import FACTS, ROLES, STAGES

from .hall import PACK
from .test_register import NOW, about

DAY, WORKS = dt.date(2026, 3, 20), "某厂"
ARTICLES = ["97", "99(4)", "94-1", "94", "95", "100", "102", "103", "112", "114", "省条例-30"]
stages = st.sampled_from(["", *STAGES])
persons = st.builds(
    dict, of=st.booleans(), role=st.sampled_from(["", *ROLES]), income=st.none() | st.integers(0, 500_000)
)
acts = st.builds(dict, article=st.sampled_from(["", *ARTICLES]), stage=stages)
decisions = st.builds(
    dict, party=st.integers(0, 3), act=st.integers(0, 1), article=st.sampled_from(ARTICLES), stage=stages,
    amount=st.integers(0, 300_000), gains=st.sampled_from([0, 99_999, 100_000]), effective=st.booleans(),
    apart=st.booleans(),
)  # fmt: skip
harms = st.builds(dict, dead=st.integers(0, 3), injured=st.integers(0, 10), loss=st.sampled_from([0, 10**6, 10**7]))  # fmt: skip


def write(case: Case, by: int, people, done, made) -> list[str]:
    """The facts as rows; the ids of the parties."""
    kept = {"case": case, "by_id": by}
    works = Party.objects.create(kind="entity", name=WORKS, **kept)
    there = [works]
    for one in people:
        told = one | {"of": works if one["of"] else None}
        there.append(Party.objects.create(kind="person", name="某人", **kept, **told))
    acts = [Act.objects.create(text="违法", **kept, **one) for one in done]
    for n, one in enumerate(made):
        told = {key: one[key] for key in ("article", "stage", "amount", "gains")}
        Decision.objects.create(
            number=f"{n}", date=DAY, party=there[one["party"] % len(there)], act=acts[one["act"]],
            annulled_on=None if one["effective"] else DAY, apart="另一行为" if one["apart"] else "", **kept, **told,
        )  # fmt: skip
    return [str(one.pk) for one in there]


def document(parties: list[str], people, done, made, facts, principal) -> dict[str, Any]:
    """The same facts as a CASE.json, under the same ids. A decision that is told apart is for an act of its own."""
    persons = [
        said({"id": pk, "kind": "person", "name": "某人"} | one | {"of": parties[0] if one["of"] else ""})
        for pk, one in zip(parties[1:], people, strict=True)
    ]
    acts = [said({"id": f"a{n}"} | one) for n, one in enumerate(done)]
    acts += [{"id": f"apart{n}"} for n, one in enumerate(made) if one["apart"]]
    told = []
    for n, one in enumerate(made):
        kept = {key: one[key] for key in ("article", "stage", "amount", "gains", "effective")}
        act = f"apart{n}" if one["apart"] else f"a{one['act']}"
        party = parties[one["party"] % len(parties)]
        told.append(said(kept | {"number": f"{n}", "date": str(DAY), "party": party, "act": act}))
    return {
        "at": str(DAY), "options": {"principal": principal}, "facts": facts, "acts": acts, "decisions": told,
        "parties": [{"id": parties[0], "kind": "entity"}, *persons],
    }  # fmt: skip


def said(told: dict[str, Any]) -> dict[str, Any]:
    """Without what is not told: the schema takes no empty words."""
    return {key: value for key, value in told.items() if value is not None and value != ""}


def without_acts(found: dict[str, Any]) -> dict[str, Any]:
    """Rows call them by other ids."""
    for one in found["double_fine"]:
        del one["act"]
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people=st.lists(persons, max_size=3), done=st.lists(acts, min_size=2, max_size=2),
    made=st.lists(decisions, max_size=5), harm=harms, facts=st.lists(st.sampled_from(list(FACTS)), unique=True),
    principal=st.booleans(),
)  # fmt: skip
def test_rows_and_a_document_of_the_same_facts_get_the_same_answer(
    cast, people, done, made, harm, facts, principal
):
    pk = open_case(about=about(cast), unit=cast.town.unit.pk, actor=actor(cast.town.liaison), at=NOW)
    Case.objects.filter(pk=pk).update(facts=facts, **harm)
    case = Case.objects.get(pk=pk)
    parties = write(case, cast.town.liaison.pk, people, done, made)
    from_rows = answered(told_of(case, rows_of(case), principal=principal), PACK)
    given = document(parties, people, done, made, harm | dict.fromkeys(facts, True), principal)
    assert without_acts(from_rows) == without_acts(check_case(given, DAY))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("第九十九条第（四）项", "99(4)"),
        ("第一百零三条第三款第（二）项", "103-3(2)"),
        ("《中华人民共和国安全生产法》第九十四条第一款", "94-1"),
        ("安全生产法第１１２条", "112"),
        (" 99（4） ", "99(4)"),
        ("第十条", "10"),
        ("第一〇九条", "109"),
        ("第二十一条第四项", "21(4)"),
        ("省条例第三十条", "省条例第三十条"),
        ("", ""),
    ],
)
def test_an_article_is_read_as_it_stands_in_papers(typed, read):
    assert article_typed(typed, "安全生产法") == read


@pytest.mark.parametrize(
    ("article", "said"),
    [("99(4)", "第99条第4项"), ("103-3(2)", "第103条第3款第2项"), ("省条例-30", "省条例-30")],
)
def test_an_article_is_shown_as_papers_name_it(article, said):
    assert article_said(article) == said


def test_an_article_that_was_repealed_fines_nobody_any_more():
    rules = PACK.penalties
    ended = tuple(dataclasses.replace(one, effective_to=dt.date(2026, 1, 31)) for one in rules.fines)
    pack = dataclasses.replace(PACK, penalties=dataclasses.replace(rules, fines=ended))
    assert out_of_force(pack, "97", dt.date(2026, 1, 31)) == ""
    assert "《安全生产法》第97条在 2026-02-01 已经废止" in out_of_force(pack, "97", dt.date(2026, 2, 1))
    assert out_of_force(pack, "省条例-30", dt.date(2026, 2, 1)) == ""
