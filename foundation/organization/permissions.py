"""Who keeps master data. Each rule is a condition on a queryset (`.q`) and a predicate (calling it)."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from .actors import Actor
from .models import Appointment
from .posts import OFFICE_POSTS, UNIT_POSTS, Post
from .rules import Rule, holds

EDITORS = (Post.ADMINISTRATOR, *OFFICE_POSTS)
READERS = (*EDITORS, Post.AUDITOR)
ONLY_READERS = "这里的内容只给系统管理员、安委办和审计员看。"
ONLY_EDITORS = "只有系统管理员和安委办可以修改单位、人员和工作日历。"

edits_unit = Rule(ONLY_EDITORS, holds(*EDITORS))


def _edits_person(actor: Any, day: Any) -> Q:
    """The office keeps the people of units. Whoever has or will have a post above them is kept by an
    administrator: else a reset password would be a way to somebody else's powers."""
    seats = Appointment.objects.filter(person=OuterRef("pk"), revoked=False, end__gte=day)
    above = Q(Exists(seats.exclude(post__in=UNIT_POSTS)))
    return holds(Post.ADMINISTRATOR)(actor, day) | (holds(*OFFICE_POSTS)(actor, day) & ~above)


edits_person = Rule("有安委办、审计或系统管理岗位的人员，只由系统管理员修改。", _edits_person)

edits_appointment = Rule(
    "安委办、审计和系统管理岗位，只由系统管理员任免。",
    lambda actor, day: (
        holds(Post.ADMINISTRATOR)(actor, day) | (holds(*OFFICE_POSTS)(actor, day) & Q(post__in=UNIT_POSTS))
    ),
)


def posts_given_by(actor: Actor) -> tuple[Post, ...]:
    """The posts this identity may give: `edits_appointment`, before there is a row."""
    if actor.post_code == Post.ADMINISTRATOR:
        return tuple(Post)
    return UNIT_POSTS if actor.post_code in OFFICE_POSTS else ()
