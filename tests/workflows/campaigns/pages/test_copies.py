"""Last year's campaign as this year's draft: proposed, changed, made; checked by nobody yet."""

import datetime as dt

import pytest
from django.urls import reverse

from foundation.organization.ending import end_unit
from foundation.organization.models import Day
from foundation.organization.refusals import Refused
from tests.cast import actor
from tests.workflows.plans.conftest import AT
from workflows.campaigns.copies.forms import CopyForm
from workflows.campaigns.copies.proposing import proposed
from workflows.campaigns.copies.services import copy_campaign
from workflows.campaigns.models import CampaignProcess
from workflows.plans.models import Item, Period, Plan


def form_of(page):
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_the_office_copies_changes_a_day_and_gets_a_draft(running, cast, clerk, item):
    Day.objects.create(date=dt.date(2027, 6, 30), works=False, name="放假")
    Item.objects.filter(number="1").update(disposition="done", checked=True)
    address = reverse("plan_copy", args=[running.pk])
    assert address in clerk.get(reverse("plan", args=[running.pk])).content.decode()
    page = clerk.get(address)
    text = page.content.decode()
    assert "复制到 2027 年" in text
    assert "6月30日不上班，提前到前一个工作日" in text
    assert not Plan.objects.exclude(pk=running.pk).exists()
    typed = {name: str(value) for name, value in form_of(page).items()}
    (one,) = item("1").periods.all()
    refused = clerk.post(address, typed | {f"due_{one.pk}": "哪天"})
    assert refused.status_code == 422
    made = clerk.post(address, typed | {f"due_{one.pk}": "2027-06-10"})
    copy = Plan.objects.exclude(pk=running.pk).get()
    assert made.url == reverse("plan", args=[copy.pk])
    assert (copy.title, copy.year, copy.state) == ("2027年某市“安全生产月”活动方案", 2027, "draft")
    first = copy.items.get(number="1")
    assert (first.disposition, first.checked, first.version) == ("dispatch", False, 1)
    assert first.periods.get().due_on == dt.date(2027, 6, 10)
    days = Period.objects.filter(item__plan=copy, item__number="3").values_list("due_on", flat=True)
    assert list(days) == [dt.date(2027, 6, 29)]
    assert CampaignProcess.objects.filter(plan=copy).exists()
    assert "复制往年方案" in clerk.get(reverse("plan", args=[copy.pk])).content.decode()
    again = clerk.post(address, typed)
    assert "今年已有同名的方案" in again.content.decode()


def wanted(plan):
    form = CopyForm(None, plan=plan, year=2027, rows=proposed(plan, 2027))
    data = {name: form[name].value() or "" for name in form.fields}
    bound = CopyForm(data, plan=plan, year=2027, rows=proposed(plan, 2027))
    assert bound.is_valid(), bound.errors
    return bound.wanted()


def test_a_unit_that_was_merged_is_named_by_its_successor_once(running, cast):
    by = {"actor": actor(cast.clerk), "at": AT}
    end_unit(unit=cast.town.unit, on=AT.date(), successor=cast.department.unit, follow=False, **by)
    made = copy_campaign(plan=running.pk, wanted=wanted(running), **by)
    named = Item.objects.get(plan=made, number="3").duties.values_list("unit__code", flat=True)
    assert list(named) == ["bing"]


def test_only_the_office_copies_and_no_draft_is_copied(running, cast):
    given = wanted(running)
    with pytest.raises(Refused, match="安委办"):
        copy_campaign(plan=running.pk, wanted=given, actor=actor(cast.auditor), at=AT)
    Plan.objects.update(state="draft")
    with pytest.raises(Refused, match="还没有批准"):
        copy_campaign(plan=running.pk, wanted=given, actor=actor(cast.clerk), at=AT)
