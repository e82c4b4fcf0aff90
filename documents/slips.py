"""The sheet of one-time passwords: a line for everybody, cut along the rules of the table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from foundation.organization.slips import Slip

from . import layout

COLUMNS = (
    layout.Column("单位", width=28),
    layout.Column("姓名", width=20),
    layout.Column("账号", width=42),
    layout.Column("一次性密码", width=44),
    layout.Column("怎样使用"),
)


def render_slips(slips: Sequence[Slip], until: dt.datetime, address: str) -> bytes:
    last = timezone.localtime(until)
    how = f"打开{address}登录，随即设置自己的密码。{last.month}月{last.day}日前有效，只用一次，不要转交。"
    rows = tuple((one.unit, one.name, one.username, one.code, how) for one in slips)
    table = layout.Table(
        columns=COLUMNS, rows=rows, title="一次性密码单", facts="沿表格线剪开，当面交给本人", landscape=True
    )
    return layout.render_table(table, finish=layout.READING)
