"""What units hand in: dated reports, and the naming of a liaison officer (联络员)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from foundation.organization.numerals import narrow
from workflows.plans.reading.dates import Bearing, Trouble, find_dates
from workflows.plans.reading.duties import Duties
from workflows.plans.reading.model import PlanDate, Report, Responsible, Span
from workflows.plans.reading.quantities import find_quantities
from workflows.plans.reading.spans import sentences, split, trim

_VERB = re.compile(
    r"报送|上报|填报|报备|提交|反馈|报(?:至|到|给)|上交|报(?=[省市县区镇我]|“|《|附件|活动|总结|方案|工作|安委|应急|名单|所在|集团|公司|(?![告名道表纸刊警考废价销酬到送社])(?:(?![，。；：、的])[一-龥]){1,10}?(?:部|办|办公室|局|处|科|室|组|中心|委|公司|社区|街道|镇|乡|专班|大队)(?:[，。；（(]|$|备案|汇总|审核|审定|存档))|(?:发送|发|传真?|交|寄送?)(?:至|到)"
)
_THING = re.compile(
    r"(?:将|把)(?P<thing>[^，。；]{2,80}?)(?:及时|统一|汇总|一并|盖章|电子版|纸质版|加盖公章)*后?(?:报送|上报|报(?![告表道名纸刊])|提交|反馈|发送|发|传真?|交|寄送?)"
)
_THING_ALONE = re.compile(r"(?:将|把)(?P<thing>[^，。；]{2,80})$")
_RECIPIENT = re.compile(
    r"^(?:至|到|给|送)?(?:[一-龥]{1,10}?(?:部|办|办公室|局|处|科|室|组|中心|委|公司|社区|街道|镇|专班|大队|部门)(?=[，。；（(]|$|备案|汇总|审核|审定|存档)|[一-龥]{0,6}[市县区镇]?(?:安委办|安委会办公室|安全生产委员会办公室|应急管理局|应急局|应急办|指导委员会办公室|领导小组办公室)|我办|我局|我委)(?:[（(][^）)]{2,24}[）)])?"
)
#: the form 报送内容：…；报送时间：…；报送单位：…
_DUE_LABEL = re.compile(r"(?:报送|上报|提交|截止)(?:时间|时限|期限|日期)[:：]\s*")
_WHAT_LABEL = re.compile(r"(?:报送|上报|提交)(?:内容|材料|资料)[:：]\s*([^，。；\n]{2,60})")
_WHO_LABEL = re.compile(r"(?:报送|上报|填报|提交)(?:单位|主体|部门)[:：]\s*([^。；\n]{2,60})")
_NEXT_LABEL = re.compile(r"[。；\n]|(?:报送|上报|填报)[一-龥]{2}[:：]")
_FIRST_WORDS = re.compile(r"([^，。；：:\n]{2,30})[。：:]")
_OFFICER = re.compile("联络员|信息员|联络人")
_LIAISON = re.compile(
    r"(?:明确|确定|指定|选派|安排|落实|推荐|设立|设|报送|上报)[^，。；]{0,16}(?:联络员|信息员|联络人)|联络员(?:名单|信息)"
)
_NEW_DUTY = re.compile(r"[，,](?=并[将把]|[^，。；]{0,12}(?:前|日)[^，。；]{0,4}[将把报])")
_FILED = re.compile(r"备案|审核|审定|汇总|存档")
_MADE = re.compile(r"(?:制定|编制|制订|形成|撰写)(?P<made>[^，。；]{2,20}?)(?:后|并)*于?报")
_ONE_OF = re.compile(r"^(?:[一1]|各[一1])(?:次|份|篇|条)(?=[一-龥])")
_ATTACHMENT = re.compile(
    r"附\s*件\s*(\d{1,2}|[一二三四五六七八九十]?)(?=[《〈）)：:、，。及和与的“]|\s|[一-龥]|$)"
)


@dataclass
class _Part:
    span: Span
    date: PlanDate | None
    trouble: Trouble | None
    clause: int  # where the clause begins: who hands it in may stand before the date


class Reports:
    """Reads reporting duties out of stretches of one plan."""

    def __init__(self, text: str, duties: Duties, bearing: Bearing | None) -> None:
        self.text, self.duties, self.bearing = text, duties, bearing
        self.found: list[Report] = []
        self.troubles: list[Trouble] = []

    def read(self, span: Span, default: tuple[Responsible, ...] = ()) -> None:
        """Adds what is handed in by `span`; who is not named is taken from `default`."""
        if self._labelled(span, default):
            return
        for sentence in sentences(self.text, span):
            if _VERB.search(self.text, *sentence):
                self._sentence(sentence, default)
            if liaison := _LIAISON.search(self.text, *sentence):
                self._liaison(sentence, liaison, default)

    def _labelled(self, span: Span, default: tuple[Responsible, ...]) -> bool:
        """活动方案。报送时间：5月28日前。报送单位：各乡镇。"""
        label = _DUE_LABEL.search(self.text, *span)
        if not label:
            return False
        behind = (
            label.end(),
            min([span[1], *(m.start() for m in _NEXT_LABEL.finditer(self.text, label.end(), span[1]))]),
        )
        dates, troubles = find_dates(self.text, behind, self.bearing)
        title = _WHAT_LABEL.search(self.text, *span) or _FIRST_WORDS.match(self.text, *span)
        if not title or not (dates or troubles):
            return False
        self.troubles += troubles
        by = _WHO_LABEL.search(self.text, *span)
        who = self.duties.cells([(by.span(1), "lead")]) if by else default
        due = dates[0].end if dates else None
        quantities = find_quantities(self.text, span, [d.source for d in dates])
        self.found.append(
            Report(
                "report",
                title[1].strip(),
                due,
                who,
                self._attachments(span),
                quantities,
                trim(self.text, span),
            )
        )
        return True

    def _sentence(self, sentence: Span, default: tuple[Responsible, ...]) -> None:
        parts = self._parts(sentence)
        who: tuple[Responsible, ...] = ()
        for part in parts:
            named = tuple(
                r for r in self.duties.responsible(part.span) if r.role == "lead" and not self._receives(r)
            )
            before = self._subject_before(part.clause, part)
            if not before and part is parts[0]:
                before = self._subject_before(sentence[0], part)
            who = before or named or who
            self._report(part, who or default)

    def _subject_before(self, begin: int, part: _Part) -> tuple[Responsible, ...]:
        """Who leads between `begin` and the part; a name may need the words behind it to be seen as one."""
        named = self.duties.responsible((begin, part.span[1])) if begin < part.span[0] else ()
        return tuple(r for r in named if r.role == "lead" and r.source[1] <= part.span[0])

    def _receives(self, who: Responsible) -> bool:
        return who.group == "office" or self.text[max(0, who.source[0] - 1)] in "至到给报送"

    def _parts(self, sentence: Span) -> list[_Part]:
        """The sentence cut where a new deadline begins; each part holds a deadline and what is due."""
        parts: list[_Part] = []
        for clause in split(self.text, sentence, "，；;,。"):
            dates, troubles = find_dates(self.text, clause, self.bearing)
            date = next((d for d in dates if d.kind == "by"), None) or next(
                (d for d in dates if d.end and _VERB.search(self.text, d.source[1], clause[1])), None
            )
            trouble = next((t for t in troubles if t.kind != "no_year"), None) or next(iter(troubles), None)
            if date:
                begin = min(d.source[0] for d in dates)
                every = self._each(dates, clause) or [date]
                parts += [_Part((self._open(clause, begin), clause[1]), d, None, clause[0]) for d in every]
            elif trouble:
                parts.append(
                    _Part((self._open(clause, trouble.span[0]), clause[1]), None, trouble, clause[0])
                )
            elif parts:
                parts[-1].span = (parts[-1].span[0], clause[1])
        verbs = [bool(_VERB.search(self.text, *part.span)) for part in parts]
        return [
            part
            for n, part in enumerate(parts)
            if any(verbs[: n + 1]) or (any(verbs) and self._hands_over(part))
        ]

    def _hands_over(self, part: _Part) -> bool:
        """5月28日前将方案，7月3日前将总结报…: the verb of the last part holds for all."""
        return part.date is not None and bool(_THING_ALONE.search(self.text, *part.span))

    def _each(self, dates: list[PlanDate], clause: Span) -> list[PlanDate]:
        """6月6日、13日、20日前报送: a list of days before the verb, each of them a deadline."""
        verb = _VERB.search(self.text, *clause)
        days = [d for d in dates if d.kind in ("on", "by") and verb and d.source[1] <= verb.start()]
        gaps = [self.text[a.source[1] : b.source[0]] for a, b in pairwise(days)]
        return days if gaps and all(re.fullmatch(r"[、和及\s]*", gap) for gap in gaps) else []

    def _open(self, clause: Span, date: int) -> int:
        """A part begins with its date, or with 将… before it."""
        thing = re.compile("[将把]").search(self.text, clause[0], date)
        return thing.start() if thing else date

    def _report(self, part: _Part, who: tuple[Responsible, ...]) -> None:
        if part.trouble:
            self.troubles.append(part.trouble)
        due = part.date.end if part.date else None
        title = self._title(part)
        if not title:
            return
        quantities = find_quantities(self.text, part.span, [part.date.source] if part.date else [])
        self.found.append(
            Report("report", title, due, who, self._attachments(part.span), quantities, part.span)
        )

    def _title(self, part: _Part) -> str:
        """What is handed in: between 将 and the verb, else behind the verb and its recipient."""
        begin = part.date.source[1] if part.date else part.trouble.span[1] if part.trouble else part.span[0]
        if thing := _THING.search(self.text, *part.span) or _THING_ALONE.search(self.text, *part.span):
            words = thing["thing"]
            date = part.date.source if part.date else (part.trouble.span if part.trouble else (0, 0))
            words = words.replace(self.text[slice(*date)], "")
            return re.sub(r"^于|于$|(?:通过|经由?|以)[^，。；]{1,16}$", "", words).strip(" 、")
        verb = _VERB.search(self.text, begin, part.span[1])
        behind = self.text[verb.end() if verb else begin : part.span[1]]
        words = _RECIPIENT.sub("", behind).strip()
        if made := _MADE.search(self.text, *part.span):
            words = (
                words
                if words and not _FILED.match(words) and not words.startswith(("（", "("))
                else made["made"]
            )
        if not words or _FILED.match(words):
            words = self._made_before(part.span[0]) or words
        if not words or _FILED.match(words):
            words = self._subject_of(part) or words
        words = _ONE_OF.sub("", words)
        words = re.split(r"[，；。]", words)[0] or re.split(r"[，；。]", self.text[begin : part.span[1]])[0]
        return words.strip(" 、：:")[:80] or self.text[slice(*part.span)][:80]

    def _subject_of(self, part: _Part) -> str:
        """自查报告由主要负责人签字后，于9月5日前报…: what the sentence speaks of."""
        begin = max(self.text.rfind(mark, 0, part.span[0]) for mark in "。；;\n") + 1
        subject = re.compile(
            r"[\s\d.、（）①-⑳]*([^，。；由经在于请\s]{2,20}?)(?:由|经|应当?|要|须|均|统一)"
        ).match(self.text, begin, part.span[0])
        return subject[1] if subject else ""

    def _made_before(self, at: int) -> str:
        """制定工作方案，9月25日前报…备案: what the clause before has made."""
        made = re.search(
            r"(?:(?:制定|编制|制订|形成|填写|梳理|完成|撰写)|对)([^，。；]{2,20})[，,]\s*(?:并?[于在])?$",
            self.text[max(0, at - 60) : at],
        )
        return made[1] if made else ""

    def _attachments(self, span: Span) -> tuple[str, ...]:
        flat = narrow(self.text)
        return tuple(dict.fromkeys("附件" + m[1] for m in _ATTACHMENT.finditer(flat, *span)))

    def _liaison(self, sentence: Span, match: re.Match[str], default: tuple[Responsible, ...]) -> None:
        """A liaison officer to be named; with a date it is a report like others, and may stand there already."""
        stands = (r for r in self.found if r.source[0] < match.end() and match.start() < r.source[1])
        if (
            any(_OFFICER.search(r.title) for r in stands)
            or "制度" in self.text[match.end() : match.end() + 3]
        ):
            return
        clause = next(c for c in split(self.text, sentence, "。；;") if c[0] <= match.start() < c[1])
        following = _NEW_DUTY.search(self.text, match.end(), clause[1])
        clause = clause[0], following.start() if following else clause[1]
        who = tuple(r for r in self.duties.responsible(clause) if r.role == "lead") or default
        quantities = find_quantities(self.text, (clause[0], min(match.end(), clause[1])))
        clause = trim(self.text, clause)
        due = next((d.end for d in find_dates(self.text, clause, self.bearing)[0] if d.kind == "by"), None)
        kind = "report" if due else "liaison"
        self.found.append(Report(kind, "联络员", due, who, self._attachments(clause), quantities, clause))
