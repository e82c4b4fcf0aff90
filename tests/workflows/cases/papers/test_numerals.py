"""Amounts and counts in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.cases.papers.numerals import amount_said, count_said

DIGITS = {sign: n for n, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
TENS = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("yuan", "said"),
    [
        (0, "零元整"), (10, "壹拾元整"), (101, "壹佰零壹元整"), (25_000, "贰万伍仟元整"), (60_000, "陆万元整"),
        (1_000_000, "壹佰万元整"), (10_500_000, "壹仟零伍拾万元整"), (100_000_001, "壹亿零壹元整"),
    ],
)  # fmt: skip
def test_an_amount_is_written_in_capitals(yuan, said):
    assert amount_said(yuan) == said


def read(said: str) -> int:
    """Back to the figure, sign by sign."""
    total = group = digit = 0
    for sign in said.removesuffix("元整"):
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign in TENS:
            group, digit = group + digit * TENS[sign], 0
        elif sign == "万":
            total, group, digit = total + (group + digit) * 10_000, 0, 0
        else:
            total, group, digit = (total + group + digit) * 100_000_000, 0, 0
    return total + group + digit


@given(st.integers(0, 999_999_999_999))
def test_what_is_written_reads_back_as_the_figure(yuan):
    said = amount_said(yuan)
    assert read(said) == yuan
    assert "零零" not in said


@pytest.mark.parametrize(
    ("number", "said"), [(5, "五"), (12, "十二"), (94, "九十四"), (134, "一百三十四"), (110, "一百一十")]
)
def test_articles_are_counted_as_laws_count_them(number, said):
    assert count_said(number) == said
