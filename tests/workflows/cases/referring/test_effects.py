"""What either track means for the other, and what may be recorded next."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.cases.hall import CALENDAR, MATTER, NOW, PACK, events
from workflows.cases.gates import effective
from workflows.cases.library import PACKS, document
from workflows.cases.models import Case
from workflows.cases.pack_reading import read
from workflows.cases.referring.effects import effects_of
from workflows.cases.referring.offers import NEXT, NOT_YET, choices_of, next_of, offers_of
from workflows.cases.standing import Standing

SENT = ("03-02 09:00 team", "03-02 15:00 reported", "03-03 10:20 approved head", "03-04 09:00 handed_over")


def notes(*lines: str, on: str = "admin", pack=PACK) -> list[str]:
    told = effective(pack, events(*lines))
    return [one.note for one in effects_of(pack, told) if one.track == on]


def stands(*lines: str) -> Standing:
    return Standing(Case(), PACK, MATTER, events(*lines), NOW, CALENDAR)


@pytest.mark.parametrize(
    ("lines", "on", "words", "last"),
    [
        (SENT[:2], "admin", "罚款不能代替移送", "03-05 09:00 crime_filed"),
        (("03-01 09:00 filed", *SENT), "admin", "期限中止计算", "03-08 09:00 refusal_notice"),
        (("03-01 09:00 decided", *SENT), "admin", "不停止执行", "03-08 09:00 case_returned"),
        (("03-01 09:00 paid", *SENT), "referral", "罚金时折抵", "03-08 09:00 refusal_notice"),
        ((*SENT, "03-08 09:00 refusal_notice"), "admin", "依法作出行政处理", "03-09 09:00 decided"),
        ((*SENT, "03-20 09:00 case_returned"), "admin", "及时作出行政处理", "03-22 09:00 admin_finished"),
        (("03-01 09:00 decided", "03-02 09:00 suspected"), "referral", "决定书副本", SENT[3]),
    ],
)  # fmt: skip
def test_one_track_tells_the_other_until_it_is_over(lines, on, words, last):
    assert [words in note for note in notes(*lines, on=on)].count(True) == 1
    assert not any(words in note for note in notes(*lines, last, on=on))


def test_a_refusal_of_years_ago_ends_nothing_that_began_since():
    told = ("02-01 09:00 refused head", *SENT[:2])
    assert any("罚款不能代替" in note for note in notes(*told))


def test_what_a_deputy_approved_tells_nothing():
    told = ("03-02 09:00 filed", "03-03 10:20 approved deputy")
    assert notes(*told) == []


def test_a_law_that_binds_others_tells_nothing():
    told = ("03-01 09:00 decided", "03-02 09:00 suspected")
    assert notes(*told, on="referral") != []
    assert notes(*told, on="referral", pack=PACK.for_agency("other")) == []


def test_a_pack_from_before_there_were_effects_is_read():
    old = document((PACKS / "work_safety.yaml").read_text("utf-8"))
    assert old.pop("effects")
    assert read(old).effects == ()


@pytest.mark.parametrize(
    ("lines", "due"),
    [
        (SENT, {"copied", "received"}),
        ((*SENT, "03-04 10:00 received"), {"copied", "crime_filed", "crime_not_filed"}),
        ((*SENT, "03-04 10:00 received", "03-05 09:00 crime_not_filed"), {"copied", "refusal_notice"}),
    ],
)  # fmt: skip
def test_what_is_next_is_offered_with_whoever_does_it(lines, due):
    found = {one.step.code: one for one in next_of(offers_of(stands(*lines)))}
    assert due <= {*found}
    assert all(one.label.count("公安机关") == 1 for code, one in found.items() if one.step.who == "police")


def test_what_may_not_be_says_why_and_stays_to_be_recorded_late():
    groups = dict(choices_of(offers_of(stands(*SENT))))
    assert next(iter(groups)) == NEXT
    assert list(groups)[-1] == NOT_YET
    assert "reasons_given" in dict(groups[NOT_YET])
    (one,) = [one for one in offers_of(stands(*SENT)) if one.step.code == "reasons_given"]
    assert (one.why, one.basis != "") == (("检察院没有要求说明理由",), True)


@given(st.lists(st.sampled_from(list(PACK.steps)), max_size=8))
def test_every_step_is_offered_once_allowed_or_with_a_reason(steps):
    told = [
        dataclasses.replace(one)
        for one in events(*(f"03-0{n + 1} 09:00 {step}" for n, step in enumerate(steps)))
    ]
    case = Standing(Case(), PACK, MATTER, told, NOW, CALENDAR)
    codes = [code for _, some in choices_of(offers_of(case)) for code, _ in some]
    assert sorted(codes) == sorted(PACK.steps)


def test_what_was_answered_otherwise_is_not_offered_any_more():
    filed = (*SENT, "03-04 10:00 received", "03-05 09:00 crime_filed")
    codes = {one.step.code for one in next_of(offers_of(stands(*filed)))}
    assert not codes & {"crime_not_filed", "refused", "forwarded", "supplement_asked"}
    assert {"filing_notice", "copied"} <= codes
