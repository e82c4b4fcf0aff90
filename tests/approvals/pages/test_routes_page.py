"""审批路线: a new version is added through the form, an old one stays; the preview says who is asked."""

import pytest

from approvals.models import Approval, Route, RouteVersion
from approvals.route_json import read
from approvals.services import version_for
from foundation.journal.models import Entry

from .conftest import decide


def row(n, name="", who=(), **kw):
    """The fields of one step of the form."""
    values = {"name": name, "mode": "any", "on_empty": "refuse", "ORDER": n + 1} | kw
    values |= {f"who_{k}": value for k, value in enumerate(who)}
    return {f"steps-{n}-{key}": value for key, value in values.items()}


def form(*rows, initial=2, **kw):
    data = {"name": "单位审批", "dedupe": "none", "on_self": "superior"}
    data |= {"steps-TOTAL_FORMS": len(rows), "steps-INITIAL_FORMS": initial}
    for one in rows:
        data |= one
    return data | kw


BOTH = (row(0, "初审", ["unit/deputy"]), row(1, "终审", ["unit/head"]))


@pytest.fixture
def unit_route(cast):
    return Route.objects.get(code="unit")


@pytest.fixture
def edit(unit_route, sign_in, cast):
    """edit(data) posts the form as the administrator."""
    client = sign_in(cast.administrator)
    return lambda data: client.post(f"/administration/routes/{unit_route.pk}/edit/", data)


def test_a_new_version_is_taken_by_new_approvals(edit, unit_route):
    assert edit(form(*BOTH)).status_code == 302
    assert version_for("unit").number == 2
    assert [step.name for step in read(version_for("unit").definition).steps] == [
        "初审",
        "终审",
    ]
    assert Entry.objects.get(verb="journal.book.route.change").data["version"] == 2


def test_what_runs_keeps_its_version(send, sign_in, cast, told):
    pk = send()
    route = Route.objects.get(code="test")
    data = form(row(0, "终审", ["unit/head"]), row(1, DELETE="on"))
    assert sign_in(cast.office_head).post(f"/administration/routes/{route.pk}/edit/", data).status_code == 302
    decide(pk, cast.town.deputy)
    assert Approval.objects.get(pk=pk).state == "pending"
    assert (
        "正在办理 1 件"
        in sign_in(cast.office_head).get(f"/administration/routes/{route.pk}/").content.decode()
    )


def test_steps_are_moved_by_their_number(edit):
    edit(form(row(0, "初审", ["unit/deputy"], ORDER=2), row(1, "终审", ["unit/head"], ORDER=1)))
    assert [step["name"] for step in version_for("unit").definition["steps"]] == ["终审", "初审"]


def test_every_word_of_a_step_is_kept(edit):
    step = row(
        2, "会审", ["office/office_clerk", "office/office_head"], mode="all", on_empty="office/office_head"
    )
    edit(form(*BOTH, step, dedupe="all", on_self="skip"))
    made = read(version_for("unit").definition)
    assert (made.dedupe.value, made.on_self.value) == ("all", "skip")
    assert (made.steps[2].mode.value, made.steps[2].on_empty.post) == ("all", "office_head")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (form(row(0, "", ["unit/deputy"]), BOTH[1]), "请填写环节名称"),
        (form(row(0, "初审"), BOTH[1]), "请设置审批人"),
        (form(row(0, DELETE="on"), row(1, DELETE="on")), "请设置环节"),
        (form(*BOTH, name=""), "路线名称</a>：请填写。"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_saved(edit, data, says):
    answer = edit(data)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert version_for("unit").number == 1


def test_an_unchanged_form_makes_no_version(edit, unit_route):
    rows = row(0, "分管负责人审批", ["unit/deputy"]), row(1, "主要负责人审批", ["unit/head"])
    assert "没有改动" in edit(form(*rows)).content.decode()


def test_self_approval_is_the_office_heads_to_allow(edit, unit_route, sign_in, cast):
    assert "只由安办主任设置" in edit(form(*BOTH, on_self="allow")).content.decode()
    path = f"/administration/routes/{unit_route.pk}/edit/"
    assert sign_in(cast.office_head).post(path, form(*BOTH, on_self="allow")).status_code == 302


def test_the_preview_names_people_and_saves_nothing(edit, cast):
    html = edit(form(*BOTH, preview="1", unit=cast.other.unit.pk)).content.decode()
    assert "江喆" in html
    assert "陆堃" in html
    assert version_for("unit").number == 1


def test_the_preview_names_the_empty_post(edit, cast):
    html = edit(form(*BOTH, preview="1", unit=cast.twice.unit_id)).content.decode()
    assert "丁镇分管负责人" in html
    assert "目前无人担任" in html


def test_readers_read_and_editors_edit(unit_route, sign_in, cast):
    pk = unit_route.pk
    readers = {cast.administrator, cast.office_head, cast.clerk, cast.twice_office, cast.auditor}
    editors = {cast.administrator, cast.office_head}
    for path, may in (("", readers), (f"{pk}/", readers), (f"{pk}/edit/", editors)):
        answers = {seat: sign_in(seat).get(f"/administration/routes/{path}").status_code for seat in cast}
        assert answers == {seat: 200 if seat in may else 403 for seat in cast}


def test_versions_are_only_ever_added(edit, unit_route):
    first = RouteVersion.objects.get(route=unit_route).definition
    edit(form(*BOTH))
    edit(form(BOTH[0], row(1, DELETE="on")))
    assert list(unit_route.versions.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
    assert unit_route.versions.get(number=1).definition == first
