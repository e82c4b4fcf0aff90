"""对上报送: what the office owes upward, with a light, by the same ladder, and what was handed in."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation.journal.models import Entry
from foundation.organization.refusals import Refused
from foundation.outbox.models import Message
from foundation.outbox.spreading import spread
from tests.cast import actor
from tests.documents.archiving.things import issued
from workflows.plans.models import Plan
from workflows.tracking.closing.checklist import checklist
from workflows.tracking.models import UpwardDuty
from workflows.tracking.permissions import keeps_upward, sees_upward
from workflows.tracking.supervision.sweep import dry_run, sweep
from workflows.tracking.upward import services
from workflows.tracking.upward.proposing import kind_of, proposals, receiver

from ..conftest import CHINA, NOW

OWN = "英德市安全生产委员会办公室"


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.ROOT_URLCONF = "config.urls"


def morning(day: int, month: int = 6) -> dt.datetime:
    return dt.datetime(2026, month, day, 8, 30, tzinfo=CHINA)


def add(cast, due: dt.date, **more) -> int:
    values = {"kind": "summary", "title": "活动月总结", "to": "清远市安委办", "due_on": due, **more}
    return services.add_duty(values=values, actor=actor(cast.clerk), at=NOW)


def test_list_and_row_agree_for_everybody(cast):
    add(cast, dt.date(2026, 6, 20))
    row = UpwardDuty.objects.get()
    may = {sees_upward: {cast.clerk, cast.office_head, cast.twice_office, cast.auditor, cast.leader}}
    may[keeps_upward] = may[sees_upward] - {cast.auditor, cast.leader}
    for rule, people in may.items():
        assert {seat for seat in cast if rule(row, actor(seat), NOW.date())} == people
        seen = {seat for seat in cast if UpwardDuty.objects.filter(rule.q(seat.pk, NOW.date())).exists()}
        assert seen == people


def test_a_leader_and_the_auditor_read_on_their_first_page_what_is_to_be_handed_in(cast, sign_in):
    late, later = add(cast, dt.date(2026, 6, 8)), add(cast, dt.date(2026, 7, 20), title="年度总结")
    for seat in (cast.leader, cast.auditor):
        client = sign_in(seat)
        pile = client.get("/").context["desk"].upward
        assert (pile.count, [one["row"].pk for one in pile.rows]) == (2, [late, later])
        page = client.get("/").content.decode()
        assert reverse("upward_duty", args=[late]) in page
        assert reverse("upward_new") not in page
    services.drop(duty=late, why="并入年度总结", actor=actor(cast.clerk), at=NOW)
    assert sign_in(cast.leader).get("/").context["desk"].upward.count == 1
    assert "对上报送" not in sign_in(cast.town.head).get("/").content.decode()


def told() -> list[tuple[str, str]]:
    found = Entry.objects.filter(verb__in=("tracking.upwardduty.remind", "tracking.upwardduty.overdue"))
    return [(one.verb.rpartition(".")[2], one.data["rung"]) for one in found.order_by("pk")]


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("于7月5日前将活动总结报清远市安委办", "清远市安委办"),
        ("汇总后报送至省应急管理厅。", "省应急管理厅"),
        ("请于7月1日前将总结报英德市安委办", ""),
        ("材料报市安委办汇总", ""),
        ("由市安委办汇总后上报上级安委办", "上级安委办"),
    ],
)
def test_the_receiver_above_is_told_from_the_office_itself(sentence, who):
    assert receiver(sentence, OWN) == who


def test_the_kind_is_told_by_its_title():
    assert [kind_of(one) for one in ("6月月报", "附件2统计表", "联络员名单", "照片")] == [
        "monthly", "figures", "listed", "other",
    ]  # fmt: skip


def test_a_plan_proposes_what_goes_up_and_no_more_once_it_is_registered(campaign, cast):
    text = "7月5日前将活动总结报清远市安委办。7月1日前将小结报市安委办。"
    cut = text.index("7月1日")
    reports = [
        {"title": "活动总结", "due": "2026-07-05", "source": [0, cut]},
        {"title": "小结", "due": "2026-07-01", "source": [cut, len(text)]},
    ]
    Plan.objects.filter(pk=campaign.plan).update(text=text, reading={"reports": reports})
    plan = Plan.objects.get(pk=campaign.plan)
    (one,) = proposals(plan)
    assert (one.title, one.to, one.due_on) == ("活动总结", "清远市安委办", dt.date(2026, 7, 5))
    add(cast, one.due_on, title=one.title, plan_id=plan.pk)
    assert proposals(plan) == []


def test_the_sweep_reminds_the_office_once_and_sends_itself_no_slip(cast):
    add(cast, dt.date(2026, 6, 17))  # Friday 12 is T-4, Monday 15 T-3
    assert dry_run(at=morning(15)).reminders == sweep(at=morning(15)).reminders == 1
    assert (sweep(at=morning(15)).reminders, told()) == (0, [("remind", "T-3")])
    sweep(at=morning(18))
    assert told()[-1] == ("overdue", "T+1") or told() == [("remind", "T-3")]
    found = sweep(at=morning(22))
    assert told()[-1] == ("overdue", "T+1")
    assert not any(found.slips.values())


def test_what_was_handed_in_is_reminded_of_no_more(cast):
    pk = add(cast, dt.date(2026, 6, 17))
    services.hand_in(duty=pk, handed_on=NOW.date(), receipt="YZY-1", actor=actor(cast.clerk), at=NOW)
    assert (sweep(at=morning(15)).reminders, told()) == (0, [])


def test_the_handler_hears_of_it_and_late_the_head_too(cast):
    add(cast, dt.date(2026, 6, 17), handler_id=cast.clerk.pk)
    spread(NOW)
    sweep(at=morning(16))
    sweep(at=morning(23))
    names = {}
    for one in Message.objects.filter(kind="upward.due", channel="site").select_related("person", "entry"):
        names.setdefault(one.entry.verb.rpartition(".")[2], set()).add(one.person.name)
    assert names == {"remind": {"罗书言"}, "overdue": {"罗书言", "谢长青"}}


def test_it_is_handed_in_with_documents_and_the_receipt_comes_later(cast, sign_in):
    pk = add(cast, dt.date(2026, 6, 10))
    paper = issued(
        cast, "关于活动情况的总结报告", subject="plans.plan", subject_id=1, content={}, kind="report"
    )
    client, at = sign_in(cast.clerk), reverse("upward_act", args=[pk, "hand_in"])
    nothing = client.post(at, {"handed_on": "2026-06-12"})
    assert (nothing.status_code, "至少有一样" in nothing.content.decode()) == (422, True)
    assert client.post(at, {"handed_on": "2026-06-12", "papers": [paper]}).status_code == 302
    row = UpwardDuty.objects.get(pk=pk)
    assert (row.state, row.handed_on, [one.pk for one in row.papers.all()]) == ("handed", NOW.date(), [paper])
    page = client.get(reverse("upward_duty", args=[pk])).content.decode()
    assert "迟报 2 个工作日" in page
    receipt = SimpleUploadedFile("回执.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40, "image/png")
    assert client.post(reverse("upward_act", args=[pk, "confirm"]), {"file": receipt}).status_code == 302
    assert UpwardDuty.objects.get(pk=pk).state == "receipted"


def test_what_came_back_is_due_again_and_what_was_attached_stays(cast):
    pk = add(cast, dt.date(2026, 6, 30))
    by = {"actor": actor(cast.clerk), "at": NOW}
    services.hand_in(duty=pk, handed_on=NOW.date(), receipt="YZY-1", **by)
    with pytest.raises(Refused, match="先改回待报"):
        services.change_duty(duty=pk, values={"title": "另一个"}, **by)
    services.take_back(duty=pk, why="上级退回补充。", **by)
    assert services.change_duty(duty=pk, values={"due_on": dt.date(2026, 7, 3)}, **by)
    row = UpwardDuty.objects.get(pk=pk)
    assert (row.state, row.handed_on, row.receipt, row.due_on) == ("open", None, "", dt.date(2026, 7, 3))


def test_a_day_to_come_and_a_paper_that_is_not_issued_are_refused(cast):
    pk = add(cast, dt.date(2026, 6, 30))
    by = {"actor": actor(cast.clerk), "at": NOW}
    with pytest.raises(Refused, match="还没有到"):
        services.hand_in(duty=pk, handed_on=dt.date(2026, 6, 13), receipt="1", **by)
    with pytest.raises(Refused, match="已经印发"):
        services.hand_in(duty=pk, handed_on=NOW.date(), papers=[SimpleNamespace(pk=10**6)], **by)


def test_the_workbench_and_the_closing_list_name_what_is_open(campaign, cast, sign_in):
    add(cast, dt.date(2026, 6, 16), plan_id=campaign.plan)
    desk = sign_in(cast.clerk).get("/").context["desk"]
    assert [(one["row"].title, one["light"].kind) for one in desk.upward.rows] == [("活动月总结", "near")]
    points = {one.label: one.count for one in checklist(Plan.objects.get(pk=campaign.plan))}
    assert points["没有报送的对上事项"] == 1


def test_the_register_begins_with_what_the_plan_says(campaign, cast, sign_in):
    text = "7月5日前将活动总结报清远市安委办。"
    reports = [{"title": "活动总结", "due": "2026-07-05", "source": [0, len(text)]}]
    Plan.objects.filter(pk=campaign.plan).update(text=text, reading={"reports": reports})
    client = sign_in(cast.clerk)
    assert f"?plan={campaign.plan}&amp;report=0" in client.get(reverse("upward")).content.decode()
    form = client.get(reverse("upward_new"), {"plan": campaign.plan, "report": 0})
    assert 'value="活动总结"' in form.content.decode()
    given = {
        "kind": "summary",
        "title": "活动总结",
        "to": "清远市安委办",
        "due_on": "2026-07-05",
        "plan": campaign.plan,
    }
    assert client.post(reverse("upward_new"), given).status_code == 302
    assert "报送1" not in client.get(reverse("upward")).content.decode()
    assert UpwardDuty.objects.get().plan_id == campaign.plan
