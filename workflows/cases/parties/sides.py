"""Nobody is on both sides of a case: its officer, or its legal reviewer, and its party."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from foundation.organization.models import Appointment

from ..models import Case, Party


def on_both_sides(team: Iterable[Appointment], reviewer: str, parties: Iterable[str]) -> Iterator[str]:
    """People of the office are known by name alone, and so is a party whose number nobody has."""
    names = {one.person.name for one in team} | {reviewer} - {""}
    for name in names.intersection(parties):
        yield (
            f"“{name}”是本案的办案人员或法制审核人员，不能又是当事人，应当回避。"
            f"同名的另一人，请在姓名后注明，如“{name}（厂长）”。"
        )


def persons_of(case: Case) -> list[str]:
    rows = Party.objects.filter(case=case, kind=Party.Kind.PERSON, struck_at=None)
    return list(rows.values_list("name", flat=True))
