"""部分退回: what the returner did not name is accepted, and stays as it is while the named parts are put right."""

from __future__ import annotations

from approvals.models import Approval

from .content import Content
from .diff import diff
from .models import Submission, Task
from .parts import RECOMMENDED, parts_of
from .problems import Problem

ANSWERED = ("approved", "rejected", "returned")  # a withdrawal answers nothing


def accepted_of(task: int) -> set[str]:
    """Keys of the parts that the last answers let stand; empty where they named none, or were no returns."""
    return {key for before in _returned_in_part(task) for key in _accepted(before)}


def changed_accepted(task: int, content: Content) -> list[Problem]:
    """Accepted parts that were changed or taken out; new ones may be added."""
    found = {}
    for before in _returned_in_part(task):
        accepted = _accepted(before)
        for one in diff(before.content, content):
            if one.part in accepted and one.kind != "added":
                found[one.part] = Problem(one.part, _says(one.label))
    return list(found.values())


def _accepted(before: Submission) -> set[str]:
    """Recommended cases come and go by reviews of their own."""
    named = before.remarks.values_list("part", flat=True)
    keys = {part.key for part in parts_of(before.content) if not part.key.startswith(RECOMMENDED)}
    return keys - set(named)


def _says(label: str) -> str:
    return f"“{label}”上次已经通过，不能再改，请恢复原样。需要改的，请先与退回人商量。"


def _returned_in_part(task: int) -> list[Submission]:
    """The versions that were sent back with remarks, and not answered again on the same route: what the office
    let stand still stands while the unit's own heads return the rest."""
    rows = Approval.objects.filter(
        subject=Task._meta.label_lower, subject_id=task, state__in=ANSWERED
    ).order_by("pk")
    last = {
        route: (state, digest)
        for route, state, digest in rows.values_list("version__route", "state", "digest")
    }
    digests = [digest for state, digest in last.values() if state == "returned"]
    if not digests:
        return []
    sent = Submission.objects.filter(task=task, digest__in=digests, remarks__isnull=False)
    return list(sent.order_by("version").distinct())
