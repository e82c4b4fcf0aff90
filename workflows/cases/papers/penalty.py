"""行政处罚决定书 for an entity and for a person, from one decision. Its number and day are those of the decision."""

from __future__ import annotations

from collections.abc import Iterator

from ..models import Decision, Party
from ..pack import Advice
from ..rule_words import advice_said
from .kinds import About, Line, Paper, Parts, Typed
from .numerals import amount_said
from .words import BLANK, day_said, evidence_said, facts_said, lines_of, party_lines, penalty_said, writ

REMEDIES = {"review", "suit"}  # of the pack's advice
HEARD = {"heard": "当事人进行了陈述、申辩。", "statement_waived": "当事人明确放弃陈述、申辩。", "hearing": "本案举行了听证。"}  # fmt: skip


def advice_for(about: About) -> list[Advice]:
    """What was read in a law that was in force on the day of the decision."""
    pack, decided = about.dossier.pack, about.decided
    return [
        one
        for one in pack.advice
        if one.verified
        and all(pack.law(cite).effective_from <= decided.date for cite in one.cites)
        and (decided.amount or not one.fined)
    ]


def _told_by_hand(about: About) -> bool:
    return not {one.code for one in advice_for(about)} >= REMEDIES


def _told_by_pack(about: About) -> bool:
    return not _told_by_hand(about)


def _facts(about: About) -> str:
    return facts_said([about.decided.act])


def _evidence(about: About) -> str:
    return evidence_said(about.dossier.evidence)


def _heard(about: About) -> str:
    return "".join(says for step, says in HEARD.items() if about.dossier.last(step))


def _paper(about: About, typed: Typed) -> Parts:
    dossier, decided = about.dossier, about.decided
    name = f"行政处罚决定书（{decided.party.get_kind_display()}）"
    blocks = [
        *party_lines(decided.party, whole=True),
        f"{_address(decided.party)}：{typed['address']}",
        "一、违法事实和证据",
        *lines_of(typed["facts"]),
        *([f"以上事实，有下列证据证实：{typed['evidence'].rstrip('。')}。"] if typed["evidence"] else []),
        *lines_of(typed["heard"]),
        "二、处罚依据和决定",
        f"依据{penalty_said(dossier.pack, decided.article)}的规定，决定给予以下行政处罚：",
        *(f"{n}.{line}" for n, line in enumerate(_sanctions(decided), 1)),
        *_how(about, typed),
    ]
    more = {"number": decided.number, "dated": day_said(decided.date)}
    return [writ(dossier, name, blocks, **more)]


def _address(party: Party) -> str:
    return "住所" if party.kind == Party.Kind.ENTITY else "住址"


def _sanctions(decided: Decision) -> Iterator[str]:
    if decided.amount:
        yield f"罚款人民币{decided.amount:,}元（大写：{amount_said(decided.amount)}）。"
    if decided.other:
        yield f"{decided.other.rstrip('。')}。"


def _how(about: About, typed: Typed) -> Iterator[str]:
    """Performance and remedies: by the law as far as it was read, else as somebody wrote it."""
    review, court = typed.get("review") or BLANK, typed.get("court") or BLANK
    by_hand = _told_by_hand(about)
    told = [one for one in advice_for(about) if not (by_hand and one.code in REMEDIES)]
    yield "三、履行和救济"
    yield from (f"{advice_said(one, review, court)}。" for one in told if one.fined)
    if about.decided.amount and typed.get("bank"):
        yield f"缴款银行和账号：{typed['bank']}"
    remedies = [advice_said(one, review, court) for one in told if one.code in REMEDIES]
    if remedies:
        yield "，".join(remedies) + "。"
    others = [one for one in told if not one.fined and one.code not in REMEDIES]
    yield from (f"{advice_said(one)}。" for one in others)
    yield from lines_of(typed.get("remedies", ""))


PAPERS = (
    Paper(
        "penalty", "行政处罚决定书", _paper, (
            Line("address", "当事人住所或住址", required=True),
            Line("facts", "违法事实", required=True, long=True, first=_facts),
            Line("evidence", "证据", long=True, first=_evidence),
            Line("heard", "陈述、申辩情况", long=True, first=_heard),
            Line("bank", "缴款银行和账号", wanted=lambda about: bool(about.decided.amount)),
            Line("review", "行政复议机关", required=True, wanted=_told_by_pack),
            Line("court", "有管辖权的人民法院", required=True, wanted=_told_by_pack),
            Line(
                "remedies", "救济途径和期限", required=True, long=True, wanted=_told_by_hand,
                hint="规则里没有核实过、又在决定日施行的规定，请照法律文书写全。",
            ),
        ), each=True,
    ),
)  # fmt: skip
