"""Case quotas: at least so many 一案双罚 cases or so many referrals (行刑衔接)."""

from __future__ import annotations

import re

from workflows.plans.reading.dates import Bearing, find_dates
from workflows.plans.reading.duties import Duties
from workflows.plans.reading.model import Alternative, Quota, Span
from workflows.plans.reading.numerals import CHINESE, narrow, number
from workflows.plans.reading.spans import sentences

_N = rf"(?P<n>\d+|[{CHINESE}]+)\s*(?:个|件|例|宗|起|条|份)以?上?"
_KINDS = (
    ("double_penalty", r"一案双罚"),
    ("referral", r"(?:行刑衔接|两法衔接|行政执法与刑事司法衔接|移送(?:公安|司法)机关|涉嫌犯罪案件移送)"),
)


def _alternative(text: str, span: Span, kind: str, words: str) -> Alternative | None:
    """The number before the words (2个“一案双罚”) or behind them (“一案双罚”案例不少于2个)."""
    before = re.compile(rf"{_N}[^，。；或和\d]{{0,10}}?{words}").search(text, *span)
    behind = re.compile(rf"{words}[^，。；\d]{{0,14}}?{_N}").search(text, *span)
    match = before or behind
    return Alternative(kind, int(number(match["n"]))) if match else None


def find_quotas(text: str, span: Span, duties: Duties, bearing: Bearing | None) -> list[Quota]:
    """Quotas in `span`, one a sentence; dates and subjects come from the same sentence."""
    flat, found = narrow(text), []
    for sentence in sentences(text, span):
        alternatives = [a for kind, words in _KINDS if (a := _alternative(flat, sentence, kind, words))]
        if not alternatives:
            continue
        dates, _ = find_dates(text, sentence, bearing)
        start = next((d.start for d in dates if d.start), None)
        end = next((d.end for d in reversed(dates) if d.end), None)
        found.append(Quota(tuple(alternatives), start, end, duties.responsible(sentence), sentence))
    return found
