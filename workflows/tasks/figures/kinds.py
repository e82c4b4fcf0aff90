"""Whether a reporting duty counts one month or everything since the campaign began. Pure."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    MONTH = "month"  # 月报
    CUMULATIVE = "cumulative"  # 累计


KIND_NAMES = {Kind.MONTH: "月报", Kind.CUMULATIVE: "累计"}
SAYS_SO = "累计"


def kind_of(*words: str) -> Kind:
    """By what the plan says of the duty: 填6月至12月累计数."""
    return Kind.CUMULATIVE if any(SAYS_SO in one for one in words) else Kind.MONTH
