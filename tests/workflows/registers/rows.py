"""Rows of registers, as tests need them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from foundation.organization.models import Appointment
from tests.cast import actor
from workflows.registers.kind import Kind
from workflows.registers.known import known_for
from workflows.registers.library import kind_on
from workflows.registers.services.keeping import add_row
from workflows.registers.values import read_row

AT = timezone.make_aware(dt.datetime(2026, 6, 15, 10))
RELEASE = {
    "channel": "英德发布",
    "title": "安全生产月启动",
    "at": "2026-06-01 09:00",
    "reads": "1200",
    "unit": "甲镇",
}
TIP = {
    "channel": "12350", "number": "J-1", "received": "2026-06-02", "matter": "某厂安全出口上锁", "unit": "甲镇", "result": "查实",
    "verified": "2026-06-10", "reward": "500", "rewarded": "2026-07-03",
}  # fmt: skip


def kind(code: str) -> Kind:
    found = kind_on(code, AT.date())
    assert found
    return found


def row(code: str, typed: dict[str, Any], seat: Appointment) -> int:
    known = known_for(kind(code), AT.date())
    cells, wrong = read_row(kind(code), typed, known)
    assert not wrong
    return add_row(kind=kind(code), cells=cells, units=known.ids, actor=actor(seat), at=AT)
