"""A new draft from what was issued: one that corrects it and names it, or one that begins with its text."""

from __future__ import annotations

import datetime as dt
from typing import Any

from foundation.organization.actors import Actor
from foundation.organization.models import Unit
from foundation.organization.refusals import Refused

from .. import layout
from ..layout.dates import chinese_date
from ..models import Document, Draft
from ..models.document import OFFICIAL
from .services import start_draft


def correct(*, document: Document, organ: Unit, actor: Actor, at: dt.datetime) -> int:
    """What was issued stays; the new one says which it corrects. Returns the draft's id."""
    if document.state != Document.State.ISSUED:
        raise Refused("这份公文还没有印发，可以直接退回修改或作废，不用另发更正。")
    day, title = document.issued_on, f"《{document.title}》"
    number = f"（{document.full_number}）" if document.number else ""
    said = f"{document.issuer}{chinese_date(day)}印发的{title}{number}有误，现更正如下："
    text = f"关于更正{title}的{document.get_kind_display()}\n\n{_addressees(document)}{said}\n\n"
    taken = _taken(document) | {"text": text, "corrects": document}
    return start_draft(organ=organ, actor=actor, at=at, **taken)


def reuse(*, document: Document, organ: Unit, actor: Actor, at: dt.datetime) -> int:
    """Its text and its addressees, to be written on. Returns the draft's id."""
    return start_draft(organ=organ, actor=actor, at=at, **_taken(document))


def _taken(document: Document) -> dict[str, Any]:
    if document.kind not in OFFICIAL:
        raise Refused("这是系统生成的表单，不能参照起草。")
    content = document.content
    taken = {"kind": document.kind, "text": content.get("text", "")}
    taken |= {name: list(content.get(name, ())) for name in ("to", "cc")}
    return taken | ({"code": document.code} if document.code else {}) | _cosigned(document)


def _cosigned(document: Document) -> dict[str, Any]:
    """Whose consent it had, and who signed it too, as far as these units are there still."""
    draft = Draft.objects.filter(document=document).only("cosigners", "joint").first()
    joint = [one["code"] for one in document.content.get("joint_organs", ())]
    codes = draft.cosigners if draft else joint
    there = set(Unit.objects.filter(code__in=codes, ended_on=None).values_list("code", flat=True))
    cosigners = [code for code in codes if code in there]
    return {"cosigners": cosigners, "joint": bool(joint and cosigners)} if cosigners else {}


def _addressees(document: Document) -> str:
    """The line of the old text, where it stands there."""
    try:
        to = layout.parse(document.content.get("text", "")).to
    except layout.UnreadableText:
        return ""
    return f"{to}\n" if to else ""
