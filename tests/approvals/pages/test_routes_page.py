"""审批路线: a new version is added through the form, an old one stays, and nothing the form was given is lost."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.engine.route_json import read
from approvals.engine.routes import Named, PostIn
from approvals.models import Approval, Route, RouteVersion
from approvals.services import version_for
from foundation.journal.models import Entry
from tests.cast import more_units
from tests.forms import filled
from tests.house import ROOT

from .conftest import decide

EXAMPLES = sorted((ROOT / "docs/examples/approvals").glob("*.route.json"))
RICH = {
    "name": "重大事项",
    "steps": [
        {"name": "初审", "who": [{"post": "deputy"}], "on_empty": {"superior": 2}, "opinion": True},
        {
            "name": "会审",
            "who": [{"post": "head", "of": "bing"}, {"group": "gone"}, {"signer_of": 1}],
            "mode": "vote",
            "votes": {"ratio": "2/3"},
            "on_reject": "collect_all",
            "when": [
                {"fact": "金额", "op": ">", "value": 100000},
                {"fact": "涉嫌犯罪", "value": True},
                {"fact": "编号", "op": "!=", "value": "12"},
                {"fact": "答复", "value": "是"},
            ],
            "allow": ["transfer", "take_back"],
            "due": {
                "after": 16, "unit": "hours", "remind": 4, "escalate": {"after": 8, "to": {"post": "office_head", "of": "office"}},
                "then": {"after": 24, "do": "return"},
            },
            "copy": [{"post": "liaison"}, {"person": 999}],
        },
    ],
    "dedupe": "consecutive", "on_self": "skip", "resubmit": "jump_back", "withdraw_consent": {"post": "head"}, "batch": True,
}  # fmt: skip


@pytest.fixture
def unit_route(cast):
    return Route.objects.get(code="unit")


@pytest.fixture
def editor(unit_route, sign_in, cast):
    """The page of the unit's route, as the administrator."""
    return Page(sign_in(cast.administrator), f"/administration/routes/{unit_route.pk}/edit/")


def of_page(name: str) -> str:
    """s0_name is the first step's name."""
    return re.sub(r"^s(\d)_", r"steps-\1-", name)


class Page:
    def __init__(self, client, path):
        self.client, self.path = client, path

    def html(self) -> str:
        return self.client.get(self.path).content.decode()

    def save(self, **changes):
        """What the page shows, with `changes` typed over it."""
        typed = {of_page(name): value for name, value in changes.items()}
        return self.client.post(self.path, filled(self.html(), **typed))


def begin_with(route, document):
    """The route has this version alone."""
    RouteVersion.objects.filter(route=route).update(definition=document)


def names(route="unit"):
    return [step.name for step in read(version_for(route).definition).steps]


def test_a_new_version_is_taken_by_new_approvals(editor):
    assert editor.save(s0_name="初审").status_code == 302
    assert names() == ["初审", "主要负责人审批"]
    assert Entry.objects.get(verb="journal.book.route.change").data["version"] == 2


def test_what_runs_keeps_its_version(send, sign_in, cast, told):
    pk = send()
    route = Route.objects.get(code="test")
    page = Page(sign_in(cast.office_head), f"/administration/routes/{route.pk}/edit/")
    assert page.save(s0_DELETE="on").status_code == 302
    decide(pk, cast.town.deputy)
    assert Approval.objects.get(pk=pk).state == "pending"
    shown = sign_in(cast.office_head).get(f"/administration/routes/{route.pk}/").content.decode()
    assert "正在办理 1 件" in shown


def test_steps_are_moved_by_their_number(editor):
    editor.save(s0_ORDER=2, s1_ORDER=1)
    assert names() == ["主要负责人审批", "分管负责人审批"]


def test_a_step_is_added_in_words(editor, cast):
    editor.save(
        s2_name="会审",
        s2_who_0="安办经办",
        s2_who_1="周晓岚(甲镇主要负责人)",
        s2_mode="all",
    )
    added = read(version_for("unit").definition).steps[2]
    assert added.who == (PostIn("office_clerk", "office"), Named(cast.town.head.person_id))
    assert (added.name, added.mode.value) == ("会审", "all")


