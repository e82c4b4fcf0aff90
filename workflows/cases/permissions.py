"""Who may see a case and work on it. Case data is the most sensitive there is: not even auditors read it."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from foundation.journal.models import Entry
from foundation.organization.models import Appointment, in_force
from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS, Post
from foundation.organization.rules import Rule, holds

from .models import Case

OPENERS = (*UNIT_POSTS, *OFFICE_POSTS)


def _in_team(actor: Any, day: Any, of: str = "") -> Q:
    rows = Case.team.through._base_manager.filter(case=OuterRef(f"{of}pk"), appointment=actor)
    serving = Appointment.objects.filter(in_force(day), pk=actor)
    return Q(Exists(rows)) & Q(Exists(serving))


def _told(actor: Any, day: Any, of: str = "") -> Q:
    """Whose case it is: the team, the heads of its unit."""
    return _in_team(actor, day, of) | holds(Post.DEPUTY, Post.HEAD, unit=f"{of}unit")(actor, day)


def _sees(actor: Any, day: Any, of: str = "") -> Q:
    return _told(actor, day, of) | holds(*OFFICE_POSTS)(actor, day)


def _above(actor: Any, day: Any) -> Q:
    """What is told above the head of the agency: 安办主任, and who heads the unit above."""
    heads = holds(Post.DEPUTY, Post.HEAD, unit="case__unit__parent")(actor, day)
    return Q(above=True, lapsed_at__isnull=False) & (holds(Post.OFFICE_HEAD)(actor, day) | heads)


def _works(actor: Any, day: Any, of: str = "") -> Q:
    """The office records what police and procuratorate did; heads decide, and read."""
    return _in_team(actor, day, of) | holds(*OFFICE_POSTS)(actor, day)


def _reviews(actor: Any, day: Any) -> Q:
    """Whoever wrote any of it, in whichever of their posts, is known by its journal."""
    verbs = [f"cases.publication.{verb}" for verb in ("create", "change")]
    itself = Appointment.objects.filter(pk=actor).values("person")
    wrote = Entry.objects.filter(
        target="cases.publication", target_id=OuterRef("pk"), verb__in=verbs, actor__in=itself
    )
    heads = holds(Post.DEPUTY, Post.HEAD, unit="case__unit")(actor, day) | holds(*OFFICE_POSTS)(actor, day)
    return heads & ~Q(Exists(wrote))


def _recommends(actor: Any, day: Any) -> Q:
    """Heads approve what their people recommend; whoever sends it never signs it."""
    return _in_team(actor, day) & holds(Post.LIAISON, Post.HANDLER, Post.DEPUTY, unit="unit")(actor, day)


sees_case = Rule("案件只给办案人员、本单位负责人和安委办查看。", _sees)
works_on_case = Rule("只有办案人员和安委办可以记录案件进展。", _works)
recommends = Rule("只有本单位的办案人员可以推荐，由主要负责人审批。", _recommends)

# Of rows of a case.
sees_clock = Rule(sees_case.says, lambda actor, day: _sees(actor, day, "case__"))
sees_evidence = sees_clock  # and its files
sees_recommendation = sees_clock  # as sensitive as its case
sees_publication = sees_clock  # until it is public, and its way there
works_on_publication = Rule(
    "只有办案人员和安委办可以办理公开文本。", lambda actor, day: _works(actor, day, "case__")
)
publishes_publication = Rule(
    "只有办案人员和安委办可以记录公开；典型案例由安委办公布。",
    lambda actor, day: (
        _works(actor, day, "case__") & (Q(recommendation=None) | holds(*OFFICE_POSTS)(actor, day))
    ),
)
reviews_publication = Rule("公开文本由本单位负责人或安委办审核；起草、修改过它的人不能审核。", _reviews)
own_export = Rule("导出的案件台账只给导出的人。", holds(*OPENERS, pk="by"))
is_told = Rule(sees_case.says, lambda actor, day: _told(actor, day, "case__"))
is_told_above = Rule("只报给安办主任和上级单位负责人。", _above)
