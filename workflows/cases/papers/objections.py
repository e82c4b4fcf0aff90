"""What the agency may do against 不予立案: 复议申请 to the police, 立案监督建议书 to the procuratorate."""

from __future__ import annotations

from ..events import Event
from .dossier import Dossier
from .kinds import About, Line, Paper, Parts, Typed
from .referral import FACTS, OFFENCE, lacks, offence_of
from .words import crime_said, day_said, law_said, lines_of, party_said, writ

REFUSED = ("refusal_notice", "reconsideration_upheld")  # steps of the pack
REASONS = Line("reasons", "理由", required=True, long=True, hint="为什么认为应当立案。")
POLICE = Line("police", "作出不予立案决定的公安机关", required=True)


def refused(dossier: Dossier) -> bool:
    return dossier.last(*REFUSED) is not None


def _said(one: Event | None, what: str) -> str:
    if one is None:
        return ""
    return f"我单位于{day_said(one.at.date())}收到{what}{f'（{one.number}）' if one.number else ''}"


def _grounds(about: About, typed: Typed) -> list[str]:
    dossier, offence = about.dossier, offence_of(about, typed)
    suspects = "、".join(party_said(one) for one in dossier.parties)
    return [
        "一、主要事实",
        *lines_of(typed["facts"]),
        "二、理由",
        *lines_of(typed["reasons"]),
        f"我单位认为，{suspects}的行为涉嫌触犯{law_said(dossier.pack, [offence.cite])}，"
        f"涉嫌{crime_said(offence.name)}，应当立案。",
    ]


def _review(about: About, typed: Typed) -> Parts:
    """To the organ that refused."""
    notice = _said(about.dossier.last(REFUSED[0]), "你单位不予立案通知书")
    blocks = [
        f"我单位移送的{about.dossier.case.title}，{notice}。我单位不服，现申请复议，请求撤销不予立案决定，依法立案。",
        *_grounds(about, typed),
        "附：不予立案通知书复印件、移送书及有关材料",
    ]
    return [writ(about.dossier, "不予立案复议申请书", blocks, to=f"{typed['police']}：", number=None)]


def _supervision(about: About, typed: Typed) -> Parts:
    dossier = about.dossier
    told = [
        _said(dossier.last(REFUSED[0]), f"{typed['police']}不予立案通知书"),
        _said(dossier.last(REFUSED[1]), "维持不予立案的复议决定"),
    ]
    blocks = [
        f"我单位移送{typed['police']}的{dossier.case.title}，{'；'.join(filter(None, told))}。"
        "现建议你院依法对该案进行立案监督。",
        *_grounds(about, typed),
        "附：移送书、不予立案通知书复印件及有关材料",
    ]
    return [writ(dossier, "立案监督建议书", blocks, to=f"{typed['to']}：", number=None)]


PAPERS = (
    Paper("review", "不予立案复议申请书", _review, (POLICE, OFFENCE, FACTS, REASONS), lacks, refused, mark="复",
        sent="reconsideration_asked"),
    Paper(
        "supervision", "立案监督建议书", _supervision,
        (Line("to", "建议（检察院全称）", required=True), POLICE, OFFENCE, FACTS, REASONS), lacks, refused, mark="建",
        sent="supervision_suggested",
    ),
)  # fmt: skip
