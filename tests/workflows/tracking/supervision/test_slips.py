"""A slip from its receipt to its end: who may, what is refused, what the pages show."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.models import Draft
from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.ending import end_unit
from foundation.organization.models import Appointment
from foundation.organization.refusals import Refused
from tests.cast import actor
from tests.workflows.tracking.conftest import NOW, add_item, give, move
from workflows.tasks.models import Task
from workflows.tracking.models import Slip
from workflows.tracking.models.supervision import OPEN
from workflows.tracking.permissions import sees_slip, unit_answers
from workflows.tracking.supervision import services
from workflows.tracking.supervision.sweep import sweep


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.ROOT_URLCONF = "config.urls"


@pytest.fixture
def slip(campaign) -> Slip:
    """甲镇's blue one."""
    sweep(at=NOW)
    return Slip.objects.get(task=campaign.tasks["jia", "1"])


def state(slip) -> str:
    return Slip.objects.get(pk=slip.pk).state


def by(seat) -> dict:
    return {"actor": actor(seat), "at": NOW}


def test_who_has_the_task_of_a_unit_that_ended_answers_its_slip(slip, campaign, cast):
    """Where the successor has the same task already, the old one lapses and nobody has to answer."""
    move_in, heir = add_item(campaign.plan, "9", NOW.date() - dt.timedelta(2)), cast.other.unit
    give(move_in, cast.town.unit)
    sweep(at=NOW)
    going = Slip.objects.get(unit=cast.town.unit, task__item__number="9")
    services.receive(slip=going.pk, **by(cast.town.liaison))
    end_unit(unit=cast.town.unit, on=NOW.date(), successor=heir, follow=True, **by(cast.administrator))
    services.answer(slip=going.pk, reply="由乙镇补报。", **by(cast.other.head))
    assert state(going) == "replied"
    sweep(at=NOW + dt.timedelta(days=1))
    assert state(slip) == "closed"
    assert not Slip.objects.filter(state__in=OPEN, unit__ended_on__isnull=False).exists()
    assert first_bad()[1] is None


def test_from_receipt_to_end(slip, cast):
    services.receive(slip=slip.pk, **by(cast.town.liaison))
    services.answer(slip=slip.pk, reply="经办人出差，周一补报。", **by(cast.town.deputy))
    services.send_back(slip=slip.pk, why="请写明整改措施。", **by(cast.clerk))
    services.answer(slip=slip.pk, reply="周一补报，并指定替补经办人。", **by(cast.town.head))
    services.close(slip=slip.pk, opinion="同意。", **by(cast.office_head))
    assert state(slip) == "closed"
    verbs = Entry.objects.filter(target="tracking.slip", target_id=slip.pk).order_by("seq")
    assert [one.verb.rpartition(".")[2] for one in verbs] == [
        "create", "receive", "answer", "send_back", "answer", "close",
    ]  # fmt: skip
    assert [one.data["reply"] for one in verbs if "reply" in one.data] == [
        "经办人出差，周一补报。",
        "周一补报，并指定替补经办人。",
    ]
    assert first_bad()[1] is None


@pytest.mark.parametrize(
    ("do", "who", "says"),
    [
        ({"service": services.receive}, "other.liaison", "只有承办单位"),
        ({"service": services.receive}, "town.handler", "只有承办单位"),
        ({"service": services.receive}, "clerk", "只有承办单位"),
        ({"service": services.answer, "reply": " "}, "town.liaison", "请填写回复"),
        ({"service": services.answer, "reply": "字" * 2001}, "town.liaison", "2001 字"),
        ({"service": services.close}, "clerk", "已发出"),
        ({"service": services.void, "why": ""}, "clerk", "请填写作废的理由"),
        ({"service": services.void, "why": "发错"}, "town.head", "只有安委办"),
    ],
)
def test_what_is_refused_changes_nothing(slip, cast, do, who, says):
    house, _, post = who.rpartition(".")
    seat = getattr(getattr(cast, house) if house else cast, post)
    with pytest.raises(Refused, match=says):
        do.pop("service")(slip=slip.pk, **do, **by(seat))
    assert state(slip) == "issued"


