"""What is wrong with a decision that somebody wants to record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property

from django.conf import settings
from django.utils import timezone

from ..counting import LAST
from ..events import Event
from ..models import Act, Case, Decision, Party
from ..penalties.in_force import out_of_force
from ..register import standing
from ..standing import Standing
from .facts import DecisionFacts
from .faults import money, stage
from .steps import DECIDED, FILED


def in_full(case: Case) -> bool:
    """Its unit runs the whole procedure here; all others record what was decided elsewhere."""
    return case.unit.code in settings.CASE_FULL_PROCEDURE


class Weighed:
    """One decision in its case. `row` is the one that is being changed."""

    def __init__(self, told: DecisionFacts, case: Case, at: dt.datetime, row: int | None) -> None:
        self.told, self.case, self.at, self.row = told, case, at, row

    @cached_property
    def stands(self) -> Standing:
        return standing(self.case, self.at)

    def faults(self) -> Iterator[str]:
        yield from self._parts()
        yield from self._dates()
        yield from self._number()
        yield from money("罚款", self.told.amount)
        yield from money("违法所得", self.told.gains)
        yield from stage(self.told.stage)
        if not self.told.amount and not self.told.other:
            yield "请填写罚款金额，或者写明其他处罚。"
        if says := out_of_force(self.stands.pack, self.told.article, self.told.date):
            yield says

    def _parts(self) -> Iterator[str]:
        for model, pk, says in (
            (Party, self.told.party, "当事人不在本案，请先登记当事人。"),
            (Act, self.told.act, "违法行为不在本案，请先登记违法行为。"),
        ):
            if not model._base_manager.filter(case=self.case, pk=pk, struck_at=None).exists():
                yield says
        if not self.told.article:
            yield "请填写处罚所依据的条文。"

    def _dates(self) -> Iterator[str]:
        day, ended = self.told.date, self.case.violation_ended
        if day > timezone.localdate(self.at):
            yield f"决定日期 {day} 在将来，请改为实际作出决定的日期。"
        elif ended and day < ended:
            yield f"决定日期 {day} 早于违法行为终了的日期 {ended}，请核对。"
        else:
            yield from self._order()

    def _order(self) -> Iterator[str]:
        """After 立案, where that is told; in the full procedure, when the law allows to decide."""
        if not in_full(self.case):
            for filed in self._on(FILED):
                if self.told.date < filed.date():
                    yield f"决定日期 {self.told.date} 早于立案的日期 {filed.date()}，请核对。"
            return
        verdict = self.stands.verdict(Event(DECIDED, self._moment()))
        if not verdict.allowed:
            yield f"{'；'.join(verdict.why)}（{self.stands.pack.cite(*verdict.cites)}）。"

    def _on(self, step: str) -> list[dt.datetime]:
        return [one.at for one in self.stands.events if one.step == step]

    def _moment(self) -> dt.datetime:
        """When it was decided on its day: as it was recorded, else the last moment of the day."""
        told = [at for at in self._on(DECIDED) if at.date() == self.told.date]
        end = dt.datetime.combine(self.told.date, LAST, timezone.get_current_timezone())
        return told[0] if told else end

    def _number(self) -> Iterator[str]:
        if not self.told.number:
            yield "请填写决定书文号。"
            return
        same = Decision.objects.filter(
            case__unit=self.case.unit_id, number=self.told.number, struck_at=None
        ).exclude(pk=self.row or 0)
        for other in same.select_related("case")[:1]:
            where = "本案" if other.case_id == self.case.pk else f"“{other.case.title}”"
            yield f"文号“{self.told.number}”在{where}已经登记，一个决定书只登记一次，请核对。"
