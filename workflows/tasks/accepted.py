"""部分退回: what the returner did not name is accepted, and stays as it is while the named parts are put right."""

from __future__ import annotations

from approvals.models import Approval

from .content import Content
from .diff import diff
from .gathering import LABEL
from .models import Submission
from .parts import RECOMMENDED, parts_of
from .problems import Problem

ANSWERED = ("approved", "rejected", "returned")  # a withdrawal answers nothing


def accepted_of(task: int) -> set[str]:
    """Keys of the parts that the last answer let stand; empty where it named none, or was no return."""
    before = _returned_in_part(task)
    return _accepted(before) if before else set()


def changed_accepted(task: int, content: Content) -> list[Problem]:
    """Accepted parts that were changed or taken out; new ones may be added."""
    before = _returned_in_part(task)
    if before is None:
        return []
    accepted = _accepted(before)
    changes = [one for one in diff(before.content, content) if one.part in accepted and one.kind != "added"]
    return [Problem(one.part, _says(one.label)) for one in changes]


def _accepted(before: Submission) -> set[str]:
    """Recommended cases come and go by reviews of their own."""
    named = before.remarks.values_list("part", flat=True)
    keys = {part.key for part in parts_of(before.content) if not part.key.startswith(RECOMMENDED)}
    return keys - set(named)


def _says(label: str) -> str:
    return f"“{label}”上次已经通过，不能再改，请恢复原样。需要改的，请先与退回人商量。"


def _returned_in_part(task: int) -> Submission | None:
    """The version that the last answer sent back with remarks."""
    answers = Approval.objects.filter(subject=LABEL, subject_id=task, state__in=ANSWERED).order_by("-pk")
    last = answers.values_list("state", "digest").first()
    if last is None or last[0] != "returned":
        return None
    sent = Submission.objects.filter(task=task, digest=last[1], remarks__isnull=False)
    return sent.order_by("-version").first()
