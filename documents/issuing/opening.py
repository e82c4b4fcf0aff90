"""What a draft's approval asks, whom, and what it shows; and what must be right before it is sent."""

from __future__ import annotations

import datetime as dt

from approvals.engine.routes import Fact
from approvals.lookup import FORMER_SIGNER, NAMED_UNITS
from approvals.nodes import Opening
from approvals.routing.defaults import COSIGNED, MAIN_HEAD
from approvals.subjects import Matter
from foundation.files.services import files_of
from foundation.journal.models import Entry
from foundation.organization.codes import refuse_code
from foundation.organization.models import Appointment, Unit
from foundation.organization.posts import Post
from foundation.organization.refusals import Refused

from .. import layout
from ..models import Draft
from ..models.document import OFFICIAL
from .content import LABEL, digest_of, words_of
from .joint import joint_organs

FACTS: dict[str, type] = {COSIGNED: bool, MAIN_HEAD: bool, NAMED_UNITS: str, FORMER_SIGNER: str}
WRITES = [f"{LABEL}.{verb}" for verb in ("create", "change", "amend")]


def opening_of(draft: Draft, route: str, day: dt.date) -> Opening:
    title = f"{draft.get_kind_display()}：{draft.title}"
    brief = f"{draft.organ.short_name}拟发，主送{_addressees(draft)}"
    facts: dict[str, Fact] = {
        COSIGNED: bool(draft.cosigners),
        MAIN_HEAD: _by_main_head(draft, day),
        NAMED_UNITS: ",".join(draft.cosigners),
        FORMER_SIGNER: str(draft.signer_id or ""),
    }
    authors = tuple(sorted(authors_of(draft)))
    return Opening(
        route, title[:200], brief[:300], draft.organ_id, digest_of(draft), authors=authors, facts=facts
    )


def authors_of(draft: Draft) -> set[int]:
    """Everybody who has written on it: none of them signs it."""
    wrote = Entry.objects.filter(target=LABEL, target_id=draft.pk, verb__in=WRITES, actor__isnull=False)
    return {draft.drafted_by.person_id, *wrote.values_list("actor", flat=True)}


def matter_of(draft: Draft) -> Matter:
    context = {"draft": draft, "joint": joint_organs(draft), "files": files_of(LABEL, draft.pk)}
    return Matter("documents/_draft_matter.html", context, f"/documents/drafts/{draft.pk}/")


def refuse_unfit(draft: Draft, sender: int | None, day: dt.date) -> None:
    """Before anybody is asked: the text can be set, every signer is there, and nobody signs what they wrote on."""
    refuse_unsettable(draft)
    if draft.joint and not draft.cosigners:
        raise Refused("联合行文要勾选会签单位：它们一同署名。不是联合行文的，取消勾选。", field="cosigners")
    if missing := _without_head(draft.cosigners, day):
        raise Refused(f"会签单位{'、'.join(missing)}没有在任的主要负责人，请先任命，或取消会签。")
    post = Post.HEAD if _by_main_head(draft, day) else Post.OFFICE_HEAD
    seats = Appointment.objects.in_force(day).filter(unit__kind=Unit.Kind.OFFICE, post=post)
    if not seats.exists():
        raise Refused(f"安委办没有在任的{post.label}，不能签发，请先任命。")
    if not seats.exclude(person__in=[*authors_of(draft), sender]).exists():
        raise Refused(
            "签发人不能签发自己起草、修改过或送签的公文。请由经办“新拟公文”，把正文贴过去，另行送签。"
        )


def refuse_unsettable(draft: Draft) -> None:
    """All of it is laid out: what was signed and numbered must become a paper."""
    try:
        parsed, meta = words_of(draft)
        _refuse_incomplete(draft, parsed, meta)
        layout.sections_of(parsed, meta)
    except layout.UNSETTABLE as error:
        raise Refused(str(error)) from error


def _refuse_incomplete(draft: Draft, parsed: layout.Document, meta: layout.Meta) -> None:
    if not parsed.blocks:
        raise Refused("还没有写正文。第一行写标题，空一行后写正文。")
    refuse_code(draft.code)
    if not (parsed.to or meta.to) and OFFICIAL[draft.kind].addressed:
        raise Refused("没有主送：请在标题下面另起一行写主送单位，以“：”结尾，或填“主送”。")


def _by_main_head(draft: Draft, day: dt.date) -> bool:
    """Important and upward papers; where the office has no head above its own, its own signs."""
    asked = draft.main_head or OFFICIAL[draft.kind].upward
    seats = Appointment.objects.in_force(day)
    return asked and seats.filter(unit__kind=Unit.Kind.OFFICE, post=Post.HEAD).exists()


def _without_head(codes: list[str], day: dt.date) -> list[str]:
    headed = Appointment.objects.in_force(day).filter(post=Post.HEAD, unit__code__in=codes)
    there = set(headed.values_list("unit__code", flat=True))
    names = dict(Unit.objects.filter(code__in=codes).values_list("code", "short_name"))
    return [names.get(code, code) for code in codes if code not in there]


def _addressees(draft: Draft) -> str:
    return "、".join(draft.to) or layout.parse(draft.text).to.rstrip("：") or "（无）"
