"""What the administration page leads to. A room above adds its own in AppConfig.ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    name: str  # of the url
    label: str
    says: str
    alarm: Callable[[], str] = str  # what somebody has to look at now; empty while all is well


SECTIONS = [
    Section("units", "单位", "名称、简称、别名、机关代字、所属范围，撤销与承接"),
    Section("people", "人员与任职", "账号、岗位任免、一次性密码"),
    Section("calendar", "工作日历", "节假日与调休，每年导入一次"),
    Section("address_book", "通讯录", "各单位联络员"),
]