def test_a_void_slip_is_not_sent_again(slip, cast):
    services.void(slip=slip.pk, why="已当面报送纸质材料。", **by(cast.clerk))
    assert sweep(at=NOW + dt.timedelta(hours=2)).slips["blue"] == 0


def test_list_and_row_agree_for_everybody(slip, cast):
    for rule in (sees_slip, unit_answers):
        for seat in cast:
            listed = set(Slip.objects.filter(rule.q(seat.pk, NOW.date())))
            assert listed == {one for one in Slip.objects.all() if rule(one, actor(seat), NOW.date())}, (
                rule,
                seat,
            )


def test_a_unit_works_on_its_slip_by_its_pages(slip, cast, sign_in):
    liaison = sign_in(cast.town.liaison)
    assert slip.full_number in liaison.get(reverse("slips")).content.decode()
    assert reverse("slip", args=[slip.pk]) in liaison.get("/").content.decode()
    page = liaison.get(reverse("slip", args=[slip.pk])).content.decode()
    assert "签收" in page
    assert "请立即补报" in page
    empty = liaison.post(reverse("slip_act", args=[slip.pk, "answer"]), {"reply": ""})
    assert empty.status_code == 422
    answered = liaison.post(
        reverse("slip_act", args=[slip.pk, "answer"]), {"reply": "周一补报。"}, follow=True
    )
    assert "周一补报。" in answered.content.decode()
    clerk = sign_in(cast.clerk)
    assert reverse("slip", args=[slip.pk]) in clerk.get("/").content.decode()
    assert "周一补报。" in clerk.get(reverse("slip", args=[slip.pk])).content.decode()
    clerk.post(reverse("slip_act", args=[slip.pk, "close"]), {"opinion": ""})
    assert state(slip) == "closed"


def test_what_was_typed_stays_where_it_came_too_late(slip, cast, sign_in):
    services.void(slip=slip.pk, why="发错。", **by(cast.clerk))
    refused = sign_in(cast.town.liaison).post(
        reverse("slip_act", args=[slip.pk, "answer"]), {"reply": "写好的回复"}
    )
    assert refused.status_code == 422
    assert "写好的回复" in refused.content.decode()


def test_the_list_is_narrowed_by_its_address(slip, cast, sign_in):
    services.answer(slip=slip.pk, reply="周一补报。", **by(cast.town.liaison))
    clerk = sign_in(cast.clerk)

    def numbers(query: str) -> int:
        return clerk.get(reverse("slips") + query).content.decode().count('data-label="单位"')

    assert [numbers(q) for q in ("", "?only=replied", "?only=closed", "?colour=red", "?q=乙镇", "?q=2", "?only=no")] == [
        3, 1, 0, 0, 1, 1, 3,
    ]  # fmt: skip


def test_the_task_page_shows_its_slips_and_what_happened_to_them(slip, campaign, cast, sign_in):
    services.receive(slip=slip.pk, **by(cast.town.liaison))
    page = sign_in(cast.town.liaison).get(reverse("task", args=[slip.task_id])).content.decode()
    assert reverse("slip", args=[slip.pk]) in page
    assert "发出督办单（T+1）" in page
    assert "签收督办单" in page


def test_ahead_shows_whom_the_next_sweep_hits_and_writes_nothing(campaign, cast, sign_in):
    clerk = sign_in(cast.clerk)
    page = clerk.get(reverse("supervision_ahead")).content.decode()  # Monday 15
    assert "蓝色 3" in page
    assert "T-3 期限提醒" in page
    assert cast.town.liaison.person.name in page
    assert "（待核）" in page
    later = clerk.get(reverse("supervision_ahead") + "?on=2026-06-22").content.decode()
    assert "T+7 红色督办" in later
    assert cast.town.head.person.name in later
    assert not Slip.objects.exists()
    odd = clerk.get(reverse("supervision_ahead") + "?on=1999-01-01")
    assert "6月15日" in odd.content.decode()


