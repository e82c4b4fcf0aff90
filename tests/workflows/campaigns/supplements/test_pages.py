"""A 补充通知 on its pages, from the campaign to the task that goes by it."""

from django.urls import reverse

from approvals.models import Approval
from tests.workflows.campaigns.supplements.conftest import agree, task
from workflows.campaigns.models import Supplement
from workflows.campaigns.services import begin_closing
from workflows.campaigns.supplements import services
from workflows.tasks.asked import asked_words


def text(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode()


def test_the_office_writes_one_and_every_page_tells_what_follows(under_way, cast, item, clerk, sign_in, by):
    assert reverse("supplement_new", args=[under_way.pk]) in text(clerk, "plan", under_way.pk)
    clerk.post(reverse("supplement_new", args=[under_way.pk]), {"reason": "因防汛形势变化"})
    pk, one = Supplement.objects.get().pk, item("1")
    assert "还没有调整任何事项" in text(clerk, "supplement", pk)
    form = reverse("supplement_item", args=[pk, one.pk])
    (period,) = one.periods.all()
    given = {
        "text": f"{one.text}请附照片。",
        "deliverables": one.deliverables,
        f"due_{period.pk}": "2020-01-01",
    }
    refused = clerk.post(form, given)
    assert refused.status_code == 422
    assert "请附照片" in refused.content.decode()  # what was typed is there
    clerk.post(form, given | {f"due_{period.pk}": "2026-12-31"})
    shown = text(clerk, "supplement", pk)
    assert "<b>3</b> 件未办结的任务（3 个单位）" in shown
    assert "<b>1</b> 件已通过的不变" in shown
    clerk.post(reverse("supplement_act", args=[pk, "send"]))
    head = sign_in(cast.office_head)
    asked = text(head, "approval", Approval.objects.get(state="pending").pk)
    assert "请附照片" in asked
    assert "3 件未办结的任务" in asked
    agree(cast)
    clerk.post(reverse("supplement_act", args=[pk, "issue"]))
    number = Supplement.objects.get().document.full_number
    unit = sign_in(cast.other.liaison)
    shown = text(unit, "task", task("1", cast.other.unit).pk)
    for words in ("要求有补充", number, "<ins>请附照片。</ins>", "按补充通知调整，截止由"):
        assert words in shown, words
    accepted = text(sign_in(cast.town.liaison), "task", task("1", cast.town.unit).pk)
    assert "按原要求办结" in accepted
    versions = text(unit, "item_versions", under_way.pk, one.pk)
    assert number in versions
    assert "方案原定" in versions
    assert number in text(clerk, "plan", under_way.pk)


def test_a_task_without_one_asks_no_more_questions(under_way, cast, django_assert_num_queries):
    row = task("1", cast.other.unit)
    with django_assert_num_queries(0):
        assert asked_words(row).took is None


def test_an_act_that_is_none_is_not_found(drafted, clerk, item, by):
    assert clerk.post(reverse("supplement_act", args=[drafted, "nothing"])).status_code == 404
    services.drop(supplement=drafted, **by)
    assert "没有印发，任务不变" in text(clerk, "supplement", drafted)
    again = clerk.post(reverse("supplement_reason", args=[drafted]), {"reason": "再来"})
    assert again.status_code == 422


def test_while_a_campaign_closes_its_pages_offer_to_take_that_back(agreed, under_way, clerk, by):
    begin_closing(plan=under_way.pk, **by)
    back = reverse("plan_resume", args=[under_way.pk])
    shown = text(clerk, "supplement", agreed)
    assert back in shown
    assert "编号印发" not in shown
    assert "先“撤回收尾”" in text(clerk, "plan", under_way.pk)
    begin = text(clerk, "supplement_new", under_way.pk)
    assert back in begin
    assert 'name="reason"' not in begin  # nothing is typed that would be refused
    late = clerk.post(reverse("supplement_new", args=[under_way.pk]), {"reason": "因防汛形势变化"})
    assert late.status_code == 422
    for words in ("请先撤回收尾", "因防汛形势变化", back):
        assert words in late.content.decode(), words
    clerk.post(back)
    assert 'name="reason"' in text(clerk, "supplement_new", under_way.pk)
    assert "编号印发" in text(clerk, "supplement", agreed)
    services.drop(supplement=agreed, **by)
    assert back not in text(clerk, "supplement", agreed)
