"""Who keeps seals, who reads the 用印登记簿, and who may put a seal on a paper."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from foundation.organization.models import Appointment, in_force
from foundation.organization.posts import OFFICE_POSTS, Post
from foundation.organization.rules import Rule, holds

from ..models import Seal, SealUser

KEEPERS = (Post.OFFICE_HEAD, Post.ADMINISTRATOR)
READERS = (*KEEPERS, Post.OFFICE_CLERK, Post.AUDITOR)
REGISTER_READERS = (*OFFICE_POSTS, Post.AUDITOR)
ONLY_KEEPERS = "印章只由安办主任和系统管理员设置。"
ONLY_READERS = "印章只给安委办、系统管理员和审计员看。"
ONLY_REGISTER_READERS = "用印登记簿只给安委办和审计员看。"

reads_picture = Rule("印章图片只给安办主任和系统管理员看。", holds(*KEEPERS))


def _may_use(actor: Any, day: Any) -> Q:
    """By a post of the seal's organ, or by name."""
    me = Appointment.objects.filter(in_force(day), pk=actor)
    by_post = me.filter(unit=OuterRef("seal__organ"), post=OuterRef("post"))
    named = me.filter(pk=OuterRef("seat"))
    return Q(Exists(SealUser.objects.filter(Exists(by_post) | Exists(named), seal=OuterRef("pk"))))


may_use = Rule("您不在这枚印章的用印人之内，请由用印人办理，或请安办主任设置。", _may_use)
in_use = Rule(
    "这枚印章已停用，请选用在用的印章。", lambda actor, day: Q(state=Seal.State.IN_USE)
)  # first: also of one that expired
valid = Rule("这枚印章不在有效期内，请选用有效的印章。", lambda actor, day: Q(start__lte=day, end__gte=day))
USABLE = (in_use, valid, may_use)


def usable(actor: Any, day: Any) -> Q:
    """Of seals: those this appointment may use that day."""
    return in_use.q(actor, day) & valid.q(actor, day) & may_use.q(actor, day)
