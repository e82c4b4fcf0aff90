import pytest

from tests.plans.reading.helpers import LEXICON, dates, uncovered
from workflows.plans.reading import read

NUMBERED = (
    "某县{year}活动方案\n一、主要任务\n1.县教育局6月1日组织演练。\n{second}.县公安局6月31日前组织宣传。\n"
)


def kinds(reading) -> list[str]:
    return [w.kind for w in reading.warnings]


@pytest.mark.parametrize(
    "text", ["你好", "\n\n", "一、", "（一）", "。。。", "附件1", "1\n2\n3", "“", "一是", "序号\n任务\n时间"]
)
def test_a_text_without_items_is_said_to_have_none(text):
    reading = read(text, LEXICON)
    assert reading.items == ()
    assert "no_items" in kinds(reading)


def test_a_plan_without_a_year_asks_for_it_and_dates_nothing():
    reading = read(NUMBERED.format(year="", second=2), LEXICON)
    assert (reading.year, dates(reading.items[0])) == (None, [])
    assert "no_year" in kinds(reading)
    assert "6月1日" in [u.text for u in reading.unread]


def test_the_fallback_year_dates_the_plan_but_is_not_its_year():
    reading = read(NUMBERED.format(year="", second=2), LEXICON, fallback_year=2025)
    assert (reading.year, dates(reading.items[0])) == (None, [("on", "2025-06-01", "2025-06-01")])
    assert "2025" in reading.warnings[0].says


def test_a_year_only_in_the_text_is_found():
    text = NUMBERED.format(year="", second=2) + "某县安委办\n2024年5月20日\n"
    assert read(text, LEXICON).year == 2024


def test_a_day_that_is_none_is_unread_with_a_reason():
    reading = read(NUMBERED.format(year="2024年", second=2), LEXICON)
    assert [u.text for u in reading.unread] == ["6月31日"]
    assert [w.says for w in reading.warnings if w.kind == "impossible_date"] == [
        "“6月31日”不是存在的日期，请对照原文填写正确日期。"
    ]


def test_items_with_one_number_are_both_kept():
    reading = read(NUMBERED.format(year="2024年", second=1), LEXICON)
    assert [i.number for i in reading.items] == ["1", "1"]
    assert "duplicate_number" in kinds(reading)


def test_the_same_number_in_another_section_is_no_duplicate():
    text = NUMBERED.format(year="2024年", second=2) + "二、重点工作\n1.县应急局检查。\n"
    assert "duplicate_number" not in kinds(read(text, LEXICON))


def test_a_paragraph_of_the_task_part_without_value_is_unread():
    text = (
        "某县2024年活动方案\n一、主要任务\n下面的工作都很重要。\n1.县教育局组织演练。\n2.县公安局组织宣传。\n"
    )
    reading = read(text, LEXICON)
    assert [u.text for u in reading.unread] == ["下面的工作都很重要。"]
    assert uncovered(text, reading) == ""


def test_contact_and_signature_are_no_part_of_the_last_item():
    text = NUMBERED.format(year="2024年", second=2) + "联系人：（略）\n某县安委办\n2024年5月20日\n"
    assert read(text, LEXICON).items[-1].text == "县公安局6月31日前组织宣传。"
