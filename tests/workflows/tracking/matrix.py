"""What tests/matrix.py holds of 督办, 考核, 收尾, 统计汇总 and 日程."""

from django.utils import timezone

from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM
from tests.cast import Cast, actor
from tests.may import AUDITOR, CONCERNED, LEADER, OFFICE, READERS, Row
from tests.workflows.tracking.late import slip_of
from workflows.tasks.models import Task
from workflows.tracking.models import Adjustment, Appeal, Assessment
from workflows.tracking.upward.services import add_duty

from .statistics import matrix as figures

HEAD = frozenset({"office_head"})
OBJECT = frozenset({"town.liaison", "town.deputy", "town.head"})
LINE = {"rule": "month", "name": "按时报送", "kind": "rule", "why": "没有报送", "evidence": [], "points": "0", "of": "20", "lost": "20"}  # fmt: skip
RESULT = {"unit": "jia", "place": 1, "score": "80", "grade": "合格", "lines": [LINE]}

PAGES = [
    *figures.PAGES,
    Row("analysis", READERS),
    Row("changes", READERS),
    Row("years", OFFICE | AUDITOR | LEADER),
    Row("slips", READERS),
    Row("upward", OFFICE | AUDITOR | LEADER),
    Row("upward_new", OFFICE),
    Row("upward_duty", OFFICE | AUDITOR | LEADER, ("upward",)),
    Row("upward_edit", OFFICE, ("upward",)),
    Row("slip", CONCERNED, ("slip",)),
    Row("supervision_ahead", OFFICE | AUDITOR | LEADER),
    Row("slips_listed", OFFICE | AUDITOR | LEADER),
    Row("closing", OFFICE | AUDITOR | LEADER, ("plan",)),
    Row("assessment", CONCERNED, ("plan",)),
    Row("assessment_unit", CONCERNED, ("plan", "jia")),
    Row("assessment_sheet", CONCERNED, ("plan", "jia")),
    Row("assessment_fix", HEAD, ("plan",)),
    Row("adjustment_new", OFFICE, ("plan",)),
    Row("assessment_appeal", OBJECT, ("plan", "jia", "month")),
    Row("appeal_decide", HEAD, ("appeal",)),
]
ACTS = [
    *figures.ACTS,
    Row("analysis_export", READERS),
    Row("years_export", OFFICE | AUDITOR | LEADER),
    Row("upward_act", OFFICE, ("upward", "drop")),
    Row("slip_act", CONCERNED, ("slip", "receive")),
    Row("slips_circular", OFFICE),
    Row("closing_summary", OFFICE, ("plan",)),
    Row("closing_package", OFFICE, ("plan",)),
    Row("assessment_circular", OFFICE, ("plan",)),
    Row("adjustment_withdraw", OFFICE, ("adjustment",)),
]
PUBLIC = figures.PUBLIC


def world(plan: int, task: Task, cast: Cast) -> dict[str, int]:
    """Of `task` a slip; a fixed version in which 甲镇 lost points, and what followed."""
    at, unit = timezone.now(), cast.town.unit
    duty = {"kind": "summary", "title": "总结", "to": "上级安委办", "due_on": at.date()}
    upward = add_duty(values=duty, actor=actor(cast.clerk), at=at)
    fixed = {
        "plan": plan, "number": 1, "scheme": "campaign-2021", "version": 1, "results": [RESULT], "digest": "0" * 64,
        "appeal_by": at.date(),
    }  # fmt: skip
    (version,) = create(Assessment, fixed, actor=SYSTEM, at=at)
    given = {"plan": plan, "unit": unit, "code": "media", "points": 1, "why": "省报报道"}
    (adjustment,) = create(Adjustment, given, actor=SYSTEM, at=at)
    said = {"assessment": version, "unit": unit, "rule": "month", "reason": "已经报送。"}
    (appeal,) = create(Appeal, said, actor=SYSTEM, at=at)
    return figures.world(cast) | {
        "upward": upward,
        "slip": slip_of(task),
        "adjustment": adjustment,
        "appeal": appeal,
    }
