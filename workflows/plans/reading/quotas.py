"""Case quotas: at least so many 一案双罚 cases or so many referrals (行刑衔接)."""

from __future__ import annotations

import re

from foundation.organization.numerals import CHINESE, narrow, number
from workflows.plans.reading.dates import Bearing, find_dates
from workflows.plans.reading.duties import Duties
from workflows.plans.reading.model import Alternative, Quota, Responsible, Span
from workflows.plans.reading.spans import sentences, trim

_N = rf"(?P<n>\d+|[{CHINESE}]+)\s*(?:个|件|例|宗|起|条|份)以?上?"
_KINDS = (
    ("double_penalty", r"一案双罚"),
    ("referral", r"(?:行刑衔接|两法衔接|行政执法与刑事司法衔接|移送(?:公安|司法)机关|涉嫌犯罪案件移送)"),
)


_CUT = re.compile(r"[，；、和及与]")


def _required(text: str, span: Span, words: str) -> re.Match[str] | None:
    """The number before the words (2个“一案双罚”) or behind them (“一案双罚”案例不少于2个)."""
    before = re.compile(rf"{_N}[^，。；、或和\d]{{0,10}}?{words}").search(text, *span)
    return before or re.compile(rf"{words}[^，。；\d]{{0,14}}?{_N}").search(text, *span)


def find_quotas(
    text: str, span: Span, duties: Duties, bearing: Bearing | None, default: tuple[Responsible, ...] = ()
) -> list[Quota]:
    """Quotas in `span`: one a sentence, or two where both kinds are wanted and no 或 leaves the choice.

    Dates and units come from the quota's own words, else from its sentence; units else are those of its task.
    """
    flat, found = narrow(text), []
    for sentence in sentences(text, span):
        for part in _parts(flat, sentence):
            got = [(kind, _required(flat, part, words)) for kind, words in _KINDS]
            alternatives = tuple(Alternative(kind, int(number(m["n"]))) for kind, m in got if m)
            if alternatives:
                dates = find_dates(text, part, bearing)[0] or find_dates(text, sentence, bearing)[0]
                start = next((d.start for d in dates if d.start), None)
                end = next((d.end for d in reversed(dates) if d.end), None)
                who = duties.responsible(part) or duties.responsible(sentence) or default
                found.append(Quota(alternatives, start, end, who, part))
    return found


def _parts(text: str, sentence: Span) -> list[Span]:
    """The sentence, cut in two where each half wants another kind of case."""
    matches = [m for _, words in _KINDS if (m := _required(text, sentence, words))]
    first, last = min(matches, key=_start, default=None), max(matches, key=_start, default=None)
    if first is None or last is None or first.end() > last.start():
        return [sentence]
    cut = _CUT.search(text, first.end(), last.start())
    if "或" in text[first.end() : last.start()] or cut is None:
        return [sentence]
    return [(sentence[0], cut.start()), trim(text, (cut.end(), sentence[1]))]


def _start(match: re.Match[str]) -> int:
    return match.start()
