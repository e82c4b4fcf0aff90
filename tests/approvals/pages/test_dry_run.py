"""试走: who would be asked for a matter of a unit, in which order and by when, or why it could not start."""

import datetime as dt

import pytest

from approvals.engine.route_json import read
from approvals.models import Route
from approvals.routing.dry_run import dry_run
from approvals.services import version_for
from foundation.organization.models import Appointment
from foundation.organization.services import save_days
from tests.forms import filled

AT = dt.datetime(2026, 6, 1, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))  # a Monday
DEPUTY, HEAD = {"post": "deputy"}, {"post": "head"}


def route(*steps, **kw):
    return read(
        {"name": "审批", "steps": [{"name": f"第{n}环节"} | step for n, step in enumerate(steps, 1)]} | kw
    )


@pytest.fixture
def walk(cast):
    """walk(route) for a matter of 甲镇, started by its liaison officer: [(step, name, note)]."""

    def walked(definition, initiator=None, facts=None, unit=None):
        return dry_run(
            definition,
            unit=unit or cast.town.unit,
            initiator=initiator or cast.town.liaison,
            facts=facts or {},
            at=AT,
        )

    return walked


def lines(run):
    return [(name, [(one.name, one.note) for one in asked]) for name, asked in run.steps]


def test_everybody_is_named_in_the_order_of_asking(walk):
    run = walk(
        route(
            {"who": [DEPUTY, HEAD], "mode": "sequence"},
            {"who": [{"signer_of": 1}, {"post": "office_head", "of": "office"}]},
        )
    )
    assert lines(run) == [
        ("第1环节", [("何振邦", ""), ("周晓岚", "")]),
        ("第2环节", [("何振邦", "由第1步办理人办理"), ("谢长青", ""), ("周晓岚", "由第1步办理人办理")]),
    ]  # fmt: skip


def test_each_has_the_latest_day_on_which_they_are_due(walk, cast):
    days = {dt.date(2026, 6, 1) + dt.timedelta(n): (n % 7 < 5, "") for n in range(30)}
    save_days(days, at=AT)
    run = walk(route({"who": [DEPUTY], "due": {"after": 2}}, {"who": [HEAD], "due": {"after": 3}}))
    assert [asked[0].due.date() for _, asked in run.steps] == [dt.date(2026, 6, 3), dt.date(2026, 6, 8)]


def test_a_step_that_does_not_apply_says_its_condition(walk):
    steps = {"who": [DEPUTY], "when": [{"fact": "金额", "op": ">", "value": 100000}]}, {"who": [HEAD]}
    assert lines(walk(route(*steps), facts={"金额": 5}))[0] == (
        "第1环节",
        [("", "不满足条件“金额 > 100000”，跳过")],
    )
    assert lines(walk(route(*steps), facts={"金额": 200000}))[0] == ("第1环节", [("何振邦", "")])
    assert walk(route(*steps)).refusal == "缺少判断条件所需的数据“金额”，请补填后提交。"


def test_superiors_are_those_of_the_initiator(walk, cast):
    run = walk(route({"who": [{"superior": 1}, {"superior": 2}], "mode": "all"}))
    assert lines(run) == [("第1环节", [("何振邦", ""), ("周晓岚", "")])]


def test_who_drafted_is_passed_over_and_who_agreed_is_not_asked_twice(walk, cast):
    run = walk(route({"who": [DEPUTY]}, {"who": [HEAD]}, dedupe="all"), initiator=cast.town.deputy)
    assert lines(run) == [
        ("第1环节", [("周晓岚", "本人提交或起草的事项不由本人审批，改由上级审批")]),
        ("第2环节", [("周晓岚", "此前已同意的，自动同意")]),
    ]


def test_an_empty_post_is_named(walk, cast):
    assert (
        walk(route({"who": [DEPUTY]}), unit=cast.twice.unit).refusal
        == "丁镇分管负责人目前无人担任，请先任命，再提交。"
    )


@pytest.fixture
def page(cast, sign_in):
    path = f"/administration/routes/{Route.objects.get(code='unit').pk}/edit/"
    client = sign_in(cast.administrator)

    def asked(**typed):
        before = filled(client.get(path).content.decode())
        return client.post(path, before | {"try": "1"} | typed).content.decode()

    return asked


def test_the_page_walks_what_was_typed_and_saves_nothing(page, cast):
    html = page(**{"trial-unit": cast.other.unit.pk, "steps-0-who_0": "安办经办"})
    outcome = html.partition('role="status"')[2]
    assert "由梁思远发起" in outcome
    assert "罗书言" in outcome
    assert "陆堃" in outcome
    assert "江喆" not in outcome
    assert version_for("unit").number == 1


def test_the_page_says_why_it_could_not_start(page, cast):
    assert "丁镇分管负责人目前无人担任" in page(**{"trial-unit": cast.twice.unit_id})


def test_the_page_asks_for_the_facts_of_the_conditions(page, cast):
    typed = {"steps-0-fact_0": "金额", "steps-0-op_0": ">", "steps-0-value_0": "100000"}
    html = page(**typed)
    assert "缺少判断条件所需的数据“金额”" in html
    (name,) = (name for name in filled(html) if name.startswith("trial-fact_"))
    assert "跳过" in page(**typed, **{name: "5"}).partition('role="status"')[2]


def test_anybody_in_office_can_be_the_initiator(page, cast):
    html = page(**{"trial-unit": cast.town.unit.pk, "trial-initiator": cast.town.deputy.pk})
    assert "改由上级审批" in html


def test_an_initiator_who_has_left_is_refused_by_the_form(page, cast):
    Appointment.objects.filter(pk=cast.town.deputy.pk).update(revoked=True)
    html = page(**{"trial-initiator": cast.town.deputy.pk})
    assert "选择一个有效的选项" in html
