"""What a plan says the office owes the level above: reports whose receiver is not the office itself."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from ..models import UpwardDuty

# 报清远市安委办, 报送至省应急管理厅, 上报上级安委办; 市安委办 alone is the office's own name.
TO = re.compile(
    r"(?:报送?|提交|反馈)(?:至|到|给)?(?P<who>(?:省|上级|[一-龥]{2,3}[市州])[一-龥]{0,8}?"
    r"(?:安委办|安委会办公室|安全生产委员会办公室|安委会|应急管理[厅局]|应急[厅局]))"
)
PLACE = re.compile(r"^[一-龥]{1,4}?[市县区]")
WORDS = {
    "月报": "monthly",
    "总结": "summary",
    "统计": "figures",
    "汇总": "figures",
    "名单": "listed",
    "方案": "planned",
}


@dataclass(frozen=True)
class Proposal:
    number: int  # its place among the plan's reports
    kind: str
    title: str
    to: str
    due_on: dt.date | None
    basis: str


def receiver(sentence: str, own: str) -> str:
    """Who above is named as receiver; empty where it is `own` office, by its place."""
    place = PLACE.match(own)
    names = (found["who"] for found in TO.finditer(sentence))
    return next((one for one in names if not (place and one.startswith(place[0]))), "")


def kind_of(title: str) -> str:
    return next((kind for word, kind in WORDS.items() if word in title), UpwardDuty.Kind.OTHER.value)


def proposals(plan: Any) -> list[Proposal]:
    """Those that stand in the register already are left out."""
    known = set(UpwardDuty.objects.filter(plan=plan).values_list("title", flat=True))
    return [one for one in _read(plan) if one.title not in known]


def _read(plan: Any) -> list[Proposal]:
    found = []
    for number, report in enumerate(plan.reading.get("reports", [])):
        first, last = (report.get("source") or [0, 0])[:2]
        sentence = plan.text[first:last]
        title = report.get("title", "")[:200]
        if title and (who := receiver(sentence, plan.organ.name)):
            due = dt.date.fromisoformat(report["due"]) if report.get("due") else None
            basis = f"《{plan.title}》：{sentence}"[:300]
            found.append(Proposal(number, kind_of(title), title, who, due, basis))
    return found
