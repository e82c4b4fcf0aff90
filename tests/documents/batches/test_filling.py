"""A copy says what its unit is called, and has the unit's own table."""

import pytest

from documents.batches.filling import content_for, filled, unknown_words
from foundation.organization.models import Unit

TOWN = Unit(code="jia", name="甲镇人民政府", short_name="甲镇", kind="town")
OWN = {"annex": "任务清单", "columns": ["事项"], "rows": [["检查"]]}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{单位}：", "甲镇人民政府："),
        ("｛简称｝", "甲镇"),
        ("请{称呼}报送", "请你镇报送"),
        ("{ 集合", "{ 集合"),
    ],
)
def test_placeholders_become_the_units_own_words(text, found):
    assert filled(text, TOWN) == found


def test_a_unit_that_is_no_town_is_called_a_unit():
    assert filled("{称呼}", Unit(kind="enterprise")) == "你单位"


def test_what_nothing_is_known_for_is_named_once():
    assert unknown_words("{单位}{电话}{电话}") == ["电话"]


def test_the_own_table_is_an_annex_behind_those_that_are_there():
    content = {
        "text": "标题\n\n正文。",
        "annexes": [{"label": "附件", "title": "分工", "table": {}}],
        "mark": "X",
    }
    own = content_for(TOWN, content, **OWN)
    assert [one["label"] for one in own["annexes"]] == ["附件1", "附件2"]
    assert "mark" not in own


def test_without_rows_there_is_no_annex():
    assert "annexes" not in content_for(TOWN, {"text": "标题"}, **(OWN | {"rows": []}))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("标题\n\n正文。\n附件：任务清单", "标题\n\n正文。\n附件：任务清单"),
        ("标题\n\n正文。", "标题\n\n正文。\n附件：任务清单"),
        ("标题\n\n正文。\n某市某办\n2026年6月1日", "标题\n\n正文。\n附件：任务清单\n某市某办\n2026年6月1日"),
    ],
)
def test_the_text_names_the_own_table_among_its_annexes(text, named):
    assert content_for(TOWN, {"text": text}, **OWN)["text"] == named


def test_an_annex_that_was_named_before_becomes_the_first():
    there = {
        "text": "标题\n\n正文。\n附件：分工",
        "annexes": [{"label": "附件", "title": "分工", "table": {}}],
    }
    assert content_for(TOWN, there, **OWN)["text"].endswith("附件：1.分工\n2.任务清单")
