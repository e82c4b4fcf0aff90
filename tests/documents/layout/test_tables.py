"""Tables: which column gets how much, and cells that are cut nowhere but where they must be."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from documents.layout import Column, Table
from documents.layout import geometry as g
from documents.layout.cells import Cell, Ruling
from documents.layout.tables import TooWide, ruling_of


def table(*rows: str) -> Table:
    head, *body = (tuple(row.split()) for row in rows)
    return Table(columns=tuple(map(Column, head)), rows=tuple(body))


def lines_of(made: Table, width: float = g.WIDTH) -> list[list[str]]:
    """Of each cell of the first row its lines."""
    ruling = ruling_of(made, width)
    cells = [Cell(i, text) for i, text in enumerate(made.rows[0])]
    return [[re.sub("<.*?>", "", line) for line in ruling.lines(cell)] for cell in cells]


def test_values_are_whole_where_the_text_beside_them_can_wrap():
    text = "安全生产宣传培训演练检查隐患排查治理"
    row = f"10 2026年12月 英德市浛洸镇 {text} {text} {text} 12,345.67万元"
    made = lines_of(table("序号 时间 单位名称 主要内容 存在问题 整改措施 投入资金金额", row))
    assert [made[at] for at in (0, 1, 2, 6)] == [["10"], ["2026年12月"], ["英德市浛洸镇"], ["12,345.67万元"]]


def test_where_not_all_is_whole_the_widest_are_cut_and_the_others_not():
    labels = " ".join(f"栏目名称{n}" for n in range(16))
    made = lines_of(table(labels, " ".join(f"数据值{n}" for n in range(16))), g.HEIGHT)
    assert made[:10] == [[f"数据值{n}"] for n in range(10)]
    assert made[10:] == [["数据值", str(n)] for n in range(10, 16)]


VALUES = st.from_regex(r"[0-9]{1,6}(\.[0-9]{1,3})?(万元|kV|%)?|[A-Za-z]{1,8}|(检查){0,9}", fullmatch=True)


@given(st.lists(VALUES, min_size=1, max_size=18), st.sampled_from([g.WIDTH, g.HEIGHT]))
@example(["12345.67"] * 14, g.WIDTH)
@example(["12345.67"] * 14, g.HEIGHT)
def test_no_value_is_ever_cut_or_the_table_is_refused_with_advice(values, width):
    made = Table(columns=tuple(Column(f"栏{n}") for n in range(len(values))), rows=(tuple(values),))
    try:
        lines = lines_of(made, width)
    except TooWide:
        assert len(values) > 8
        return
    assert all(own == [text] for own, text in zip(lines, values, strict=True) if text and "检" not in text)
    assert ["".join(own) for own in lines] == values


@pytest.mark.parametrize(("width", "advice"), [(g.WIDTH, "移到附件里"), (g.HEIGHT, "拆成两张表")])
def test_a_table_whose_values_would_be_cut_is_refused_with_advice(width, advice):
    made = Table(columns=tuple(Column(f"栏{n}") for n in range(18)), rows=(("12345.67",) * 18,))
    with pytest.raises(TooWide, match=advice):
        ruling_of(made, width)


@pytest.mark.parametrize("columns", range(2, 15))
def test_columns_are_together_as_wide_as_the_type_area(columns):
    made = table(
        " ".join("项目名称" for _ in range(columns)), " ".join(f"{'值' * n}{n}" for n in range(columns))
    )
    widths = ruling_of(made, g.WIDTH).widths
    assert sum(widths) == pytest.approx(g.WIDTH - g.IMPRINT_OUTER)
    assert min(widths) > 5


def test_a_cut_cell_is_never_spread():
    lines = Ruling((12.0,), 9.0).lines(Cell(0, "数据值10"))
    assert lines == ['<span class="fang g0">数据</span>', '<span class="fang g0">值10</span>']
