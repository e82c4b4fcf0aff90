"""Strips to pages."""

from hypothesis import given
from hypothesis import strategies as st

from documents.layout.paging import paginate
from documents.layout.setting import BLANK, Frame, Strip

strips = st.lists(
    st.builds(Strip, st.uuids().map(str), st.floats(1, 60), st.booleans(), st.just(False), st.none()),
    max_size=80,
)


@given(strips)
def test_every_strip_is_on_one_page_in_order(given_strips):
    assert [strip for page in paginate(given_strips, 225) for strip in page] == given_strips


@given(strips)
def test_no_page_is_overfull(given_strips):
    assert all(sum(strip.height for strip in page) <= 225.01 for page in paginate(given_strips, 225))


def test_a_heading_is_never_the_last_of_its_page():
    lines = [Strip(str(i), 10.0, keep=i == 9) for i in range(12)]
    first, second = paginate(lines, 100)
    assert not first[-1].keep
    assert second[0].html == "9"


def test_an_empty_line_is_dropped_at_the_top_of_a_page():
    lines = [*(Strip(str(i), 10.0) for i in range(10)), BLANK, Strip("after", 10.0)]
    assert [strip.html for strip in paginate(lines, 100)[1]] == ["after"]


def test_the_head_of_a_table_takes_its_room_on_every_page():
    frame = Frame("<table>", 20.0)
    pages = paginate([Strip(str(i), 10.0, frame=frame) for i in range(16)], 100)
    assert [len(page) for page in pages] == [8, 8]
