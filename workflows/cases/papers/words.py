"""The words of papers: parties, articles, days as official writing has them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Any

from documents.layout.dates import chinese_date

from ..models import Act, Evidence, Party
from ..pack import Law, Pack
from ..penalties.articles import WRITTEN
from .dossier import Dossier
from .numerals import count_said

BLANK_DATE = "　　　　年　　月　　日"
BLANK = "　　　　　　"
ROOM = "\n\n\n签名：　　　　　　　　　　　年　　月　　日"  # to write and sign by hand
CITED = re.compile(r"(\d+)(?:-(\d+))?")


def day_said(day: dt.date | None) -> str:
    return chinese_date(day) if day else BLANK_DATE


def law_said(pack: Pack, cites: Iterable[str]) -> str:
    """The law by its title, its articles in Chinese numerals; the same law is named once."""
    said: dict[str, list[str]] = {}
    for cite in cites:
        article = cite.partition(":")[2]
        said.setdefault(_title(pack.law(cite)), []).append(_article(article))
    return "、".join(title + "、".join(filter(None, articles)) for title, articles in said.items())


def _title(law: Law) -> str:
    return f"《{law.name}》" + (f"（{law.number}）" if law.number else "")


def _article(article: str) -> str:
    """The 1 of 134-1 is a 之一, as of a law that the pack only cites."""
    if not (found := CITED.fullmatch(article)):
        return article
    number, more = found.groups()
    return f"第{count_said(int(number))}条" + (f"之{count_said(int(more))}" if more else "")


def penalty_said(pack: Pack, article: str) -> str:
    """Law, article, paragraph and item in Chinese numerals; one that the pack doesn't hold as it was typed, of no law."""
    found = WRITTEN.fullmatch(article)
    if not found or not pack.penalties.fines_of(article) or not pack.penalties.law:
        return article
    number, paragraph, item = (count_said(int(one)) if one else "" for one in found.groups())
    said = f"第{number}条" + (f"第{paragraph}款" if paragraph else "") + (f"第（{item}）项" if item else "")
    return f"《{pack.laws[pack.penalties.law].name}》{said}"


def crime_said(name: str) -> str:
    """危险作业罪: without what the pack adds in brackets to tell its kinds apart."""
    return name.partition("（")[0]


def party_lines(party: Party, *, whole: bool) -> Iterator[str]:
    """`whole`: with its number, which the law wants on this paper."""
    if party.kind == Party.Kind.ENTITY:
        yield f"单位名称：{party.name}"
        if party.code and whole:
            yield f"统一社会信用代码：{party.code}"
        return
    yield f"姓名：{party.name}"
    if whole:
        yield f"公民身份号码：{party.code or BLANK}"
    if party.of or party.role:
        place = party.of.name if party.of else ""
        yield f"所在单位和职务：{place}{party.get_role_display()}"


def party_said(party: Party) -> str:
    """In a sentence, without a number."""
    told = [party.of.name if party.of else "", party.get_role_display()]
    return party.name + (f"（{''.join(told)}）" if any(told) else "")


def facts_said(acts: Iterable[Act]) -> str:
    return "\n".join(one.text.rstrip("。") + "。" for one in acts)


def evidence_said(evidence: Iterable[Evidence]) -> str:
    """1.现场照片（视听资料）；2.…"""
    return "；".join(f"{n}.{one.name}（{one.get_kind_display()}）" for n, one in enumerate(evidence, 1))


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def writ(dossier: Dossier, name: str, blocks: Iterable[Any], **more: Any) -> dict[str, Any]:
    """A part signed by the case's organ on the day it is made."""
    fixed = {
        "organ": dossier.organ, "name": name, "signed_by": dossier.organ, "dated": day_said(dossier.day)
    }  # fmt: skip
    return {"writ": {**fixed, "blocks": list(blocks), **more}}
