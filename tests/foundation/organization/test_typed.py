"""What stands in an address or a form, before a view looks at it."""

import pytest

from foundation.organization import typed


@pytest.mark.parametrize("text", ["1" * 5000, "9" * 19, "٣", "²", "-1", "1.0", "", " 1"])
def test_what_no_database_takes_is_no_number(text):
    assert typed.number(text) is None


def test_a_number_is_read():
    assert (typed.number("0"), typed.number("007")) == (0, 7)


def test_what_is_no_text_is_taken_out_and_every_character_of_ours_stays():
    assert typed.clean("浛\0洸\ud840\x01镇\x7f") == "浛洸镇"
    assert typed.clean("喆 𠅤\t\r\n\ue000\u200b") == "喆 𠅤\t\r\n\ue000\u200b"
    assert typed.clean("👨\u200d👩\u200d👧❤\ufe0f葛\U000e0100") == "👨\u200d👩\u200d👧❤\ufe0f葛\U000e0100"
    assert typed.clean("审\u202e批\u2066单\ufeff\ufffe\x9f\x85完\u2029") == "审批单\n完\n"


def test_marks_of_a_page_are_ends_of_lines():
    assert typed.clean("一、活动时间\v6月1日\f二、") == "一、活动时间\n6月1日\n二、"
