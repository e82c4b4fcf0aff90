"""延期: asked in time, decided by the office; the ladder stands still meanwhile, the board of the past keeps the old day."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.refusals import Refused
from tests.cast import actor
from tests.workflows.tracking.conftest import CHINA, NOW, SENT, add_item, give, move
from workflows.plans.models import Plan
from workflows.tasks import services
from workflows.tasks.models import Extension, Task
from workflows.tasks.permissions import sees_extension, unit_takes_back
from workflows.tracking.models import Reminder, Slip
from workflows.tracking.report import report
from workflows.tracking.supervision import outlook
from workflows.tracking.supervision.sweep import sweep

OLD, NEW = dt.date(2026, 6, 16), dt.date(2026, 6, 24)  # a Tuesday, a Wednesday


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.ROOT_URLCONF = "config.urls"


@pytest.fixture
def task(campaign, cast) -> int:
    """甲镇's item 2, received: due on OLD, today is Friday the 12th."""
    pk = campaign.tasks["jia", "2"]
    move(Task.receive, pk, seat=cast.town.liaison, at=SENT + dt.timedelta(days=1))
    return pk


def at(day: int, hour: int = 10) -> dt.datetime:
    return dt.datetime(2026, 6, day, hour, tzinfo=CHINA)


def morning(day: int) -> dt.datetime:
    return at(day, 8)


def ask(task, cast, when=NOW, until=NEW, reason="场地台风后检修，顺延。") -> int:
    return services.ask_extension(
        task=task, until=until, reason=reason, actor=actor(cast.town.liaison), at=when
    )


def agree(task, cast, when=NOW, until=NEW) -> None:
    services.agree_extension(task=task, until=until, opinion="同意。", actor=actor(cast.clerk), at=when)


def due(task) -> dt.date | None:
    return Task.objects.get(pk=task).due_on


def test_agreed_moves_the_due_day_and_the_journal_keeps_both(task, cast):
    ask(task, cast)
    agree(task, cast, until=dt.date(2026, 6, 22))
    assert due(task) == dt.date(2026, 6, 22)
    assert Entry.objects.get(verb="tasks.task.extend").data == {
        "due_on": ["2026-06-16", "2026-06-22"], "extension": Extension.objects.get().pk,
    }  # fmt: skip
    extension = Extension.objects.get()
    assert (extension.state, extension.wanted_on, extension.granted_on) == (
        "agreed",
        NEW,
        dt.date(2026, 6, 22),
    )
    assert first_bad()[1] is None


def test_agreed_while_a_sweep_looks_it_gets_no_slip(task, cast, monkeypatch):
    """Between the question who is late and the one whose extension is being decided."""
    ask(task, cast, when=at(16))

    def meanwhile(rows, asked=outlook._still):
        agree(task, cast, when=at(17))
        return asked(rows)

    monkeypatch.setattr(outlook, "_still", meanwhile)
    sweep(at=morning(17))
    assert due(task) == NEW
    assert not Slip.objects.filter(task=task).exists()


def test_it_is_asked_until_the_end_of_the_due_day(task, cast):
    assert ask(task, cast, when=at(16, 23))
    services.withdraw_extension(task=task, actor=actor(cast.town.liaison), at=at(16, 23))
    with pytest.raises(Refused, match="到期以前申请"):
        ask(task, cast, when=at(17, 0))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"until": OLD}, "要在原截止日 06月16日 以后"),
        ({"until": dt.date(2062, 6, 24)}, "核对年份"),
        ({"reason": "  "}, "请填写延期理由"),
        ({"reason": "字" * 501}, "501 字"),
    ],
)
def test_what_is_refused_asks_nothing(task, cast, given, says):
    with pytest.raises(Refused, match=says):
        ask(task, cast, **given)
    assert not Extension.objects.exists()


def test_who_may_not(task, cast, campaign):
    by = {"task": task, "until": NEW, "reason": "顺延", "at": NOW}
    for seat in (cast.other.liaison, cast.town.head, cast.clerk, cast.town.handler):
        with pytest.raises(Refused):
            services.ask_extension(actor=actor(seat), **by)
    ask(task, cast)
    with pytest.raises(Refused, match="已经申请过"):
        ask(task, cast)
    for seat in (cast.town.liaison, cast.auditor):
        with pytest.raises(Refused, match="只有安委办"):
            services.agree_extension(task=task, until=NEW, actor=actor(seat), at=NOW)
    with pytest.raises(Refused, match="没有待决定"):
        agree(campaign.tasks["yi", "1"], cast)


def test_decided_once(task, cast):
    ask(task, cast)
    services.refuse_extension(task=task, reason="请按期完成。", actor=actor(cast.office_head), at=NOW)
    with pytest.raises(Refused, match="没有待决定"):
        agree(task, cast)
    assert due(task) == OLD


