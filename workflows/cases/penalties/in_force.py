"""Whether an article could fine anybody on a day. Pure."""

from __future__ import annotations

import datetime as dt

from ..pack import Pack
from .articles import article_said


def out_of_force(pack: Pack, article: str, day: dt.date) -> str:
    """Why not, in a sentence; empty where it could, or where the pack doesn't hold the article."""
    law, fines = pack.laws.get(pack.penalties.law), pack.penalties.fines_of(article)
    if law is None or not fines:
        return ""
    spans = [
        (one.effective_from or law.effective_from, one.effective_to or law.effective_to) for one in fines
    ]
    if any(start <= day <= (end or dt.date.max) for start, end in spans):
        return ""
    first, said = min(start for start, _ in spans), f"《{law.name}》{article_said(article)}"
    if day < first:
        return f"{said}自 {first} 起施行，{day} 还没有施行，请核对日期和条文。"
    return f"{said}在 {day} 已经废止，请核对日期和条文。"
