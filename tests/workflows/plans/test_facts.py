"""Title, year, theme and period of a draft."""

import pytest
from django.urls import reverse

from foundation.journal.models import Entry
from workflows.plans.models import Plan

TYPED = {
    "title": "新名称",
    "year": "2026",
    "theme": "主题",
    "starts_on": "2026-06-01",
    "ends_on": "2026-06-30",
}


@pytest.fixture
def send(plan, clerk):
    url = reverse("plan_facts", args=[plan.pk])
    seen = clerk.get(url).context["seen"]
    return lambda **typed: clerk.post(url, {**TYPED, "seen": seen, **typed})


def test_they_are_saved_and_told(send, plan):
    assert send().status_code == 302
    saved = Plan.objects.get(pk=plan.pk)
    assert (saved.title, saved.theme, str(saved.ends_on)) == ("新名称", "主题", "2026-06-30")
    assert set(Entry.objects.order_by("-pk")[0].data["fields"]) == {"title", "theme"}


@pytest.mark.parametrize(
    ("typed", "says"),
    [({"title": ""}, "名称"), ({"year": "26"}, "年度"), ({"ends_on": "2026-05-01"}, "早于开始的 6月1日")],
)
def test_a_mistake_is_named_and_nothing_is_lost(send, plan, typed, says):
    page = send(theme="没保存的主题", **typed)
    assert page.status_code == 422
    assert says in page.content.decode()
    assert "没保存的主题" in page.content.decode()
    assert Plan.objects.get(pk=plan.pk).theme == plan.theme


def test_the_second_of_two_editors_is_told(send, plan):
    send(theme="第一个人的")
    page = send(theme="第二个人的")
    assert "主题（改为“第一个人的”）" in page.content.decode()
    assert 'value="第二个人的"' in page.content.decode()
    send(theme="第二个人的", seen=page.context["seen"])
    assert Plan.objects.get(pk=plan.pk).theme == "第二个人的"