def test_the_ladder_stands_still_while_it_is_decided(task, cast):
    sweep(at=morning(12))
    ask(task, cast, when=at(12))
    for day in (15, 16, 17, 18, 19, 22):
        assert sweep(at=morning(day)).reminders == 0
    assert not Slip.objects.filter(task=task).exists()
    services.refuse_extension(task=task, reason="请尽快完成。", actor=actor(cast.clerk), at=at(22))
    sweep(at=at(22, 16))
    sweep(at=morning(23))  # T+0
    assert not Slip.objects.filter(task=task).exists()
    sweep(at=morning(24))
    assert Slip.objects.get(task=task).rung == "T+1"


def test_withdrawn_days_count(task, cast):
    ask(task, cast)
    services.withdraw_extension(task=task, actor=actor(cast.town.liaison), at=at(18))
    sweep(at=at(18, 16))
    assert Slip.objects.get(task=task).rung == "T+1"


def test_agreed_begins_the_ladder_anew(task, cast):
    sweep(at=morning(12))
    ask(task, cast)
    agree(task, cast)
    for day in range(15, 31):
        sweep(at=morning(day))
    sent = Reminder.objects.filter(task=task, outcome="sent").values_list("due_on", "rung")
    assert list(sent.order_by("pk")) == [(OLD, "T-3"), (NEW, "T-7"), (NEW, "T-3"), (NEW, "T-1")]
    assert dict(Slip.objects.filter(task=task).values_list("rung", "issued_on")) == {
        "T+1": dt.date(2026, 6, 26), "T+3": dt.date(2026, 6, 30),
    }  # fmt: skip


def test_the_board_of_the_past_keeps_the_day_that_was_due_then(campaign, task, cast):
    ask(task, cast)
    agree(task, cast, when=at(13))
    ask(task, cast, when=at(22), until=dt.date(2026, 7, 8))
    services.agree_extension(task=task, until=dt.date(2026, 7, 8), actor=actor(cast.clerk), at=at(23))
    plan = Plan.objects.get(pk=campaign.plan)

    def light(when: dt.datetime | None) -> tuple[str, int]:
        rows = {row["unit"]: row["cells"] for row in report(plan=plan, at=when)["rows"]}
        return rows["jia"]["2"]["light"], rows["jia"]["2"]["days"]

    assert light(at(12)) == ("near", 2)  # of the 16th
    assert light(at(15)) == ("ok", 7)  # of the 24th
    assert light(at(25)) == ("ok", 9)  # of 8 July
    assert light(None)[0] == "ok"


def test_list_and_row_agree_for_everybody(task, cast):
    ask(task, cast)
    for rule in (sees_extension, unit_takes_back):
        for seat in cast:
            listed = Extension.objects.filter(rule.q(seat.pk, NOW.date())).exists()
            assert listed == rule(Extension.objects.get(), actor(seat), NOW.date())


def test_asked_and_decided_on_pages(task, cast, sign_in):
    liaison, clerk = sign_in(cast.town.liaison), sign_in(cast.clerk)
    page = reverse("task", args=[task])
    assert "申请延期" in liaison.get(page).content.decode()
    wrong = act(liaison, task, "extend", until="2026-06-01", reason="场地检修。")
    assert wrong.status_code == 422
    assert "场地检修。" in wrong.content.decode()
    act(liaison, task, "extend", until="2026-06-24", reason="场地检修。")
    assert "等安委办决定" in liaison.get(page).content.decode()
    assert reverse("task", args=[task]) in clerk.get("/").content.decode()
    assert "场地检修。" in clerk.get(reverse("extensions")).content.decode()
    decide = clerk.get(reverse("task_act", args=[task, "extend-agree"])).content.decode()
    assert "场地检修。" in decide
    assert 'value="2026-06-24"' in decide
    act(clerk, task, "extend-agree", until="2026-06-23", opinion="")
    assert due(task) == dt.date(2026, 6, 23)
    done = liaison.get(page).content.decode()
    assert "申请延期（原截止 6月16日，延至 6月24日）" in done
    assert "同意延期（原截止 6月16日，延至 6月23日）" in done
    assert "等安委办决定" not in done


def act(client: Client, task: int, code: str, **given):
    return client.post(reverse("task_act", args=[task, code]), given)


def test_the_list_makes_the_same_queries_at_ten_times_the_rows(campaign, cast, sign_in):
    clerk, counts = sign_in(cast.clerk), []
    for many in (1, 10):
        for n in range(many):
            pk = give(add_item(campaign.plan, str(100 * many + n), OLD), cast.town.unit, "received")
            ask(pk, cast)
        with CaptureQueriesContext(connection) as asked:
            clerk.get(reverse("extensions"))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 6
