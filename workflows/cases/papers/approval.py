"""移送审批表: the referral as its head decided on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from documents.opinions import given_in

from ..events import Event
from .dossier import Dossier
from .kinds import About, Paper, Parts, Typed
from .referral import concerned
from .words import ROOM, crime_said, day_said, facts_said, party_said

DECIDED = ("approved", "refused")  # steps of the pack


def _form(about: About, typed: Typed) -> Parts:
    dossier = about.dossier
    report, given = dossier.last("reported"), _opinions(dossier)
    crimes = "、".join(dict.fromkeys(crime_said(one.name) for one in dossier.offences))
    facts = [
        ["案由", dossier.case.title],
        ["办案单位", dossier.organ],
        ["涉嫌罪名", crimes or "—"],
        ["当事人", "、".join(party_said(one) for one in dossier.parties) or "—"],
        ["专案组", dossier.officers],
        ["书面报告", day_said(report.at.date()) if report else "—"],
    ]
    content = [
        ["主要事实", facts_said(dossier.acts)],
        ["移送理由", report.reason if report else ""],
        ["移送材料", "\n".join(_file(dossier))],
        *([] if given else [["负责人意见", ROOM]]),
    ]
    form = {
        "title": "涉嫌犯罪案件移送审批表", "facts": facts, "content": [one for one in content if one[1]],
        "opinions": given,
    }  # fmt: skip
    return [{"form": form}]


def _file(dossier: Dossier) -> Iterator[str]:
    for paper, there in dossier.stands.papers:
        yield f"{paper.name}：{'有' if there is True else there or '还没有说明'}"


def _opinions(dossier: Dossier) -> list[dict[str, Any]]:
    """Those of the referral's own approval; else what was decided, as it was recorded by hand."""
    return given_in(referralprocess__case=dossier.case.pk) or [
        _opinion(dossier, one) for one in dossier.stands.told if one.step in DECIDED
    ]


def _opinion(dossier: Dossier, one: Event) -> dict[str, Any]:
    step = dossier.pack.steps[one.step].name
    post = dossier.pack.posts.get(one.post, "")
    return {
        "step": "决定", "person": post or "（签名）", "decision": step, "text": one.reason,
        "at": timezone.localtime(one.at).isoformat(),
    }  # fmt: skip


def _not_reported(about: About) -> Iterator[str]:
    if not about.dossier.last("reported"):
        yield "还没有提出移送书面报告"


PAPERS = (
    Paper(
        "approval", "移送审批表", _form, missing=_not_reported, offered=concerned,
        says="列出移送报告和正职负责人的决定",
    ),
)  # fmt: skip