def test_more_steps_are_offered_and_what_was_typed_stays(editor):
    answer = editor.save(s2_name="会审", more="1")
    assert answer.status_code == 200
    assert filled(answer.content.decode())["steps-2-name"] == ["会审"]
    assert "steps-3-name" in answer.content.decode()
    assert version_for("unit").number == 1


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name.partition(".")[0])
def test_a_form_sent_back_as_it_came_changes_nothing(editor, unit_route, path):
    begin_with(unit_route, json.loads(path.read_text("utf-8")))
    assert "没有改动" in editor.save().content.decode()


def test_nothing_is_lost_when_something_else_is_changed(editor, unit_route):
    begin_with(unit_route, RICH)
    assert editor.save(name="重大事项审批").status_code == 302
    assert read(version_for("unit").definition) == read(RICH | {"name": "重大事项审批"})


def test_an_earlier_step_is_meant_by_its_name_wherever_it_moves(editor, unit_route):
    begin_with(unit_route, RICH)
    answer = editor.save(s0_ORDER=2, s1_ORDER=1)
    assert "只能指定前面环节的办理人" in answer.content.decode()
    editor.save(s2_name="登记", s2_who_0="安办经办", s2_ORDER=0)
    assert version_for("unit").definition["steps"][2]["who"][2] == {"signer_of": 2}


