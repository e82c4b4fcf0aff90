"""What the office writes itself: a 通报 from the first word to the archive, two papers that wait for a signature."""

from __future__ import annotations

import datetime as dt
from typing import Any

from viewflow.workflow.models import Task

from approvals.models import Approval
from approvals.services import decide
from documents.issuing import handling
from documents.issuing.heads.services import save_head
from documents.issuing.patterns.services import save_pattern
from documents.issuing.services import start_draft
from documents.models import Draft
from documents.sealing.services import seal_for
from foundation.jobs import queue
from foundation.organization.actors import Actor

from .people import seat

PRAISE = """关于“安全生产月”活动阶段进展情况的通报

各镇（街）人民政府（办事处），市安委会有关成员单位：

“安全生产月”活动开展以来，各单位按照方案要求组织宣传、培训和演练，报送及时，材料比较齐全。现将有关情况通报如下：

一、总体情况

多数单位按时签收任务，按期次报送活动记录和统计数据，群众参与面进一步扩大。

二、存在问题

（一）少数单位报送不及时。个别任务临近时限才开始填报。

（二）材料质量不高。有的照片不清，有的参加人数与签到表不一致。

三、下一步要求

1.未完成的任务，请抓紧组织实施，确保按时办结。

2.报送前由本单位负责人审核把关，活动记录、照片和统计数据要相互一致。
"""
REMINDER = """关于做好汛期安全防范工作的通知

各镇（街）人民政府（办事处），市安委会有关成员单位：

近期降雨增多。请各单位加强值班值守，组织对在建工地、地质灾害隐患点、水库山塘开展排查，发现险情及时组织人员避险转移，并按规定报告。
"""
LETTER = """关于商请派员参加安全宣传咨询日活动的函

市消防救援大队：

为办好安全宣传咨询日活动，商请贵单位派员到现场讲解灭火和应急疏散知识。具体时间、地点由双方联络员对接。

专此函达，请予支持。
"""
MEETING = """关于召开安全生产工作会议的通知

各镇（街）人民政府（办事处），市安委会有关成员单位：

定于　月　日召开安全生产工作会议。现将有关事项通知如下：

一、会议时间

二、会议地点

三、参加人员

四、有关要求

请于　月　日前报送参会人员名单。
"""


def play_documents(end: dt.datetime, *, but: list[str]) -> None:
    """`but`: jobs that are left to the worker."""
    clerk, reader, boss = (Actor.of(seat(f"anweiban.{name}")) for name in ("jingban", "jingban2", "zhuren"))
    at = (end - dt.timedelta(minutes=30 * n) for n in range(16, 0, -1))
    first = next(at)
    _heads(boss, first)
    _pattern(clerk, first)
    issued = _sent("circular", PRAISE, clerk, next(at))
    _agree(issued, reader, next(at), "已核，文字和格式无误。")
    _agree(issued, boss, next(at), "同意印发。")
    _out(issued, clerk, next(at), but)
    _sent("notice", REMINDER, clerk, next(at))
    waits = _sent("letter", LETTER, clerk, next(at))
    _agree(waits, reader, next(at), "已核。")


def _heads(boss: Actor, at: dt.datetime) -> None:
    organ, start = seat("anweiban.jingban").unit, dt.date(at.year, 1, 1)
    committee = organ.name.removesuffix("办公室")
    for name, code, kinds in (
        (organ.name, "英安办", []),
        (organ.name, "英安办函", ["letter"]),
        (committee, "英安委", []),
    ):
        save_head(organ=organ, name=name, code=code, kinds=kinds, start=start, actor=boss, at=at)


def _pattern(clerk: Actor, at: dt.datetime) -> None:
    organ = seat("anweiban.jingban").unit
    save_pattern(
        organ=organ, name="会议通知", kind="notice", text=MEETING, to=[], cc=[], code="", actor=clerk, at=at
    )  # fmt: skip


def _sent(kind: str, text: str, clerk: Actor, at: dt.datetime) -> int:
    organ = seat("anweiban.jingban").unit
    draft = start_draft(kind=kind, text=text, organ=organ, actor=clerk, at=at)
    handling.send(draft=draft, actor=clerk, at=at + dt.timedelta(minutes=10))
    return draft


def _agree(draft: int, actor: Actor, at: dt.datetime, opinion: str) -> None:
    tasks = Task.objects.filter(process__draftprocess__draft=draft).values("pk")
    waiting = Approval.objects.get(state="pending", subject="viewflow.task", subject_id__in=tasks)
    decide(approval_id=waiting.pk, actor=actor, at=at, do="agree", opinion=opinion)


def _out(draft: int, clerk: Actor, at: dt.datetime, but: list[str]) -> None:
    """Checked, numbered, sealed, issued, archived."""
    act: dict[str, Any] = {"draft": draft, "actor": clerk, "at": at}
    handling.check(found="right", revision=Draft.objects.get(pk=draft).revision, **act)
    handling.register(**act)
    seal = seal_for(organ=seat("anweiban.jingban").unit_id, actor=clerk, at=at)
    handling.seal(seals=[seal] if seal else [], **act)
    handling.issue(**act)
    queue.run_due(at, but=but)
    handling.archive(**act)
