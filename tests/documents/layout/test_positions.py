"""Source line and place on the page."""

from hypothesis import given
from hypothesis import strategies as st

from documents.layout import Meta, Place, lay_out, parse, positions
from documents.layout import geometry as g

TEXT = """关于报送阶段小结的通知

各镇（街）：
现通知如下。
附件：1.提纲
2.统计表

安委办
2026年6月12日
（联系人：张三）

附件1
提纲

一、总体情况

附件2
统计表

序号\t单位\t数量
1\t浛洸镇\t3
"""


def places(text: str) -> list[Place]:
    return positions(lay_out(parse(text), Meta()))


def test_every_line_with_text_has_its_place():
    assert [place.line for place in places(TEXT)] == [1, 3, 4, 5, 6, 8, 9, 10, 12, 13, 15, 17, 18, 20, 21]


def test_a_line_of_the_grid_stands_where_the_grid_has_it():
    _, addressee, text = places("标题\n各镇：\n正文。")
    assert (addressee.page, round(addressee.top - g.TOP, 2)) == (1, round(2 * g.PITCH, 2))
    assert round(text.top - addressee.top, 2) == round(text.height, 2) == round(g.PITCH, 2)


def test_a_paragraph_that_runs_on_has_a_place_on_both_pages():
    found = [place for place in places("标题\n\n" + "安全生产月活动，" * 100) if place.line == 3]
    assert [place.page for place in found] == [1, 2]
    assert found[1].top == g.TOP


def test_the_head_of_a_table_has_a_place_on_every_page_it_is_repeated_on():
    rows = "\n".join(f"{n}\t浛洸镇" for n in range(1, 60))
    found = places(f"标题\n\n序号\t单位\n{rows}\n完。")
    assert [place.page for place in found if place.line == 3] == [1, 2, 3]
    assert {place.line for place in found} == {1, *range(3, 64)}


def test_what_the_text_does_not_say_has_no_place():
    pages = lay_out(parse("标题\n\n正文。").with_meta(Meta(organ="英德市安委办")), Meta())
    assert [place.line for place in positions(pages)] == [1, 3]


LINES = st.sampled_from(
    [
        "",
        "正文一句。",
        "一、要求",
        "（一）内容。说明。",
        "甲\t乙",
        "|甲|乙|",
        "附件：提纲",
        "附件1",
        "2026年6月12日",
        "安委办",
        "各镇：",
    ]
)


@given(st.lists(LINES, max_size=14).map(lambda lines: "\n".join(["标题", "", *lines])))
def test_no_line_is_lost(text):
    placed = {place.line for place in places(text)}
    for number, line in enumerate(text.splitlines(), 1):
        near = (
            {number, number - 1, number - 2} if not line.endswith("。") else {number}
        )  # a title may have three lines
        assert not line or near & placed
