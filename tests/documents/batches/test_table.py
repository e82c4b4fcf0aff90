"""The spreadsheet of a batch: rows of units, and every row that is wrong."""

import pytest

from documents.batches.table import read_unit_table
from foundation.organization.models import Unit
from foundation.organization.refusals import Refused

from .deeds import workbook

UNITS = [
    Unit(pk=1, code="jia", name="甲镇人民政府", short_name="甲镇", aliases=["甲"]),
    Unit(pk=2, code="yi", name="乙镇人民政府", short_name="乙镇"),
    Unit(pk=3, code="yi-2", name="乙镇工业园", short_name="乙镇"),
]


def read(*rows):
    return read_unit_table(workbook(*rows), UNITS)


def test_each_unit_gets_its_own_rows_by_any_of_its_names():
    found = read(["序号", "单位", "事项"], [1, "甲镇", "检查"], [2, "yi", "培训"], [3, "甲", "演练"])
    assert found.columns == ("序号", "事项")
    assert found.rows == {1: [["1", "检查"], ["3", "演练"]], 2: [["2", "培训"]]}


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([["事项"], ["检查"]], "要有“单位”一列"),
        ([["单位"], ["甲镇"]], "1 到 20 列"),
        ([["单位", "事项", "事项"], ["甲镇", "a", "b"]], "重名"),
        ([["单位", "事项"]], "没有内容"),
        ([["单位", "事项"], ["丙镇", "检查"]], "第 2 行：没有“丙镇”这个单位"),
        ([["单位", "事项"], ["甲镇", "a"], ["", "检查"]], "第 3 行：没有填单位"),
        ([["单位", "事项"], ["乙镇", "检查"]], "没有“乙镇”"),  # two units are called so
        ([["单位", "事项"], *[["无", str(n)] for n in range(14)]], "另有 4 行"),
    ],
)
def test_a_wrong_table_is_refused_with_its_rows(rows, says):
    with pytest.raises(Refused, match=says):
        read(*rows)


def test_more_rows_than_a_thousand_are_read():
    assert len(read(["单位", "事项"], *[["甲", str(n)] for n in range(1500)]).rows[1]) == 1500
