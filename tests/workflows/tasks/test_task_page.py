"""The task page as its people see it."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from approvals import enclosures
from approvals.models import Route
from foundation.organization.services import end_appointment
from tests.cast import actor, identity
from workflows.tasks import services
from workflows.tasks.models import ActivityRecord

from .minutes import AT

NOW = AT + dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def liaison(client, cast):
    return identity(client, cast.town.liaison)


def page(client, case, **query):
    answer = client.get(reverse("task", args=[case.pk]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def press(client, case, do="save", **typed):
    """Send the form as the page showed it, with what was typed into it."""
    draft = getattr(case.task, "draft", None)
    known = {"version": case.task.version, "revision": draft.revision if draft else 0}
    return client.post(reverse("task", args=[case.pk]), known | {"do": do} | typed)


RECORD = {
    "record-held_on": "2026-06-01", "record-form": "集中培训", "record-place": "农机站", "record-sessions": "1",
    "record-people": "86", "record-text": "讲了三个案例。", "record-token": "t1",
}  # fmt: skip


def test_it_says_who_comes_next_by_name(liaison, received):
    html = page(liaison, received)
    assert "提交后下一步：何振邦 分管负责人审批" in html
    assert all(name in html for name in ("周晓岚", "罗书言", "谢长青"))


def test_receiving_is_the_one_primary_button_of_a_new_task(liaison, case):
    html = page(liaison, case)
    assert html.count("is-primary") == 1
    assert liaison.post(reverse("task_act", args=[case.pk, "receive"])).status_code == 302
    assert case.state == "received"


def test_a_draft_is_kept_and_shown_again(liaison, received):
    assert press(liaison, received, summary="已办一场。").status_code == 302
    assert "已办一场。" in page(liaison, received)


def test_a_record_is_added_and_the_rest_of_the_form_is_kept(liaison, received):
    press(liaison, received, "add_record", summary="小结", **RECORD)
    html = page(liaison, received)
    assert ActivityRecord.objects.get().people == 86
    assert "小结" in html
    assert "活动记录 1" in html


def test_a_wrong_record_stays_in_the_form(liaison, received):
    answer = press(liaison, received, "add_record", **RECORD | {"record-people": "很多"})
    assert answer.status_code == 422
    assert "很多" in answer.content.decode()
    assert "很多" in page(liaison, received)


def test_a_record_of_tomorrow_is_refused_in_words(liaison, received):
    answer = press(liaison, received, "add_record", **RECORD | {"record-held_on": "2026-06-30"})
    assert "活动日期晚于今天" in answer.content.decode()


def test_a_record_sent_twice_is_added_once(liaison, received):
    for _ in range(2):
        answer = liaison.post(
            reverse("task", args=[received.pk]), {"do": "add_record", "revision": 0, "version": 0, **RECORD}
        )
        assert answer.status_code == 302
    assert ActivityRecord.objects.count() == 1
    assert "没有重复添加" in page(liaison, received)


def test_a_record_is_changed_and_removed(liaison, ready):
    row = ActivityRecord.objects.get()
    press(liaison, ready, f"edit_record:{row.pk}")
    assert "保存修改" in page(liaison, ready)
    press(
        liaison,
        ready,
        "add_record",
        **RECORD | {"record-id": row.pk, "record-people": "90", "record-token": "t2"},
    )
    assert ActivityRecord.objects.get().people == 90
    press(liaison, ready, f"remove_record:{row.pk}")
    assert "活动记录 0" in page(liaison, ready)


def test_submitting_moves_it_on_and_names_what_is_next(liaison, ready):
    assert press(liaison, ready, "submit", summary="完成。").status_code == 302
    assert ready.state == "unit_review"
    html = page(liaison, ready)
    assert "第 1 版已提交" in html
    assert "完成。" in html


def test_an_incomplete_submission_says_what_is_missing_and_keeps_the_words(liaison, received):
    answer = press(liaison, received, "submit", summary="小结在此")
    html = answer.content.decode()
    assert (answer.status_code, received.state) == (422, "received")
    assert "请至少登记一条活动记录" in html
    assert "小结在此" in html


def test_a_record_begun_and_not_added_holds_the_submission(liaison, ready):
    answer = press(liaison, ready, "submit", **RECORD)
    assert "写了还没有添加" in answer.content.decode()


def test_who_comes_second_is_told_who_was_first_and_keeps_the_words(client, cast, received):
    """The office cancelled the task while the liaison officer wrote why it does not concern them."""
    services.cancel(task=received.pk, reason="重复下达", **received.by(cast.clerk))
    answer = identity(client, cast.town.liaison).post(
        reverse("task_act", args=[received.pk, "waiver"]), {"reason": "本镇没有农机。"}
    )
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "此件已由 罗书言 于 6月1日 11:00 撤销" in html
    assert "现在的状态：已撤销" in html
    assert "本镇没有农机。" in html
    assert f'href="{reverse("task", args=[received.pk])}">看最新情况' in html


def test_an_act_pressed_twice_is_told_when_it_was_done(liaison, case):
    address = reverse("task_act", args=[case.pk, "receive"])
    liaison.post(address)
    answer = liaison.post(address)
    assert (answer.status_code, "您已于 6月2日 09:00 签收过此件。" in answer.content.decode()) == (409, True)
    assert case.state == "received"


def test_a_submission_sent_twice_is_told_so(liaison, ready):
    press(liaison, ready, "submit")
    answer = liaison.post(
        reverse("task", args=[ready.pk]), {"do": "submit", "version": 0, "summary": "又一次"}
    )
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "没有重复提交" in html
    assert "又一次" in html


def test_two_people_at_once_lose_nothing(liaison, received, cast):
    press(liaison, received, summary="第一个人写的")
    answer = liaison.post(
        reverse("task", args=[received.pk]), {"do": "save", "revision": 0, "summary": "另一个人写的"}
    )
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "赖安宁 于" in html
    assert "另一个人写的" in html
    assert received.task.draft.content["summary"] == "第一个人写的"
    again = answer.context["form"]["revision"].value()
    answer = liaison.post(
        reverse("task", args=[received.pk]), {"do": "save", "revision": again, "summary": "另一个人写的"}
    )
    assert received.task.draft.content["summary"] == "另一个人写的"


def test_a_head_reads_and_cannot_write(client, cast, ready):
    head = identity(client, cast.town.head)
    assert "提交审批" not in page(head, ready)
    answer = press(head, ready, summary="我来写")
    assert (answer.status_code, hasattr(ready.task, "draft")) == (409, False)
    assert "联络员" in answer.content.decode()


@pytest.mark.parametrize("do", ["remove_record", "edit_record", "remove_file"])
def test_a_button_that_names_nothing_of_ours_keeps_what_was_typed(liaison, received, do):
    answer = press(liaison, received, f"{do}:{'1' * 5000}", summary="写了很久")
    assert answer.status_code in (302, 422)
    assert received.task.draft.content["summary"] == "写了很久"


def test_a_head_is_told_why_not_whatever_the_form_says(client, cast, ready):
    head = identity(client, cast.town.head)
    assert press(head, ready, "submit", version="1" * 5000).status_code == 409


def test_the_return_links_to_what_is_wrong(liaison, ready):
    ready.submit()
    ready.unit_agrees()
    record = ready.last().content["records"][0]["id"]
    ready.send_back(ready.cast.clerk, "人数不对。", (f"record:{record}", "与签到表不符"))
    html = page(liaison, ready)
    assert "罗书言 退回 1 处，请补正" in html
    assert f'href="#record-{record}"' in html
    assert f'id="record-{record}"' in html
    assert "与签到表不符" in html


def test_what_the_marked_parts_say_is_not_said_again(liaison, ready):
    ready.submit()
    ready.unit_agrees()
    label = "活动记录 6月1日 集中培训"
    record = ready.last().content["records"][0]["id"]
    ready.send_back(
        ready.cast.clerk, f"{label}：数据有误，与签到表不符。", (f"record:{record}", "与签到表不符")
    )
    told = liaison.get(reverse("task", args=[ready.pk])).context["returned"]
    assert (told.opinion, told.items) == ("", [(label, f"#record-{record}", "数据有误，与签到表不符")])


def test_the_difference_to_the_last_version_stands_beside_the_form(liaison, ready):
    ready.write(summary="整改由农办跟踪。")
    ready.submit()
    ready.send_back(ready.cast.town.deputy, "写明期限。")
    ready.write(summary="整改于6月10日前完成。")
    html = page(liaison, ready)
    assert "与第 1 版对照" in html
    assert "<ins>" in html


def test_the_unit_without_a_liaison_officer_is_told(client, cast, case):
    end_appointment(appointment=cast.town.liaison, on=dt.date(2026, 5, 1), at=NOW)
    assert "目前没有联络员" in page(identity(client, cast.town.head), case)


def test_a_route_taken_out_of_use_is_named_before_and_at_submitting_and_nothing_is_lost(liaison, ready):
    Route.objects.filter(code="unit").update(retired=True)
    says = "审批路线“单位审批”已停用，暂时不能提交。请联系系统管理员或安办主任恢复。"
    assert says in page(liaison, ready)
    answer = press(liaison, ready, "submit", summary="留着")
    assert (answer.status_code, ready.state) == (422, "received")
    assert says in answer.content.decode()
    assert "留着" in answer.content.decode()


def test_an_empty_post_is_named_before_and_at_submitting_and_nothing_is_lost(liaison, ready, cast):
    end_appointment(appointment=cast.town.head, on=dt.date(2026, 5, 1), at=NOW)
    assert "甲镇主要负责人目前无人担任" in page(liaison, ready)
    answer = press(liaison, ready, "submit", summary="留着")
    assert (answer.status_code, ready.state) == (422, "received")
    assert "甲镇主要负责人目前无人担任，请先任命" in answer.content.decode()
    assert ready.task.draft.content["summary"] == "留着"


def test_an_act_keeps_the_reason_when_it_is_refused(client, cast, case):
    office = identity(client, cast.clerk)
    address = reverse("task_act", args=[case.pk, "reopen"])
    answer = office.post(address, {"reason": "误判"})
    assert answer.status_code == 422
    assert "误判" in answer.content.decode()


def test_a_reason_left_out_is_asked_for(client, cast, case):
    office = identity(client, cast.clerk)
    answer = office.post(reverse("task_act", args=[case.pk, "cancel"]), {"reason": " "})
    assert (answer.status_code, case.state) == (422, "issued")


def test_an_unknown_act_is_not_found(liaison, case):
    assert liaison.get(reverse("task_act", args=[case.pk, "explode"])).status_code == 404


def test_the_versions_stand_side_by_side(liaison, ready):
    ready.write(summary="第一次")
    ready.submit()
    ready.withdraw()
    ready.write(summary="第二次")
    ready.submit()
    html = liaison.get(reverse("task_version", args=[ready.pk, 2])).content.decode()
    assert "与第 1 版对照" in html
    assert "<del>一</del>" in html
    assert liaison.get(reverse("task_version", args=[ready.pk, 3])).status_code == 404


def test_a_file_given_with_an_opinion_stands_in_the_history(liaison, received):
    received.hold()
    received.submit()
    deputy, row = received.cast.town.deputy, received.pending.signers.get(key=1)
    file = enclosures.gather(
        signer=row, source=b"text", name="核查记录.txt", actor=actor(deputy), at=received.tick()
    )
    received.decide(deputy, "agree", "见附件。", files=[file.pk])
    assert f'<a href="{file.url}">核查记录.txt</a>' in page(liaison, received)
