"""发文处理单: through whose hands a document went, printed when it is issued. The columns are custom (待核)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from foundation.files.services import files_of
from foundation.journal.models import Entry
from foundation.organization.models import Unit

from ..layout.dates import chinese_date, chinese_minute
from ..models import Draft
from ..opinions import given_in
from .content import LABEL
from .joint import joint_organs

SLIP = "发文处理单"
HANDS = {"pass_check": "复核", "ask_again": "复核", "register": "登记编号", "seal": "用印", "issue": "印发"}


def slip_of(draft: Draft) -> dict[str, Any]:
    """As papers.form_of takes it; of a draft with its document, organ and signer."""
    return {
        "title": SLIP,
        "facts": _facts(draft) + _hands(draft),
        "content": _changes(draft),
        "opinions": [
            one for one in given_in(draftprocess__draft=draft.pk) if one["at"]
        ],  # not whom nobody asked
        "attachments": _files(draft),
    }


def _facts(draft: Draft) -> list[list[str]]:
    units = Unit.objects.filter(code__in=draft.cosigners).values_list("short_name", flat=True)
    signer = draft.signer.person.name if draft.signer else "—"
    assert draft.document
    return [
        ["标题", draft.title],
        ["发文字号", draft.document.full_number],
        ["文种", draft.get_kind_display()],
        ["紧急程度", draft.get_urgency_display()],
        ["发文机关", "、".join([draft.issuer, *(unit.name for unit in joint_organs(draft))])],
        ["主送", "、".join(draft.to) or "见正文"],
        ["抄送", "、".join(draft.cc) or "—"],
        ["会签单位", "、".join(units) or "—"],
        ["拟稿", draft.drafted_by.person.name],
        ["签发", f"{signer} {_day(draft.signed_on)}"],
    ]


def _hands(draft: Draft) -> list[list[str]]:
    """Who checked, numbered, sealed and issued it; of what was done twice, the last."""
    entries = Entry.objects.filter(target=LABEL, target_id=draft.pk).order_by("seq").select_related("actor")
    done = {one.verb.removeprefix(f"{LABEL}."): one for one in entries}
    found: list[list[str]] = []
    for label, verb in {label: verb for verb, label in HANDS.items() if verb in done}.items():
        one = done[verb]
        who = one.actor.name if one.actor else "系统"
        found += _places(draft) if verb == "seal" and draft.joint else [[label, f"{who} {_minute(one.at)}"]]
    return found


def _places(draft: Draft) -> list[list[str]]:
    """Of a joint paper: what each organ put, and who."""
    return [
        [
            f"{one.organ.short_name}用印",
            f"{one.seal or '留出盖章位置'} {one.by.person.name} {_minute(one.at)}",
        ]
        for one in draft.places.select_related("organ", "seal", "by__person")
        if one.at and one.by and one.by.person
    ]


def _minute(at: dt.datetime) -> str:
    return chinese_minute(timezone.localtime(at))


def _changes(draft: Draft) -> list[list[str]]:
    """What the check changed, line by line."""
    entries = Entry.objects.filter(target=LABEL, target_id=draft.pk, verb=f"{LABEL}.amend").order_by("seq")
    lines = [line for one in entries for line in one.data["difference"]]
    return [["复核改动", "\n".join(lines)]] if lines else []


def _files(draft: Draft) -> list[dict[str, Any]]:
    return [
        {"name": one.name, "size": one.size, "sha256": one.file.sha256} for one in files_of(LABEL, draft.pk)
    ]


def _day(day: dt.date | None) -> str:
    return chinese_date(day) if day else ""
