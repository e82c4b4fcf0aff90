"""典型案例推荐表, from the facts of the case and its recommendation, with the opinions given there; where there is none
yet, with room to sign by hand."""

from __future__ import annotations

from collections.abc import Iterator

from documents.opinions import given_in

from ..models import Recommendation
from .dossier import Dossier
from .kinds import About, Line, Paper, Parts, Typed, no_act, no_party
from .referral import HANDED_OVER
from .words import ROOM, crime_said, day_said, facts_said, party_said, penalty_said


def kinds_of(dossier: Dossier) -> list[str]:
    double = ["一案双罚"] if dossier.answer.double.qualifies else []
    return [*double, *(["行刑衔接"] if dossier.last(HANDED_OVER) else [])]


def _form(about: About, typed: Typed) -> Parts:
    dossier, last = about.dossier, _recommended(about)
    given = given_in(recommendationprocess__recommendation=last.pk) if last else []
    facts = [
        ["推荐单位", dossier.organ],
        ["案例类型", "、".join(kinds_of(dossier))],
        ["案由", dossier.case.title],
        ["当事人", "、".join(party_said(one) for one in dossier.parties)],
        ["联系人", typed["contact"] or "　"],
        ["联系电话", typed["phone"] or "　"],
    ]
    content = [
        ["违法事实", facts_said(dossier.acts)],
        ["处罚决定", "\n".join(_decisions(dossier))],
        ["移送情况", "\n".join(_referral(dossier))],
        ["典型意义", typed["meaning"]],
        *([] if given else [["单位意见", ROOM], ["安委办意见", ROOM]]),
    ]
    form = {
        "title": "典型案例推荐表", "facts": facts, "content": [one for one in content if one[1]], "opinions": given
    }  # fmt: skip
    return [{"form": form}]


def _recommended(about: About) -> Recommendation | None:
    return Recommendation.objects.filter(case=about.dossier.case).first()


def _merit(about: About) -> str:
    last = _recommended(about)
    return last.merit if last else ""


def _decisions(dossier: Dossier) -> Iterator[str]:
    for one in dossier.valid:
        fine = f"罚款{one.amount:,}元" if one.amount else ""
        article = penalty_said(dossier.pack, one.article)
        sanction = "，".join(filter(None, [fine, one.other]))
        yield f"{day_said(one.date)} {one.number}：依据{article}对{party_said(one.party)}{sanction}。"


def _referral(dossier: Dossier) -> Iterator[str]:
    """The steps of the referral that outsiders ask for."""
    crimes = "、".join(dict.fromkeys(crime_said(one.name) for one in dossier.offences))
    for one in dossier.stands.told:
        step = dossier.pack.steps[one.step]
        if step.track == "referral" and one.step in (HANDED_OVER, "crime_filed", "crime_not_filed"):
            number = f"（{one.number}）" if one.number else ""
            yield f"{day_said(one.at.date())}{step.name}{number}" + (
                f"，涉嫌{crimes}。" if one.step == HANDED_OVER and crimes else "。"
            )


def _not_typical(about: About) -> Iterator[str]:
    yield from (*no_party(about), *no_act(about))
    dossier = about.dossier
    if not kinds_of(dossier):
        yield f"不是一案双罚：{''.join(dossier.answer.double.missing).rstrip('。')}；也没有向公安机关移送"


PAPERS = (
    Paper(
        "recommendation", "典型案例推荐表", _form, (
            Line("meaning", "典型意义", required=True, long=True, first=_merit, hint="这个案例为什么值得推荐。"),
            Line("contact", "联系人"),
            Line("phone", "联系电话"),
        ), _not_typical,
    ),
)  # fmt: skip
