"""What the platforms around the office export is taken in, works are judged, a verified tip becomes a case."""

from __future__ import annotations

import datetime as dt

from workflows.campaigns.demo.registers import play_registers
from workflows.registers.library import kind_on
from workflows.registers.models import RegisterRow
from workflows.registers.services.leading import leads, open_lead

from .world import YEAR, Year


def take_in(year: Year) -> None:
    """The demo's files."""
    play_registers(lambda month, day: dt.date(YEAR, month, day), year.at(11, 10))
    tips = kind_on("tips", year.today)
    for row in RegisterRow.objects.filter(register__code="tips").order_by("pk"):
        if tips and leads(tips, row):
            open_lead(row=row.pk, actor=year.clerk, at=year.at(11, 20))
