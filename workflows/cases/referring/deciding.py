"""Who decided, in the words of the pack; and that a person does, one referral at a time."""

from __future__ import annotations

from approvals.engine.routes import Then
from approvals.services import version_for
from approvals.store import route_of
from foundation.organization.actors import Actor
from foundation.organization.models import Appointment
from foundation.organization.posts import Post
from foundation.organization.refusals import Refused

POSTS = {
    Post.HEAD: "head", Post.DEPUTY: "deputy", Post.OFFICE_HEAD: "office_head", Post.OFFICE_CLERK: "office_clerk",
}  # fmt: skip

CHANGE = "请系统管理员或安办主任修改路线。"


def post_of(actor: Actor) -> str:
    """Of the pack's posts; 主持工作 is a dated appointment to the head's post that says so."""
    seat = Appointment.objects.filter(pk=actor.post or 0).first()
    if seat is None:
        return "officer"  # nobody of whom the law would take a decision
    if seat.post == Post.HEAD and seat.acting:
        return "acting_head"
    return POSTS.get(Post(seat.post), "officer")


def refuse_unfit(code: str) -> None:
    """A route that agrees by itself once time is up, or to many at a stroke, would not be the head's decision."""
    route = route_of(version_for(code))
    if route.batch:
        raise Refused(f"移送须逐件决定，审批路线不能批量同意。{CHANGE}")
    for step in route.steps:
        if step.due and step.due.then and step.due.then.do is Then.AGREE:
            raise Refused(f"移送由正职负责人本人决定，审批路线不能到时自动同意。{CHANGE}")