def test_the_calendar_that_ends_is_told(campaign, cast, sign_in):
    page = sign_in(cast.clerk).get(reverse("supervision_ahead")).content.decode()
    assert "2026 年工作日历尚未导入，督办暂按周一至周五计算" in page


def test_the_circular_names_who_got_a_red_slip_and_still_owes(campaign, cast, sign_in):
    sweep(at=NOW + dt.timedelta(days=10))
    paid = campaign.tasks["yi", "1"]
    move(Task.receive, paid, seat=cast.other.liaison, at=NOW)
    move(Task.submit, paid, seat=cast.other.liaison, at=NOW, version=1)
    clerk = sign_in(cast.clerk)
    page = clerk.get(reverse("slips_listed")).content.decode()
    assert ("甲镇" in page, "乙镇" in page) == (True, False)
    done = clerk.post(reverse("slips_circular"), {"plan": campaign.plan})
    draft = Draft.objects.get()
    assert done.url == reverse("draft_edit", args=[draft.pk])
    assert draft.kind == "circular"
    assert "有2个单位的2件任务超期未报" in draft.text
    assert "1.甲镇：第1项开展第1项活动（应于2026年6月10日前报送）。" in draft.text
    nothing = clerk.post(reverse("slips_circular"), {"plan": "9999"}, follow=True)
    assert "通报名单是空的" in nothing.content.decode()


def test_what_reaches_nobody_is_seen_by_the_office_until_somebody_is_named(slip, campaign, cast, sign_in):
    one, book = reverse("slip", args=[slip.pk]), f"{reverse('address_book')}?q="
    clerk = sign_in(cast.clerk)
    assert not [row for row in clerk.get(reverse("slips")).context["rows"] if row["bare"]]
    assert "没有联络员" not in clerk.get(one).content.decode()
    Appointment.objects.filter(unit=cast.town.unit).update(revoked=True)
    listed = clerk.get(reverse("slips")).context["rows"]
    found = clerk.get(f"{reverse('slips')}?only=bare")
    assert (
        {row["row"].pk for row in listed if row["bare"]}
        == {row["row"].pk for row in found.context["rows"]}
        == {slip.pk}
    )
    assert book in found.content.decode()
    assert "甲镇目前没有联络员" in clerk.get(one).content.decode().replace(cast.town.unit.name, "甲镇")
    assert f'<a href="{reverse("slips")}?only=bare">1 份督办单</a>' in clerk.get("/").content.decode()
    assert "无人在任" in clerk.get(f"{reverse('supervision_ahead')}?on=2026-06-22").content.decode()
    services.void(slip=slip.pk, why="发错", **by(cast.clerk))
    assert "没有联络员" not in clerk.get(one).content.decode()  # what is over asks nobody for anything
    assert "份督办单" not in clerk.get("/").content.decode()


@pytest.mark.parametrize("page", ["slips", "supervision_ahead", "slips_listed"])
def test_queries_do_not_grow_with_the_rows(page, campaign, cast, sign_in):
    clerk, counts = sign_in(cast.clerk), []
    for many in (1, 10):
        for n in range(many):
            give(add_item(campaign.plan, str(100 * many + n), dt.date(2026, 6, 1)), cast.town.unit)
        sweep(at=NOW + dt.timedelta(hours=many))
        give(add_item(campaign.plan, str(100 * many + 50), dt.date(2026, 6, 1)), cast.town.unit)
        with CaptureQueriesContext(connection) as asked:
            clerk.get(reverse(page) + "?only=all")
        counts.append(len(asked))
    assert counts[1] == counts[0] <= 12
