"""A leader's first page: how every kind of unit stands, what is late, this week; and nothing to decide."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM
from tests.cast import actor
from workflows.cases.register import About, open_case
from workflows.tasks.models import Task
from workflows.tracking.upward.services import add_duty

from .conftest import DUE, NOW, add_item, give

DUTY = {"kind": "summary", "title": "活动月总结", "to": "清远市安委办", "due_on": DUE["1"]}


def desk(client):
    return client.get("/").context["desk"]


def test_every_kind_of_unit_stands_in_its_line(campaign, cast, sign_in):
    (standing,) = desk(sign_in(cast.leader)).standings
    lines = {row["name"]: row for row in standing.rows}
    tasks = Task.objects.filter(plan=campaign.plan)
    assert lines["镇（街）"]["total"] == tasks.exclude(unit=cast.department.unit).count()
    assert lines["部门"]["total"] == tasks.filter(unit=cast.department.unit).count()
    assert sum(row["overdue"] for row in standing.rows) == tasks.overdue(NOW.date()).count() > 0


def test_the_number_and_the_list_behind_it_agree(campaign, cast, sign_in):
    client = sign_in(cast.leader)
    (standing,) = desk(client).standings
    for row in standing.rows:
        if row["overdue"]:
            assert len(client.get(row["late_url"]).context["lines"]) == row["overdue"]


def test_of_cases_there_are_numbers_and_no_names(campaign, cast, sign_in):
    about = About("关闭报警器案", "other", (cast.town.liaison.pk,))
    case = open_case(about=about, unit=cast.town.unit.pk, actor=actor(cast.town.liaison), at=NOW)
    client = sign_in(cast.leader)
    assert desk(client).cases.totals["open"] == 1
    page = client.get("/cases/numbers/").content.decode()
    assert "甲镇" in page
    assert (
        "关闭报警器"
        not in page + client.get("/").content.decode() + client.get("/search/?q=报警器").content.decode()
    )
    assert client.get(f"/cases/{case}/").status_code == 403


def test_a_draft_plan_and_what_is_not_issued_yet_stay_in_the_office(campaign, cast, sign_in):
    from workflows.plans.models import Plan

    (draft,) = create(
        Plan, {"title": "明年方案", "text": "一", "organ": cast.office}, actor=SYSTEM, at=timezone.now()
    )
    client = sign_in(cast.leader)
    assert client.get(f"/plans/{draft}/").status_code == 403
    assert "明年方案" not in client.get("/plans/").content.decode()


def test_the_page_asks_as_much_for_ten_times_the_units(campaign, cast, sign_in):
    client = sign_in(cast.leader)
    add_duty(values=DUTY, actor=actor(cast.clerk), at=NOW)
    client.get("/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/")
    for n in range(40, 50):
        add_duty(values=DUTY | {"title": f"材料{n}"}, actor=actor(cast.clerk), at=NOW)
        give(add_item(campaign.plan, str(n), DUE["1"]), cast.other.unit)
    with CaptureQueriesContext(connection) as many:
        client.get("/")
    assert len(many) == len(few)
