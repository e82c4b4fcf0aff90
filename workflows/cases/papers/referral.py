"""行刑衔接: 移送书 with 回执, 调查报告, the two lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from documents.layout.dates import chinese_date

from ..models import Evidence
from ..penalties.rules import Offence
from .dossier import Dossier
from .kinds import About, Line, Paper, Parts, Typed, no_act, no_party, not_accounted
from .words import (
    BLANK,
    BLANK_DATE,
    crime_said,
    evidence_said,
    facts_said,
    law_said,
    lines_of,
    party_lines,
    party_said,
    penalty_said,
    writ,
)

HANDED_OVER = "handed_over"  # of the pack
STEPS = ("suspected", "team", "reported", "prosecutor_opinion")  # with which a referral has begun
SIGNS = "移交人（签名）：　　　　　　　　接收人（签名）："


def concerned(dossier: Dossier) -> bool:
    return bool(dossier.offences or dossier.last(*STEPS, HANDED_OVER))


def _facts(about: About) -> str:
    return facts_said(about.dossier.acts)


def _offences(about: About) -> list[tuple[str, str]]:
    every = about.dossier.pack.penalties.offences.values()
    return [("", "请选择"), *((one.code, one.name) for one in every)]


def _suggested(about: About) -> str:
    return next((one.code for one in about.dossier.offences), "")


OFFENCE = Line("offence", "涉嫌的罪名", required=True, first=_suggested, choices=_offences)
FACTS = Line("facts", "主要事实", required=True, long=True, first=_facts)


def lacks(about: About) -> Iterator[str]:
    yield from no_party(about)
    yield from no_act(about)


def offence_of(about: About, typed: Typed) -> Offence:
    return about.dossier.pack.penalties.offences[typed["offence"]]


def _basis(dossier: Dossier) -> str:
    """Of handing over, as far as it was read in the law."""
    cites = [
        cite
        for clock in dossier.pack.clocks
        if HANDED_OVER in clock.ends and "approved" in clock.starts
        for basis in clock.bases
        if basis.verified
        for cite in basis.cites
    ]
    return f"依据{law_said(dossier.pack, dict.fromkeys(cites))}的规定，" if cites else ""


# ---- 移送书


def _letter(about: About, typed: Typed) -> Parts:
    dossier, offence = about.dossier, offence_of(about, typed)
    crime = crime_said(offence.name)
    suspects = "、".join(party_said(one) for one in dossier.parties)
    officer, phone = typed["officer"] or BLANK, typed["phone"] or BLANK
    blocks = [
        f"我单位在办理{dossier.case.title}中，发现{suspects}涉嫌{crime}。",
        "一、涉嫌犯罪的单位和个人",
        *(line for one in dossier.parties for line in party_lines(one, whole=True)),
        "二、主要事实",
        *lines_of(typed["facts"]),
        "三、移送意见",
        f"上述行为涉嫌触犯{law_said(dossier.pack, [offence.cite])}，涉嫌{crime}。{_basis(dossier)}"
        "现将本案移送你单位，请依法审查，并将处理结果书面告知我单位。",
        *(["本移送书同时抄送" + typed["copy"] + "。"] if typed["copy"] else []),
        "四、移送材料",
        *(f"{n}.{line}" for n, line in enumerate(_papers(dossier), 1)),
        f"承办人：{officer}　联系电话：{phone}",
    ]
    letter = writ(dossier, "涉嫌犯罪案件移送书", blocks, to=f"{typed['to']}：", number=None)
    return [letter, _receipt(dossier)]


def _papers(dossier: Dossier) -> list[str]:
    return [
        paper.name if there is True else f"{paper.name}：{there}" for paper, there in dossier.stands.papers
    ]


def _receipt(dossier: Dossier) -> dict[str, Any]:
    """Filled in by hand where the letter arrives."""
    blocks = [
        f"你单位移送的{dossier.case.title}案卷材料收到。",
        f"收到日期：{BLANK_DATE}",
        "移送材料：□齐全　□不齐全，需要补充：",
        f"接收人（签名）：{BLANK}　联系电话：{BLANK}",
        "本回执由接收单位盖章后退移送单位附卷。",
    ]
    return writ(
        dossier, "涉嫌犯罪案件移送书（回执）", blocks, organ="", number=None, to=f"{dossier.organ}：",
        signed_by="（接收单位印章）", dated=BLANK_DATE,
    )  # fmt: skip


# ---- 调查报告


def _source(about: About) -> str:
    clue = about.dossier.last("clue")
    return " ".join(filter(None, [clue.document, clue.number, clue.reason])) if clue else ""


def _report(about: About, typed: Typed) -> Parts:
    dossier, offence = about.dossier, offence_of(about, typed)
    articles = dict.fromkeys(penalty_said(dossier.pack, one.article) for one in dossier.acts if one.article)
    laws = "、".join([*articles, law_said(dossier.pack, [offence.cite])])
    blocks = [
        "一、案件来源",
        *lines_of(typed["source"]),
        "二、涉案单位和个人",
        *(line for one in dossier.parties for line in party_lines(one, whole=False)),
        "三、查明的事实",
        *lines_of(typed["facts"]),
        "四、证据",
        f"{evidence_said(dossier.evidence)}。",
        "五、法律依据",
        f"上述行为适用{laws}，涉嫌{crime_said(offence.name)}。",
        "六、处理意见",
        *lines_of(typed["opinion"]),
        f"调查人员：{dossier.officers}",
    ]
    return [writ(dossier, f"{dossier.case.title}调查报告", blocks)]


def _nothing_to_prove_it(about: About) -> Iterator[str]:
    yield from lacks(about)
    if not about.dossier.evidence:
        yield "还没有登记证据"


# ---- lists


def _column(label: str, width: float, align: str = "left") -> dict[str, Any]:
    return {"label": label, "width": width, "align": align}


def list_part(dossier: Dossier, name: str, columns: Any, rows: Any, *, signs: str = SIGNS) -> Any:
    table = {"columns": [_column(*one) for one in columns], "rows": list(rows), "landscape": False}
    blocks = [f"案由：{dossier.case.title}", table, *([signs] if signs else [])]
    return writ(dossier, name, blocks)


def _items(about: About, typed: Typed) -> Parts:
    columns = (("序号", 14, "center"), ("名称", 44), ("数量、特征、存放地点", 62), ("取得日期", 35, "center"))
    rows = ([str(n), *_thing(one)] for n, one in enumerate(about.dossier.things, 1))
    return [list_part(about.dossier, "涉案物品清单", columns, rows)]


def _thing(one: Evidence) -> list[str]:
    return [one.name, one.note, chinese_date(one.on)]


def _no_things(about: About) -> Iterator[str]:
    if not about.dossier.things:
        told = about.dossier.case.file.get("items", "")
        yield "还没有登记物证" + (f"（移送材料里写明：{told}）" if isinstance(told, str) and told else "")


def _materials(about: About, typed: Typed) -> Parts:
    dossier = about.dossier
    columns = (("序号", 14, "center"), ("材料名称", 72), ("有无", 16, "center"), ("说明", 53))
    told = [
        [one.name, "有" if there is True else "无", "" if there is True else there]
        for one, there in dossier.stands.papers
    ]
    told += [[f"证据：{one.name}", "有", one.get_kind_display()] for one in dossier.evidence]
    rows = ([str(n), *one] for n, one in enumerate(told, 1))
    return [list_part(dossier, "移送材料清单", columns, rows)]


PAPERS = (
    Paper(
        "letter", "涉嫌犯罪案件移送书", _letter, (
            Line("to", "移送给（公安机关全称）", required=True, hint="与本单位同级的公安机关。"), OFFENCE, FACTS,
            Line("officer", "承办人", first=lambda about: about.dossier.officers),
            Line("phone", "联系电话", hint="不填的留空，打印后手填。"),
            Line("copy", "抄送（检察院全称）", hint="不抄送的不填。"),
        ), lambda about: [*lacks(about), *not_accounted(about)], concerned, mark="移", sent=HANDED_OVER, says="附回执，另起一页",
    ),
    Paper(
        "report", "案件调查报告", _report, (
            Line("source", "案件来源", required=True, long=True, first=_source), OFFENCE, FACTS,
            Line("opinion", "处理意见", required=True, long=True),
        ), _nothing_to_prove_it, concerned,
    ),
    Paper("items", "涉案物品清单", _items, missing=_no_things, offered=concerned, says="列出种类是“物证”的证据"),
    Paper("materials", "移送材料清单", _materials, missing=not_accounted, offered=concerned, says="没有的写明原因"),
)  # fmt: skip
