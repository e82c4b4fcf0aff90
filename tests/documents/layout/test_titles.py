"""A title is divided between words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.layout.titles import WORDS, _is_word, _lexicon, break_title


def broken(title, room=19_000):
    return break_title(title, [1000] * len(title), room=room)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于做好有关工作的通知", ["关于做好有关工作的通知"]),
        ("关于报送“安全生产月”活动阶段小结的通知", ["关于报送“安全生产月”", "活动阶段小结的通知"]),
        ("关于进一步加强汛期安全生产工作的紧急通知", ["关于进一步加强汛期", "安全生产工作的紧急通知"]),
    ],
)
def test_a_title_breaks_where_a_reader_would(title, lines):
    assert broken(title) == lines


@given(st.text("关于安全生产月活动的通知“”《》，2026", min_size=1, max_size=80))
def test_nothing_of_a_title_is_lost(title):
    assert "".join(broken(title)) == title


def test_the_general_list_is_read_whole_without_its_readings():
    from pypinyin.phrases_dict import phrases_dict

    known = {*WORDS, *(word for word in phrases_dict if 2 <= len(word) <= 5)}
    kept = [words[at : at + size] for size, words in _lexicon().items() for at in range(0, len(words), size)]
    assert sorted(kept) == sorted(known)


@pytest.mark.parametrize(
    ("word", "known"), [("安全", True), ("安全生产", True), ("全生", False), ("䶮䶮", False)]
)
def test_a_word_is_known_by_the_list(word, known):
    assert _is_word(word) is known


def test_the_list_has_what_the_general_one_misses_and_each_word_once():
    from pypinyin.phrases_dict import phrases_dict

    assert len(WORDS) == len(set(WORDS) - phrases_dict.keys())