PROBLEMS = [
    ({"name": ""}, "name", "请填写路线名称"),
    ({"s0_name": ""}, "steps-0-name", "第1步：请填写环节名称"),
    ({"s1_who_0": ""}, "steps-1-who_0", "第2步：请设置审批人"),
    ({"s1_who_0": "某某局局长"}, "steps-1-who_0", "没有找到“某某局局长”"),
    ({"s0_mode": "vote"}, "steps-0-votes", "票签请设置通过票数"),
    ({"s0_mode": "vote", "s0_votes_by": "ratio", "s0_votes": "1.5"}, "steps-0-votes", "比例应大于 0"),
    ({"s0_due_after": "三天"}, "steps-0-due_after", "时限应是 1 至 1000 的整数"),
    ({"s0_remind": "1"}, "steps-0-due_after", "时限应是 1 至 1000 的整数"),
    ({"s0_due_after": "2", "s0_remind": "3"}, "steps-0-remind", "提前提醒应是 0 至 2 的整数"),
    ({"s0_due_after": "2", "s0_escalate_after": "1"}, "steps-0-escalate_to", "请设置升级到谁"),
    ({"s0_due_after": "2", "s0_then_after": "1"}, "steps-0-then_do", "自动"),
    ({"s0_value_0": "5"}, "steps-0-fact_0", "请填写事项的数据项"),
    ({"s0_fact_0": "金额", "s0_op_0": ">", "s0_value_0": "多"}, "steps-0-op_0", "只有数字可以比较大小"),
    ({"s0_copy_0": "谁"}, "steps-0-copy_0", "没有找到“谁”"),
    ({"s0_fallback": "谁"}, "steps-0-fallback", "没有找到“谁”"),
    ({"withdraw_consent": "谁"}, "withdraw_consent", "没有找到“谁”"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "field", "says"), PROBLEMS, ids=[f"{p[1]}-{n}" for n, p in enumerate(PROBLEMS)]
)
def test_a_problem_is_said_at_its_field_and_what_was_typed_stays(editor, typed, field, says):
    answer = editor.save(**typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert says in html.partition(f'id="id_{field}_error"')[2].partition("</p>")[0]
    for name, value in typed.items():
        assert filled(html)[of_page(name)] == [value]
    assert version_for("unit").number == 1


def test_what_is_wrong_is_unfolded_and_the_rest_stays_folded(editor):
    html = editor.save(s0_due_after="x").content.decode()
    folds = re.findall(r'<details class="fold"( open)?><summary>([^<]+)', html)
    assert [title for opened, title in folds if opened] == ["时限和催办"]


def test_all_problems_are_said_at_once(editor):
    html = editor.save(name="", s0_who_0="谁", s1_due_after="x").content.decode()
    assert "有 3 处需要改正" in html


def test_without_a_step_there_is_no_route(editor):
    assert "请设置环节" in editor.save(s0_DELETE="on", s1_DELETE="on").content.decode()


def test_a_step_left_blank_is_none(editor):
    assert editor.save(name="审批", s1_name="", s1_who_0="").status_code == 302
    assert names() == ["分管负责人审批"]


def test_numbers_and_parts_are_read_as_people_type_them(editor):
    editor.save(s0_mode="vote", s0_votes_by="ratio", s0_votes="６７%", s0_due_after="３")
    step = read(version_for("unit").definition).steps[0]
    assert (step.votes.ratio, step.due.after) == ("67/100", 3)


def test_self_approval_is_the_office_heads_to_allow(editor, sign_in, cast):
    assert "只由安办主任设置" in editor.save(on_self="allow").content.decode()
    assert Page(sign_in(cast.office_head), editor.path).save(on_self="allow").status_code == 302


def test_the_second_of_two_editors_is_told_and_keeps_what_was_typed(editor):
    before = filled(editor.html(), name="甲")
    editor.save(name="乙")
    answer = editor.client.post(editor.path, before)
    html = answer.content.decode()
    assert (answer.status_code, filled(html)["name"]) == (422, ["甲"])
    assert "别人已保存第 2 版" in html
    assert editor.client.post(editor.path, filled(html)).status_code == 302


def test_whom_the_route_names_in_vain_is_named(editor, unit_route):
    begin_with(unit_route, RICH | {"withdraw_consent": {"post": "boss", "of": "nowhere"}})
    for path in (editor.path, editor.path.removesuffix("edit/")):
        html = editor.client.get(path).content.decode()
        assert "第2步：没有代码为“gone”的人员组" in html
        assert "第2步：没有编号或账号为“999”的人员" in html
        assert "撤回：没有“boss”这个岗位" in html


def test_versions_are_only_ever_added(editor, unit_route):
    first = RouteVersion.objects.get(route=unit_route).definition
    editor.save(name="甲")
    editor.save(name="乙")
    assert list(unit_route.versions.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
    assert unit_route.versions.get(number=1).definition == first


def test_a_version_is_told_in_words(editor, unit_route):
    begin_with(unit_route, RICH)
    html = editor.client.get(editor.path.removesuffix("edit/")).content.decode()
    for words in (
        "票签，2/3 的票同意通过",
        "由发起人往上 2 级的上级办理",
        "条件：金额大于 100000，且 涉嫌犯罪等于 是",
        "时限：16 工时内办理，提前 4 工时提醒，超时 8 工时请安办主任一起办理，超时 24 工时自动退回发起人",
        "同意也须填写意见",
        "须经本单位主要负责人同意",
        "“初审”的办理人",
    ):
        assert words in html


def test_readers_read_and_editors_edit(unit_route, sign_in, cast):
    pk = unit_route.pk
    readers = {cast.administrator, cast.office_head, cast.clerk, cast.twice_office, cast.auditor}
    editors = {cast.administrator, cast.office_head}
    for path, may in (("", readers), (f"{pk}/", readers), (f"{pk}/edit/", editors)):
        answers = {seat: sign_in(seat).get(f"/administration/routes/{path}").status_code for seat in cast}
        assert answers == {seat: 200 if seat in may else 403 for seat in cast}


# Four of them are the frame: session, person, posts, and the number beside 待办.
@pytest.mark.parametrize(("tail", "queries"), [("", 6), ("{}/", 11), ("{}/edit/", 11)])
def test_more_units_make_no_more_queries(unit_route, sign_in, cast, tail, queries):
    client = sign_in(cast.office_head)
    begin_with(unit_route, RICH)
    for count in (4, 40):
        more_units(count, "department")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/administration/routes/{tail.format(unit_route.pk)}")
        assert len(asked) == queries


@pytest.mark.parametrize(
    ("fact", "value", "says"),
    [
        ("金额", "5", "没有这个数据项。可用的有：单位类别、已过期限"),
        ("附件数", "多", "它是数字，不能与“多”比较"),
        ("附件数", "3", None),
    ],
)
def test_a_condition_that_nothing_could_answer_is_warned_of(editor, fact, value, says):
    told = editor.save(s0_fact_0=fact, s0_op_0="=", s0_value_0=value, **{"try": "1"}).content.decode()
    assert ("有的条件判断不了" in told) == bool(says)
    assert (says or "") in told
