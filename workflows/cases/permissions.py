"""Who may see a case and work on it. Case data is the most sensitive there is: not even auditors read it."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from foundation.organization.models import Appointment, in_force
from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS, Post
from foundation.organization.rules import Rule, holds

from .models import Case

OPENERS = (*UNIT_POSTS, *OFFICE_POSTS)


def _in_team(actor: Any, day: Any) -> Q:
    rows = Case.team.through._base_manager.filter(case=OuterRef("pk"), appointment=actor)
    serving = Appointment.objects.filter(in_force(day), pk=actor)
    return Q(Exists(rows)) & Q(Exists(serving))


def _sees(actor: Any, day: Any) -> Q:
    heads = holds(Post.DEPUTY, Post.HEAD, unit="unit")(actor, day)
    return _in_team(actor, day) | heads | holds(*OFFICE_POSTS)(actor, day)


def _works(actor: Any, day: Any) -> Q:
    """The office records what police and procuratorate did; heads decide, and read."""
    return _in_team(actor, day) | holds(*OFFICE_POSTS)(actor, day)


sees_case = Rule("案件只给办案人员、本单位负责人和安委办查看。", _sees)
works_on_case = Rule("只有办案人员和安委办可以记录案件进展。", _works)
