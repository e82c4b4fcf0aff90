"""提交审批, 申请免报, 撤回: the moves that start an approval or take one back."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256

from django.db import transaction as tx
from django.utils import timezone

from approvals import services as approvals
from approvals.models import Approval
from foundation.journal.chain import canonical
from foundation.journal.moves import transition
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused

from ..accepted import changed_accepted
from ..content import Content, digest_of
from ..facts import facts_of
from ..gathering import LABEL, authors_of, gather
from ..models import Submission, Task, Waiver
from ..parts import said_day
from ..problems import Incomplete
from ..together import refuse_before_assists
from .entering import entered, paper_of
from .guards import locked, required, seat


@tx.atomic
def submit(*, task: int, version: int, actor: Actor, at: dt.datetime) -> int:
    """Freeze what is there as the next version and ask the unit's heads; returns the version.

    `version` is the last one the page knew (0: none), so that a form sent twice submits once. Raises Incomplete.
    """
    refuse_twice(task, version)
    row = locked(task, actor, at)
    refuse_before_assists(row)
    there = gather(row, timezone.localdate(at))
    content, problems = there.compose()
    if problems := problems or changed_accepted(task, content):
        raise Incomplete(problems)
    digest, number = digest_of(content), row.version + 1
    paper = paper_of(row, actor)
    move, data = entered(row, paper, number) if paper else (Task.submit, {"version": number})
    transition(move, task, actor=actor, at=at, data=data, note={"digest": digest}).all_or_refuse()
    Submission.objects.create(
        task_id=task,
        version=number,
        content=content,
        digest=digest,
        author_id=seat(actor),
        at=at,
        paper=paper,
    )
    authors = {actor.person or 0} if paper else authors_of(row, there.draft)
    title = f"{row.unit} {row.item}（第 {number} 版{'，安委办代录' if paper else ''}）"
    approvals.start(
        route="entry" if paper else "unit", subject=LABEL, subject_id=task, title=title,
        brief=brief_of(content), unit=row.unit_id, digest=digest, actor=actor, at=at, due_on=row.due_on,
        authors=authors, facts=facts_of(row, content, timezone.localdate(at)),
    )  # fmt: skip
    return number


@tx.atomic
def ask_waiver(*, task: int, reason: str, actor: Actor, at: dt.datetime) -> None:
    """不涉及、免报: the office decides on the reason given."""
    reason = required(reason, "免报理由")
    transition(Task.ask_waiver, task, actor=actor, at=at, words={"reason": reason}).all_or_refuse()
    row = Task.objects.select_related("item", "unit").get(pk=task)
    digest = sha256(canonical({"task": task, "waiver": reason}).encode()).hexdigest()
    Waiver.objects.create(task=row, reason=reason, digest=digest, author_id=seat(actor), at=at)
    approvals.start(
        route="office", subject=LABEL, subject_id=task, title=f"{row.unit} {row.item}（申请免报）", brief=reason,
        unit=row.unit_id, digest=digest, actor=actor, at=at, due_on=row.due_on,
        facts=facts_of(row, None, timezone.localdate(at)),
    )  # fmt: skip


def withdraw(*, task: int, actor: Actor, at: dt.datetime, reason: str = "") -> None:
    """Whoever submitted takes it back while nobody has decided; outcomes.py moves the task."""
    found = Approval.objects.filter(subject=LABEL, subject_id=task, state="pending").first()
    if found is None:
        raise Refused("这件任务不在审批中，没有可以撤回的，请刷新后查看。")
    approvals.withdraw(approval_id=found.pk, actor=actor, at=at, reason=reason)


def refuse_twice(task: int, version: int) -> None:
    """Raises Refused where a version later than `version` is there already: the form was sent before."""
    later = Submission.objects.filter(task=task, version__gt=version).select_related("author__person").first()
    if later:
        when = f"{timezone.localtime(later.at):%m月%d日 %H:%M}"
        raise Refused(
            f"第 {later.version} 版已由 {later.author.person.name} 于 {when} 提交，没有重复提交。请刷新页面。"
        )


def brief_of(content: Content) -> str:
    """活动记录 3 条，共 4 场 260 人；附件 5 个；小结的开头."""
    records, files = content.get("records", []), content["attachments"]
    sessions, people = (sum(one[key] for one in records) for key in ("sessions", "people"))
    said = [
        f"活动记录 {len(records)} 条，共 {sessions} 场 {people} 人" if records else "",
        f"统计表截至 {said_day(content['statistics']['cutoff'])}" if "statistics" in content else "",
        f"安排表 {len(content['schedule'])} 行" if "schedule" in content else "",
        f"推荐案例 {len(content['cases'])} 个" if "cases" in content else "",
        f"附件 {len(files)} 个" if files else "",
        content["summary"][:120],
    ]
    return "；".join(filter(None, said))[:300]
