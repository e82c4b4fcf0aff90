"""Who must do it: labelled duties, brackets, 由…负责 and the subjects of clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workflows.plans.reading.dates import Bearing, find_dates
from workflows.plans.reading.fields import find_fields
from workflows.plans.reading.mentions import Mention, Mentions
from workflows.plans.reading.model import Responsible, Span
from workflows.plans.reading.spans import inside, merge, overlapping

_CLAUSE = re.compile(
    r"(?:^|(?<=[，。；;：:！？\n（(【〔［\[,])|(?<=[（(][一二三四五六七八九十\d][）)])|(?<=[一二三四五六]是)|(?<=[场次个条篇份名件家]、)(?=各))[ \t\u3000]*",
    re.M,
)
_LEADING = re.compile(
    r"(?:届时|同时|其中|并|请|且|原则上|具体|分别|继续|活动|(?:此项|该项|本项|上述|以上|具体|各项)?(?:工作|任务|活动)|[一二三四五六七八九]+(?:是|要)|每[年月周季]度?)*由?"
)
_NO_SUBJECT = re.compile(
    r"\s*(?!(?:党政)?(?:主要|分管)?(?:负责人|负责同志|领导)(?:要|应|须|开展|带|组织|上|亲|每|定期|讲))(?:的(?!职责)|主要负责|负责人|负责同志|分管|领导|党政|干部|职工|人员|从业|联络员|关于|印发|文件|部署|统一|要求(?!各)|举报|广播|(?:检查|抽查|排查|执法)(?:数|率|覆盖|不少于|不低于|至少|全覆盖|\d)|安全生产(?:工作|活动|委员会)|等部署|精神|规定)"
)
_ASSISTS = re.compile(
    r"[^，。；：\n（]{0,6}?(?:配合|协助|协办|支持|协同|参(?:与|加)(?=[，。；）)]|$))|设[^，。；]{0,8}分会场"
)
_OBJECT = re.compile(r"(?:组织|督促|动员|要求|发动|号召|推动|指导|会同|联合|协调|邀请)")
_PROMOTE = ("组织", "督促", "动员", "要求", "发动")
_TAKES_PART = re.compile(r"\s*(?:分别|具体|共同|按[^，。；）]{0,8})*(?:负责|牵头|承办|主办|组织|落实)")
_BY = re.compile(r"由")
#: 由德育处负责: whoever it is, but no person
_SOMEBODY = re.compile(
    r"((?:(?![的并和在])[一-龥]){2,12}?(?<![人员导记长])(?<!同志))(?:分别|具体|共同|统一)?(?:负责(?!人|同志)|牵头|承办|主办)"
)
_CLAUSE_MAX = 200  # characters; no clause is longer
#: what a date may begin with; looking for one at every clause would be slow
_DATE_OPENS = re.compile(r"[\d０-９一二三四五六七八九十今本当次翌明去年第上下即现方通印发公施至到直]")
_LIST_SPLIT = re.compile(r"[、，,；;\s]+")
_ROLE_WORD = re.compile(r"(牵头|负责|主办|承办|配合|协办|协助|参与|参加)(?:单位|部门)?[:：]?")
_TRAILER = re.compile(
    r"(?:等)?(?:按照?(?:各自)?职责.*|分别负责|共同负责|具体负责|负责|牵头|等有关部门|等部门|等单位|等)$"
)
_BRACKET = re.compile(
    r"(?<![镇乡村])[（(【〔［]([^（）()【】〔〕［］\n：:]{2,80})[）)】〕］]\s*(?=[。；\n]|$)", re.M
)
_NAME_END = re.compile(
    r"(?:局|委|办|办公室|中心|公司|大队|支队|街道|镇|乡|部门|单位|总工会|妇联|协会|院|所)$"
)
_JOINED = re.compile(r"以及|和|及|与")


@dataclass(frozen=True)
class _Named:
    mention: Mention
    role: str
    verb: str = ""


class Duties:
    """Reads the responsible units out of stretches of one plan."""

    def __init__(self, text: str, mentions: Mentions, bearing: Bearing | None) -> None:
        self.text, self.mentions, self.bearing = text, mentions, bearing

    def responsible(self, span: Span) -> tuple[Responsible, ...]:
        """Everybody named in `span` in reading order, each once; explicit labels before subjects of clauses."""
        every = find_fields(self.text, span)
        fields = [f for f in every if f.role in ("lead", "assist")]
        asides = [f for f in every if f.role == "aside"]
        named = [n for f in fields for n in self.listed(f.value, f.role)]
        bare = (b for b in self._bracketed(span) if not inside(b, [f.whole for f in fields]))
        named += [n for value in bare for n in self.listed(value, "lead")]
        free = list(self._clauses(span, [f.whole for f in (*fields, *asides)]))
        if any(n.role == "lead" for n in named):  # an explicit label stands above groups named in passing
            free = [n for n in free if n.mention.meaning.units]
        leads = [n for n in (*named, *free) if n.role == "lead"]
        if not leads:
            free = [_Named(n.mention, "lead") if n.verb in _PROMOTE else n for n in free]
        return _once(self.text, [*named, *free])

    def _bracketed(self, span: Span) -> Iterator[Span]:
        """（县公安局、县交通局）: a bracket at the end that holds nothing but names."""
        for match in _BRACKET.finditer(self.text, *span):
            parts = [_ROLE_WORD.sub("", p) for p in _LIST_SPLIT.split(_TRAILER.sub("", match[1]))]
            if all(_NAME_END.search(p) or self.mentions.lexicon.resolve(p) for p in parts):
                yield match.span(1)

    def cells(self, cells: list[tuple[Span, str]]) -> tuple[Responsible, ...]:
        """The units of table cells with the role of their column."""
        return _once(self.text, [n for span, role in cells for n in self.listed(span, role)])

    def listed(self, span: Span, role: str) -> Iterator[_Named]:
        """The units of a labelled value or a table cell; brackets and 牵头/配合 inside it change the role."""
        start, sibling = span[0], False
        for stop in [*_separators(self.text, span), span[1]]:
            named = list(self._element((start, stop), role, sibling=sibling))
            yield from named
            start, sibling = stop + 1, sibling or any(n.mention.meaning for n in named)

    def _element(self, span: Span, role: str, *, sibling: bool) -> Iterator[_Named]:
        text = self.text[slice(*span)]
        if word := _ROLE_WORD.search(text):
            role = "lead" if word[1] in ("牵头", "负责", "主办", "承办") else "assist"
            text = (
                re.sub(r"[（(]?" + re.escape(word[0]) + r"[）)]?", "", text)
                if word.start()
                else text[word.end() :]
            )
        offset = span[0] + self.text[slice(*span)].find(text) if text in self.text[slice(*span)] else span[0]
        phrase = _TRAILER.sub("", text.strip())
        start = self.text.find(phrase, offset, span[1]) if phrase else -1
        if start >= 0 and _nameable(phrase) and not self._tells_time(span):
            yield from self._names((start, start + len(phrase)), role, sibling=sibling)

    def _tells_time(self, span: Span) -> bool:
        """（县应急局牵头，县住建局负责，12月底前完成）: the deadline is nobody."""
        return any(find_dates(self.text, span, self.bearing or Bearing(2000)))

    def _names(self, span: Span, role: str, *, sibling: bool) -> Iterator[_Named]:
        """One phrase, or two joined by 和 when the whole means nothing."""
        found, end = self.mentions.listed(*span, sibling=sibling)
        if found and end == span[1]:
            yield from (_Named(m, role) for m in found)
            return
        whole = self.mentions.lexicon.resolve(self.text[slice(*span)])
        joins = [] if whole else list(_JOINED.finditer(self.text, *span))
        for join in joins:
            parts = (span[0], join.start()), (join.end(), span[1])
            if all(self.mentions.lexicon.resolve(self.text[slice(*p)]) for p in parts):
                yield from (
                    _Named(Mention(p, self.mentions.lexicon.resolve(self.text[slice(*p)])), role)
                    for p in parts
                )
                return
        yield _Named(Mention(span, whole), role)

    def _clauses(self, span: Span, holes: list[Span]) -> Iterator[_Named]:
        holes = merge(holes)
        for at in sorted({span[0], *(m.end() for m in _CLAUSE.finditer(self.text, *span))}):
            if at >= span[1] or overlapping((at, at + 1), holes):
                continue
            subject = list(self._subject(at, span[1]))
            yield from subject
            yield from self._objects(at, span[1], has_subject=bool(subject))

    def _subject(self, at: int, end: int) -> Iterator[_Named]:
        """The list of names a clause begins with, behind a date, 请, 由 and the like."""
        at = self._behind_opening(at, end)
        found, stop = self.mentions.listed(at, end)
        if not found or _NO_SUBJECT.match(self.text, stop, end):
            return
        role = "assist" if _ASSISTS.match(self.text, stop, end) else "lead"
        yield from (_Named(m, role) for m in found)

    def _behind_opening(self, at: int, end: int) -> int:
        end = min(end, at + _CLAUSE_MAX)
        while True:
            start = at
            at = self._behind_date(at, end)
            opening = _LEADING.match(self.text, at, end)
            at = opening.end() if opening else at
            if at == start:
                return at

    def _behind_date(self, at: int, end: int) -> int:
        """A date directly at the beginning is no obstacle: 6月16日上午县安委办在…."""
        blank = re.compile(r"[于自从在]?").match(self.text, at, end)
        begin = blank.end() if blank else at
        if begin >= end or not _DATE_OPENS.match(self.text, begin):
            return at
        line_end = min(end, begin + 30)
        dates, _ = find_dates(self.text, (begin, line_end), self.bearing or Bearing(2000))
        if dates and dates[0].source[0] == begin:
            tail = re.compile(r"(?:上午|下午|晚上|期间|起)?[，,、]?").match(
                self.text, dates[0].source[1], end
            )
            return tail.end() if tail else dates[0].source[1]
        return at

    def _objects(self, at: int, end: int, *, has_subject: bool) -> Iterator[_Named]:
        """组织各成员单位…, 会同有关部门…, and 由…负责 inside a clause."""
        stop = re.compile(r"[，。；;：:！？\n]|$").search(self.text, at, min(end, at + _CLAUSE_MAX))
        limit = stop.start() if stop else min(end, at + _CLAUSE_MAX)
        for verb in _OBJECT.finditer(self.text, at, limit):
            found, behind = self.mentions.listed(verb.end(), limit)
            if not _NO_SUBJECT.match(self.text, behind, limit):
                yield from (_Named(m, "assist", verb[0]) for m in found if m.meaning.group != "media")
        for by in _BY.finditer(self.text, at + 1, limit):
            found, behind = self.mentions.listed(by.end(), limit)
            if found and _TAKES_PART.match(self.text, behind, limit):
                yield from (_Named(m, "lead") for m in found)
            elif not found and (word := _SOMEBODY.match(self.text, by.end(), limit)):
                yield _Named(Mention(word.span(1), self.mentions.lexicon.resolve(word[1])), "lead")


def _separators(text: str, span: Span) -> Iterator[int]:
    """Where the elements of a list part, brackets kept whole."""
    depth = 0
    for at in range(*span):
        if text[at] in "（(〔":
            depth += 1
        elif text[at] in "）)〕":
            depth -= 1
        elif depth <= 0 and _LIST_SPLIT.match(text[at]):
            yield at


def _nameable(phrase: str) -> bool:
    return 1 < len(phrase) <= 40 and not re.search(r"\d{5,}", phrase)


def _once(text: str, named: list[_Named]) -> tuple[Responsible, ...]:
    """A name that leads somewhere leads; otherwise its first place counts."""
    best: dict[object, _Named] = {}
    for each in named:
        key = (each.mention.meaning.units or each.mention.meaning.group or text[slice(*each.mention.span)],)
        known = best.get(key)
        if known is None or (known.role, each.role) == ("assist", "lead"):
            best[key] = each
    ordered = sorted(best.values(), key=lambda n: n.mention.span)
    return tuple(
        Responsible(
            text[slice(*n.mention.span)],
            n.mention.meaning.units,
            n.mention.meaning.group,
            n.role,
            n.mention.span,
        )
        for n in ordered
    )
