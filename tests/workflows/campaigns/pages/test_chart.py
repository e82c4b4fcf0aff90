"""The flow chart: every node says in words where the campaign stands, in the drawing and in the list beside it."""

import re

import pytest
from django.urls import reverse

from approvals.models import Approval
from approvals.services import decide
from tests.cast import actor
from tests.workflows.plans.conftest import AT
from workflows.campaigns.chart import _few, chart_of
from workflows.campaigns.services import begin_closing, resume, send_for_approval

NODES = [
    "读入方案",
    "编辑草稿",
    "审批方案",
    "方案获批",
    "退回修改",
    "下达任务",
    "进行中",
    "收尾",
    "归档？",
    "结束",
]


def said(plan) -> dict[str, str]:
    return {one["title"]: one["says"] for one in chart_of(plan)["nodes"]}


def test_every_node_says_its_state_in_words(running, clerk):
    page = clerk.get(reverse("plan", args=[running.pk])).content.decode()
    listed = re.findall(r'<li class="is-\w+"(?: aria-current="step")?><b>(.+?)</b>：(.+?)</li>', page)
    assert dict(listed) == said(running)
    assert [title for title, _ in listed] == NODES
    assert dict(listed)["进行中"] == "办理中，等待各责任单位"
    drawn = re.findall(r'<text class="says"[^>]*>(.+?)</text>', page)
    assert "，".join(drawn) == "，".join(says for _, says in listed)
    assert {says for _, says in listed} == {"已完成", "未发生", "未开始", "办理中，等待各责任单位"}


def test_it_is_drawn_without_styles_of_its_own(running, clerk):
    page = clerk.get(reverse("plan", args=[running.pk])).content.decode()
    chart = page[page.index("<svg aria-hidden") : page.index("</svg>", page.index("<svg aria-hidden"))]
    assert "style" not in chart
    assert "fill=" not in chart
    assert re.search(r'class="way"[^>]*>同意<', chart)


def test_in_approval_it_names_whose_decision_is_waited_for(sent, clerk):
    assert said(sent)["审批方案"] == "办理中，等待谢长青"
    assert (
        "<b>审批方案</b>：办理中，等待谢长青" in clerk.get(reverse("plan", args=[sent.pk])).content.decode()
    )
    assert said(sent)["退回修改"] == "未发生"


def test_after_a_return_what_comes_again_is_not_done(sent, cast):
    head = actor(cast.office_head)
    decide(approval_id=Approval.objects.get().pk, actor=head, at=AT, do="return", opinion="补单位")
    now = said(sent)
    assert [now[one] for one in NODES[:5]] == [
        "已完成",
        "办理中，等待市安委办",
        "待重新办理",
        "未开始",
        "已完成",
    ]
    send_for_approval(plan=sent.pk, actor=actor(cast.clerk), at=AT)
    assert [said(sent)[one] for one in NODES[1:5]] == ["已完成", "办理中，等待谢长青", "未开始", "已完成"]


def test_out_of_closing_and_back(running, cast):
    who = {"plan": running.pk, "actor": actor(cast.clerk), "at": AT}
    begin_closing(**who)
    assert [said(running)[one] for one in NODES[6:8]] == ["已完成", "办理中，等待市安委办"]
    resume(**who)
    assert [said(running)[one] for one in NODES[6:9]] == [
        "办理中，等待各责任单位",
        "待重新办理",
        "待重新办理",
    ]


@pytest.mark.parametrize("number", [1, 2, 12])
def test_many_signers_are_counted(number):
    names = [f"人{n}" for n in range(number)]
    assert _few("、".join(names)) == ("人0" if number == 1 else f"人0等{number}人")
