"""牵头和配合: the lead reads the assists' tasks, and waits for them where the item says so."""

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.files.readers import may_read
from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM
from foundation.organization.refusals import Refused
from tests.cast import actor, identity
from workflows.plans.models import Item
from workflows.tasks.models import Task
from workflows.tasks.permissions import reads_task, sees_task

from .minutes import AT, Minutes


@pytest.fixture
def both(make, cast):
    """甲镇 leads, 乙镇 assists, the same item and period; 市丙局 has nothing to do with it."""
    lead = Task.objects.get(pk=make())
    values = {"plan": lead.plan_id, "item": lead.item_id, "period": lead.period_id, "unit": cast.other.unit,
              "role": "assist", "due_on": lead.due_on}  # fmt: skip
    (assist,) = create(Task, values, actor=SYSTEM, at=AT)
    return Minutes(lead.pk, cast), Minutes(assist, cast)


def test_who_leads_reads_what_assists_and_never_the_other_way(both, cast, client):
    lead, assist = both
    assist.receive(cast.other.liaison)
    file = assist.upload(who=cast.other.liaison)
    day = timezone.localdate(AT)
    for seat in cast:
        ours = seat.unit_id == cast.town.unit.pk
        assert reads_task(assist.task, actor(seat), day) == (ours or sees_task(assist.task, actor(seat), day))
        assert reads_task(lead.task, actor(seat), day) == sees_task(lead.task, actor(seat), day)
        assert may_read(file, actor(seat), day) == reads_task(assist.task, actor(seat), day)
        for case in both:
            opened = identity(client, seat).get(reverse("task", args=[case.pk])).status_code
            assert opened == (200 if reads_task(case.task, actor(seat), day) else 403), (seat, case.pk)
    page = identity(client, cast.town.liaison).get(reverse("task", args=[assist.pk])).content.decode()
    assert "保存草稿" not in page
    with pytest.raises(Refused):
        assist.hold(who=cast.town.liaison)


def test_the_lead_waits_where_the_item_says_so(both, cast, client):
    lead, assist = both
    Item.objects.update(wait_assists=True)
    for case, house in ((lead, cast.town), (assist, cast.other)):
        case.receive(house.liaison)
        case.hold(who=house.liaison)
    page = identity(client, cast.town.liaison).get(reverse("task", args=[lead.pk])).content.decode()
    assert "已报送 0 / 1" in page
    assert "配合单位都报送以后，牵头单位才能提交" in page
    with pytest.raises(Refused, match="还没有报送的：乙镇"):
        lead.submit()
    assist.submit(cast.other.liaison)
    with pytest.raises(Refused, match="乙镇"):  # its own heads have not agreed
        lead.submit()
    assist.agree(cast.other.deputy, cast.other.head)
    lead.submit()
    assert lead.state == "unit_review"


def test_without_the_rule_it_does_not_wait_and_who_assists_sees_whom(both, cast, client):
    lead, assist = both
    lead.receive()
    lead.hold()
    lead.submit()
    page = identity(client, cast.other.liaison).get(reverse("task", args=[assist.pk])).content.decode()
    assert "甲镇。本单位配合" in page
    assert reverse("task", args=[lead.pk]) not in page
