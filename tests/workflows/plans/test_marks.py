"""The text with its marks: nothing of it lost, numbers in order, none over another."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workflows.plans.marks import Marked

TEXT = "一、市丙局会同各镇\n于6月20日前完成\n\n不少于1场"
spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda one: [min(one), max(one)])
readings = st.builds(
    lambda items, unread: {
        "items": [{"dates": [{"source": span} for span in items]}],
        "unread": [{"text": "…", "source": span} for span in unread],
    },
    st.lists(spans), st.lists(spans),
)  # fmt: skip


@given(readings)
def test_the_paragraphs_are_the_lines_of_the_text(reading):
    lines = ["".join(piece.text for piece in line) for line in Marked(TEXT, reading).paragraphs()]
    assert lines == [line for line in TEXT.split("\n") if line.strip()]


@given(readings)
def test_marks_are_numbered_in_order_and_never_overlap(reading):
    marks = Marked(TEXT, reading).marks
    assert [mark.number for mark in marks] == list(range(1, len(marks) + 1))
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(marks))


def test_a_value_finds_its_marks_also_inside_a_wider_one():
    inner, wide = {"dates": [{"source": [2, 5]}]}, {"source": [0, 9]}
    marked = Marked(TEXT, {"items": [inner], "reports": [wide]})
    assert (marked.refs(inner), marked.refs(wide)) == ([1], [1])


def test_what_was_not_understood_is_marked_as_such():
    marked = Marked(TEXT, {"unread": [{"text": "各镇", "source": [7, 9]}]})
    pieces = [piece for line in marked.paragraphs() for piece in line if piece.number]
    assert [(piece.text, piece.unread) for piece in pieces] == [("各镇", True)]


def test_an_item_that_nothing_was_read_from_is_marked_at_its_first_words():
    marked = Marked(TEXT, {}, [[2, 18]])
    assert marked.refs({}, [2, 18]) == [1]
    assert [piece.text for line in marked.paragraphs() for piece in line if piece.number] == [
        "市丙局会同各镇"
    ]
