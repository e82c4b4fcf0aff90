"""What a submission holds, and what is missing in it."""

import datetime as dt

import pytest

from workflows.tasks.annexes import schedule_on, statistics_on
from workflows.tasks.content import Forms, Given, compose, digest_of
from workflows.tasks.parts import parts_of
from workflows.tasks.requirement import requirement_of

DAY = dt.date(2026, 6, 30)
FORMS = Forms(statistics_on(DAY), schedule_on(DAY))
RECORD = {
    "id": 3,
    "held_on": "2026-06-05",
    "form": "宣讲",
    "place": "",
    "sessions": 1,
    "people": 9,
    "text": "好",
}


def file(slot, pk=1):
    return {"id": pk, "name": "a.pdf", "sha256": "0" * 64, "size": 1, "slot": slot}


def composed(parts, draft=None, records=(), files=(), reading=None):
    content, problems = compose(
        requirement_of(parts, reading or {}), FORMS, Given(draft or {}, records, files)
    )
    return content, [problem.part for problem in problems]


def test_an_activity_needs_a_record():
    assert composed(["records"])[1] == ["records"]
    assert composed(["records"], records=[RECORD])[1] == []


def test_a_report_needs_words_the_final_paper_and_an_editable_version():
    assert composed(["report"])[1] == ["summary", "slot:final", "slot:editable"]
    files = [file("final"), file("editable", 2)]
    assert composed(["report"], {"summary": "总结"}, files=files)[1] == []


def test_the_plans_number_of_photos_is_asked_for():
    reading = {"quantities": [{"value": 3, "unit": "张", "what": "现场照片", "bound": "min"}]}
    asked = requirement_of(["records"], reading)
    assert asked.counts == ("至少 3 张 现场照片",)
    given = Given({}, [RECORD], [file("photos"), file("photos", 2)])
    assert [p.says for p in compose(asked, FORMS, given)[1]] == ["现场照片至少 3 个，现有 2 个，还差 1 个。"]


def test_a_schedule_has_rows_with_days():
    assert composed(["schedule"])[1] == ["schedule"]
    rows = [
        {"date": "6月9日", "title": "访谈"},
        {"date": "2026-06-09", "title": ""},
        {"date": "", "title": " "},
    ]
    content, problems = composed(["schedule"], {"schedule": rows})
    assert problems == ["schedule:1", "schedule:2"]
    assert len(content["schedule"]) == 2


@pytest.mark.parametrize(
    ("cutoff", "says"),
    [
        ("2026-06-30", ""), ("2026-06-01", ""), ("2026-07-03", ""),
        ("2062-06-30", "统计截至 2062-06-30 还没有到，最晚填 2026-07-03，请核对。"),
        ("2025-06-30", "统计截至 2025-06-30 早于活动开始的 2026-06-01，请核对。"),
    ],
)  # fmt: skip
def test_figures_count_up_to_a_day_that_can_be(cutoff, says):
    """A year that was mistyped kept a unit out of every consolidation."""
    window, due = (dt.date(2026, 6, 1), dt.date(2026, 12, 31)), dt.date(2026, 7, 3)
    forms = Forms(FORMS.statistics, FORMS.schedule, window=window, until=due)
    typed = {"cutoff": cutoff, "S01": {"sessions": "1", "people": "5"}}
    _, problems = compose(requirement_of(["statistics"], {}), forms, Given({"statistics": typed}))
    assert [(one.part, one.says) for one in problems] == ([("statistics:cutoff", says)] if says else [])


QUOTA = {"alternatives": [{"kind": "double_penalty", "min": 2}, {"kind": "referral", "min": 1}]}


@pytest.mark.parametrize(
    ("kinds", "note", "enough"),
    [
        (["double_penalty"] * 2, "", True), (["referral"], "", True), (["double_penalty"], "", False),
        ([], "", False), ([], "本单位无执法权", True),
    ],
)  # fmt: skip
def test_the_quota_of_cases_or_a_reason(kinds, note, enough):
    rows = [{"kind": kind, "title": "案例"} for kind in kinds]
    problems = composed(["cases"], {"cases": rows, "cases_note": note}, reading=QUOTA)[1]
    assert problems == ([] if enough else ["cases"])


def test_too_many_words_are_counted():
    assert composed(["records"], {"summary": "长" * 5001}, [RECORD])[1] == ["summary"]


def test_parts_not_asked_for_are_absent():
    content, _ = composed(["records"], {"statistics": {"S01": {"people": "x"}}}, [RECORD])
    assert set(content) == {"summary", "highlights", "records", "attachments"}


def test_the_digest_covers_every_part():
    content, _ = composed(["records"], {"summary": "一"}, [RECORD], [file("photos")])
    changed = [
        content | {"summary": "二"}, content | {"records": [RECORD | {"people": 10}]},
        content | {"attachments": [file("photos") | {"sha256": "1" * 64}]},
    ]  # fmt: skip
    digests = {digest_of(one) for one in [content, *changed]}
    assert len(digests) == 4
    assert digest_of(dict(reversed(content.items()))) == digest_of(content)


def test_every_part_has_a_name_a_signer_can_point_at():
    draft = {
        "summary": "小结",
        "statistics": {"cutoff": "2026-06-30", "S01": {"sessions": "1", "people": "5"}},
    }
    content, _ = composed(["records", "statistics"], draft, [RECORD], [file("photos", 7)])
    keys = [part.key for part in parts_of(content)]
    assert keys == ["summary", "record:3", "statistics:cutoff", "statistics:S01", "attachment:7"]


def test_a_number_that_cannot_be_read_is_said_once_and_held_against_nothing():
    typed = {"cutoff": "2026-06-30", "S01": {"sessions": "三场", "people": "5"}, "S03": {"sessions": "1"}}
    assert composed(["statistics"], {"statistics": typed})[1] == ["statistics:S01"]
