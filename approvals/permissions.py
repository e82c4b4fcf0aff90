"""Who may open an approval, and who keeps routes and proxies. Conditions on querysets (`.q`) and predicates."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from foundation.organization.models import Appointment, in_force
from foundation.organization.posts import OFFICE_POSTS, Post
from foundation.organization.rules import Rule, holds

from .models import Approval, Signer
from .subjects import SUBJECTS

ROUTE_EDITORS = (Post.ADMINISTRATOR, Post.OFFICE_HEAD)
ROUTE_READERS = (*ROUTE_EDITORS, Post.OFFICE_CLERK, Post.AUDITOR)
PRINCIPALS = (Post.DEPUTY, Post.HEAD, *OFFICE_POSTS)  # who decide, and so may be stood for
ONLY_ROUTE_EDITORS = "审批路线只由系统管理员和安办主任设置。"
ONLY_ROUTE_READERS = "审批路线只给系统管理员、安委办和审计员看。"
ONLY_PRINCIPALS = "只有分管负责人、主要负责人和安委办可以设置自己的代理人。"


def _opens(seat: Any, day: Any) -> Q:
    """Its signers and their proxies, now or then; the initiator's post; whom its subject names; auditors."""
    me = Appointment.objects.filter(in_force(day), pk=seat)
    asked = Signer.acts_q(seat, day) | Q(appointment=seat) | Q(decided_by=seat)
    signs = Signer.objects.filter(asked, approval=OuterRef("pk"))
    starts = me.filter(unit=OuterRef("initiator__unit"), post=OuterRef("initiator__post"))
    told = Q(Exists(signs)) | Q(Exists(starts)) | holds(Post.AUDITOR)(seat, day)
    for label, subject in SUBJECTS.items():
        told |= Q(subject=label) & subject.readers(seat, day)
    return Q(Exists(me)) & told


may_open = Rule("这一件只给它的发起人、审批人和安委办看。", _opens)


def _reads(seat: Any, day: Any) -> Q:
    """Whoever made it; whoever may open an approval that was signed with it."""
    mine = Appointment.objects.filter(in_force(day), pk=seat, person=OuterRef("person"))
    used = Signer.objects.filter(_of_opened(seat, day), signature=OuterRef("pk"))
    return Q(Exists(mine)) | Q(Exists(used))


def _of_opened(seat: Any, day: Any) -> Q:
    """Of a signer: its approval may be opened. Asked of that one approval; as a list it would be all there are."""
    return Q(Exists(Approval.objects.filter(_opens(seat, day), pk=OuterRef("approval"))))


reads_signature = Rule("签名图片只给本人，和能看所签审批的人看。", _reads)
reads_enclosed = Rule(may_open.says, _of_opened)
own_draft = Rule(
    "意见还没有提交，附件只给办理人本人看。",
    lambda seat, day: Q(Exists(Appointment.objects.filter(in_force(day), pk=seat)), seat=seat),
)
