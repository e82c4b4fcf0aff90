"""A verified tip becomes a case in one click, and each leads to the other."""

import pytest
from django.urls import reverse

from foundation.journal.verify import first_bad
from foundation.organization.ending import end_unit
from foundation.organization.refusals import Refused
from tests.cast import actor, identity
from workflows.cases.models import Case, CaseEvent
from workflows.registers.models import RegisterRow
from workflows.registers.services.keeping import withdraw_row
from workflows.registers.services.leading import open_lead

from .rows import AT, TIP, row

pytestmark = pytest.mark.django_db


def tip(cast, **changed) -> int:
    return row("tips", {key: value for key, value in (TIP | changed).items() if value}, cast.clerk)


def test_one_click_opens_a_case_that_names_its_source(client, cast):
    pk = tip(cast)
    identity(client, cast.town.liaison)
    page = client.get(reverse("register_row", args=[pk])).content.decode()
    assert "转为案件" in page
    answer = client.post(reverse("register_row_lead", args=[pk]))
    case = Case.objects.get()
    assert answer.url == reverse("case", args=[case.pk])
    assert (case.title, case.unit, list(case.team.all())) == (
        "某厂安全出口上锁",
        cast.town.unit,
        [cast.town.liaison],
    )
    clue = CaseEvent.objects.get(case=case, step="clue")
    assert clue.reason == "来源：12350举报，编号 J-1，6月2日 受理，经核查查实。"
    assert reverse("register_row", args=[pk]) in client.get(answer.url).content.decode()
    assert reverse("case", args=[case.pk]) in client.get(reverse("register_row", args=[pk])).content.decode()
    assert first_bad()[1] is None


def test_of_a_unit_that_ended_it_is_its_successors(cast):
    """Whose people serve to the end of that day, and begin nothing there any more."""
    ours, theirs = tip(cast), tip(cast, number="J-2")
    about = {"successor": cast.other.unit, "follow": True, "actor": actor(cast.administrator), "at": AT}
    end_unit(unit=cast.town.unit, on=AT.date(), **about)
    assert Case.objects.get(pk=open_lead(row=ours, actor=actor(cast.clerk), at=AT)).unit == cast.other.unit
    with pytest.raises(Refused, match="由承接单位办理"):
        open_lead(row=theirs, actor=actor(cast.town.liaison), at=AT)


def test_it_becomes_one_case_only_and_stays(cast):
    pk = tip(cast)
    open_lead(row=pk, actor=actor(cast.town.liaison), at=AT)
    with pytest.raises(Refused, match="已经转为案件"):
        open_lead(row=pk, actor=actor(cast.clerk), at=AT)
    with pytest.raises(Refused, match="不能撤销"):
        withdraw_row(row=pk, why="错了", actor=actor(cast.clerk), at=AT)
    assert Case.objects.count() == 1


def test_the_office_opens_it_for_the_unit_that_verified_it(cast):
    case = Case.objects.get(pk=open_lead(row=tip(cast), actor=actor(cast.clerk), at=AT))
    assert (case.unit, list(case.team.all())) == (cast.town.unit, [cast.clerk])


@pytest.mark.parametrize("changed", [{"result": "不属实"}, {"result": "待核查"}, {"result": ""}])
def test_what_is_not_verified_becomes_none(client, cast, changed):
    pk = tip(cast, **changed)
    with pytest.raises(Refused, match="核查属实"):
        open_lead(row=pk, actor=actor(cast.clerk), at=AT)
    assert (
        "转为案件"
        not in identity(client, cast.clerk).get(reverse("register_row", args=[pk])).content.decode()
    )


def test_whom_it_does_not_concern_opens_none(client, cast):
    pk = tip(cast)
    for seat in (cast.other.head, cast.auditor, cast.administrator):
        assert identity(client, seat).post(reverse("register_row_lead", args=[pk])).status_code == 403
        with pytest.raises(Refused, match="安委办和核查单位"):
            open_lead(row=pk, actor=actor(seat), at=AT)
    assert not RegisterRow.objects.filter(case__isnull=False).exists()
