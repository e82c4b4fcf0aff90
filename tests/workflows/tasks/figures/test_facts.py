"""Which reports of a campaign count, through the services that people use; statements don't grow with units."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from approvals.models import Approval, RouteVersion
from foundation.organization.models import Appointment
from tests.cast import more_units
from tests.workflows.tasks.minutes import AT, Minutes
from workflows.plans.models import Item, Period, Plan
from workflows.plans.versions import supersede
from workflows.tasks import services
from workflows.tasks.annexes import statistics_on
from workflows.tasks.figures.facts import figures_of
from workflows.tasks.figures.kinds import Kind
from workflows.tasks.gathering import gather
from workflows.tasks.models import Submission, Task
from workflows.tasks.problems import Incomplete

CUTOFF = dt.date(2026, 6, 30)
TYPED = {"cutoff": "2026-06-30", "S01": {"sessions": "3", "people": "120"}}


@pytest.fixture
def report(make, cast) -> Minutes:
    """甲镇 has to hand in the figures of June."""
    case = Minutes(make(deliverables=["statistics"], due=dt.date(2026, 7, 1)), cast)
    case.receive()
    return case


def month(plan, seen=None):
    return figures_of(Plan.objects.get(pk=plan), Kind.MONTH, CUTOFF, seen).found


def statuses(found) -> dict[str, str]:
    return {one.unit: one.report.status for one in found.lines} | {
        one.unit: "missing" for one in found.missing
    }


def test_figures_count_when_the_unit_s_head_has_approved_them(report, plan):
    report.write(statistics=TYPED)
    report.submit()
    assert statuses(month(plan)) == {"jia": "missing"}
    report.unit_agrees()
    found = month(plan)
    assert statuses(found) == {"jia": "in_review"}
    assert found.totals["S01.people"] == 120
    report.office_agrees()
    assert statuses(month(plan)) == {"jia": "accepted"}


@pytest.mark.parametrize(
    ("asked", "then", "says"),
    [(["statistics"], ["report"], {"jia": "accepted"}), (["report"], ["report", "statistics"], {})],
    ids=["dropped", "added"],
)
def test_a_supplement_that_came_after_acceptance_changes_nothing(plan, make, cast, asked, then, says):
    """Figures that were accepted stay in the totals, and nobody misses what was not asked for."""
    case = Minutes(make(deliverables=asked, due=dt.date(2026, 7, 1)), cast)
    case.receive()
    case.write(**({"statistics": TYPED} if asked == ["statistics"] else {}))
    if asked == ["report"]:
        Task.objects.filter(pk=case.pk).update(state="accepted")
    else:
        case.submit()
        case.unit_agrees()
        case.office_agrees()
    item = Item.objects.get(tasks=case.pk)
    supersede(item=item, text=item.text, deliverables=then, due={}, basis="补充通知", at=AT)
    assert statuses(month(plan)) == says


def test_what_was_returned_counts_until_the_head_approves_the_next_version(report, plan, cast):
    report.write(statistics=TYPED)
    report.submit()
    report.unit_agrees()
    report.send_back(cast.clerk, "场次不对", ("statistics:S01", "请核对"))
    assert statuses(month(plan)) == {"jia": "returned"}
    report.write(statistics=TYPED | {"S01": {"sessions": "4", "people": "120"}})
    report.submit()
    assert (month(plan).totals["S01.sessions"], statuses(month(plan))) == (3, {"jia": "returned"})
    report.agree(cast.town.deputy, cast.town.head)
    assert (month(plan).totals["S01.sessions"], statuses(month(plan))) == (4, {"jia": "in_review"})


def test_what_the_office_entered_counts_when_the_unit_has_confirmed_it(make, plan, cast):
    case = Minutes(make(deliverables=["statistics"], due=dt.date(2026, 7, 1)), cast)
    services.begin_entry(task=case.pk, paper_on=AT.date(), reason="网络故障", **case.by(cast.clerk))
    case.write(cast.clerk, statistics=TYPED)
    case.upload("scan", "统计表.pdf", b"%PDF-1.4\n%%EOF\n", who=cast.clerk)
    case.submit(cast.clerk)
    assert statuses(month(plan)) == {"jia": "missing"}
    case.agree(cast.town.liaison)
    assert statuses(month(plan)) == {"jia": "in_review"}


def test_who_was_let_off_owes_nothing(report, plan, cast):
    report.ask_waiver()
    assert statuses(month(plan)) == {"jia": "missing"}
    report.agree(cast.clerk, cast.office_head)
    assert statuses(month(plan)) == {}


def test_a_unit_sees_its_own_figures(report, make, plan, cast):
    make(unit=cast.other.unit, deliverables=["statistics"], due=dt.date(2026, 7, 1))
    assert set(statuses(month(plan))) == {"jia", "yi"}
    assert set(statuses(month(plan, seen=Q(pk=cast.town.unit.pk)))) == {"jia"}


def test_a_unit_whose_day_was_put_off_still_owes_the_same_report(report, make, plan, cast):
    make(unit=cast.other.unit, deliverables=["statistics"], due=dt.date(2026, 7, 1))
    Task.objects.filter(pk=report.pk).update(due_on=dt.date(2026, 8, 15))
    found = month(plan)
    assert set(statuses(found)) == {"jia", "yi"}
    assert {one.unit: one.until for one in found.missing}["jia"] == dt.date(2026, 8, 15)


def many(plan: int, count: int) -> None:
    """So many units more, each with accepted figures of both periods."""
    units = more_units(count)
    for title, due in (("月度统计表", dt.date(2026, 7, 1)), ("统计表（累计数）", dt.date(2026, 12, 1))):
        order = Item.objects.count() + 1
        item = Item.objects.create(plan_id=plan, order=order, title=title, deliverables=["statistics"])
        period = Period.objects.create(item=item, due_on=due)
        common = {"plan_id": plan, "item": item, "period": period, "role": "lead", "due_on": due}
        tasks = Task.objects.bulk_create(
            Task(unit=unit, state="accepted", version=1, **common) for unit in units
        )
        _approved(tasks)


def _approved(tasks: list[Task]) -> None:
    form = statistics_on(CUTOFF)
    rows = {row.code: {cell.key: 2 for cell in row.cells} for row in form.rows}
    filled = {"form": form.effective_from.isoformat(), "cutoff": "2026-06-30", "notes": {}, "rows": rows}
    seat, route = Appointment.objects.first(), RouteVersion.objects.filter(route__code="unit").first()
    Submission.objects.bulk_create(
        Submission(
            task=one, version=1, content={"statistics": filled}, digest=f"{one.pk:064}", author=seat, at=AT
        )
        for one in tasks
    )
    about = {"subject": "tasks.task", "version": route, "state": "approved", "initiator": seat}
    Approval.objects.bulk_create(
        Approval(subject_id=one.pk, title="统计表", digest=f"{one.pk:064}", unit=one.unit, **about)
        for one in tasks
    )


def statements(plan) -> int:
    with CaptureQueriesContext(connection) as queries:
        found = figures_of(Plan.objects.get(pk=plan), Kind.CUMULATIVE, CUTOFF).found
    assert found.lines
    assert found.warnings
    return len(queries)


def test_many_units_take_the_statements_of_few(plan, cast):
    many(plan, 2)
    few = statements(plan)
    many(plan, 20)
    assert statements(plan) == few <= 20


def test_the_form_is_drafted_from_the_unit_s_records_of_all_its_tasks(report, make, plan, cast):
    """Those of the interval alone; what another unit did is its own."""
    for unit, who, on in (
        (None, None, AT.date()),
        (None, None, dt.date(2026, 5, 1)),
        (cast.other.unit, cast.other.liaison, AT.date()),
    ):
        case = Minutes(make(unit=unit), cast)
        Item.objects.filter(tasks=case.pk).update(number="1")
        case.receive(who)
        case.hold(who=who, held_on=on)
    Plan.objects.filter(pk=plan).update(starts_on=dt.date(2026, 6, 1))
    row = Task.objects.select_related("item", "plan", "period", "unit").get(pk=report.pk)
    held = gather(row, AT.date()).forms.held
    assert held.drafted == {"S01": {"sessions": 1, "people": 86}, "S17": {"double": 0, "referral": 0}}


def test_a_correction_without_a_reason_is_not_handed_in(report, make, cast):
    case = Minutes(make(), cast)
    Item.objects.filter(tasks=case.pk).update(number="1")
    case.receive()
    case.hold()
    report.at = case.at
    report.write(statistics=TYPED)
    with pytest.raises(Incomplete, match="活动记录合计 1"):
        report.submit()
    report.write(statistics=TYPED | {"S01": TYPED["S01"] | {"note": "村级活动由镇里补登"}})
    report.submit()
    assert report.last().content["statistics"]["drafted"]["S01"] == {"sessions": 1, "people": 86}


def test_the_cumulative_report_is_held_against_the_accepted_month(report, make, plan, cast):
    report.write(statistics=TYPED)
    report.submit()
    report.unit_agrees()
    report.office_agrees()
    whole = Minutes(make(deliverables=["statistics"], due=dt.date(2026, 12, 1)), cast, report.at)
    Item.objects.filter(tasks=whole.pk).update(title="全程统计表（填6月至12月累计数）")
    whole.receive()
    whole.write(statistics={"cutoff": "2026-11-30", "S01": {"sessions": "2", "people": "120"}})
    with pytest.raises(Incomplete, match="累计 2，少于上次报送的 3"):
        whole.submit()
