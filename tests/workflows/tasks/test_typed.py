"""A draft and its form say the same."""

from hypothesis import given
from hypothesis import strategies as st

from workflows.tasks.typed import flattened, rows_in, structured

words = st.text(min_size=1).filter(str.strip)
row = st.fixed_dictionaries({"date": words, "title": st.text()})
contents = st.fixed_dictionaries(
    {"summary": st.text()},
    optional={
        "statistics": st.dictionaries(st.sampled_from(["S01", "S02a"]), st.dictionaries(st.sampled_from(["people", "note"]), st.text(), min_size=1), min_size=1),
        "schedule": st.lists(row, min_size=1, max_size=12), "record": st.fixed_dictionaries({"text": st.text()}),
    },
)  # fmt: skip


@given(contents)
def test_a_draft_survives_the_form(content):
    assert structured(flattened(content)) == content


def test_rows_without_a_word_are_dropped_and_the_rest_moves_up():
    flat = {"schedule-0-title": " ", "schedule-7-title": "访谈", "schedule-12-title": "发车"}
    assert structured(flat)["schedule"] == [{"title": "访谈"}, {"title": "发车"}]


def test_a_form_shows_every_row_that_was_sent():
    assert rows_in({"schedule-4-title": "x", "summary": "y"}, "schedule") == 5
    assert rows_in({"schedule-999999-title": "x"}, "schedule") == 200
