"""The whole reading of a plan, put together from its parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from workflows.plans.reading.dates import Trouble, bearing_of, find_dates
from workflows.plans.reading.duties import Duties
from workflows.plans.reading.frame import (
    basis_of,
    loose_periods,
    name_of,
    periods_of,
    theme_of,
    title_of,
    year_of,
)
from workflows.plans.reading.items import Items
from workflows.plans.reading.layout import Layout, lay_out
from workflows.plans.reading.lexicon import Lexicon
from workflows.plans.reading.mentions import Mentions
from workflows.plans.reading.model import Item, Period, Quota, Reading, Report, Span, Unread
from workflows.plans.reading.outline import Node, build, heading
from workflows.plans.reading.quantities import find_quantities
from workflows.plans.reading.quotas import find_quotas
from workflows.plans.reading.reflow import reflow, restore
from workflows.plans.reading.reports import Reports
from workflows.plans.reading.sections import role
from workflows.plans.reading.spans import inside, lines, merge, overlapping, sentences, subtract, trim
from workflows.plans.reading.systems import find_systems
from workflows.plans.reading.warnings import warnings_of

#: sections whose words are not tasks
_ASIDE = ("theme", "time", "goal", "organisation", "requirement")


def read(text: str, lexicon: Lexicon, *, fallback_year: int | None = None) -> Reading:
    """Reads a plan. `fallback_year` dates a plan that names no year; its own `year` stays None then."""
    flowing, places = reflow(text)
    reading = _Reader(flowing, lexicon, fallback_year).read()
    return restore(reading, text, places) if places else reading


class _Reader:
    def __init__(self, text: str, lexicon: Lexicon, fallback_year: int | None) -> None:
        self.text = text
        self.layout: Layout = lay_out(text)
        self.named_year = year_of(text, self.layout)
        self.year = self.named_year or fallback_year
        self.bearing = bearing_of(text, self.year)
        self.duties = Duties(text, Mentions(text, lexicon), self.bearing)
        self.root = build(text, list(self.layout.body))
        self.items = Items(text, self.duties, self.bearing)
        self.reports = Reports(text, self.duties, self.bearing)
        self.roles: dict[str, list[Node]] = {name: [] for name in (*_ASIDE, "tasks")}
        self.troubles: list[Trouble] = []

    def read(self) -> Reading:
        self._sections()
        found = self.items.found
        items = tuple(found.items)
        quotas = self._quotas(items)
        theme = theme_of(self.text, self.roles["theme"], (0, len(self.text)))
        periods = self._periods()
        basis = basis_of(self.text, self._openings())
        reports = self._reports(items, quotas)
        known = [b.source for b in basis] + [p.source for p in periods] + [r.source for r in reports]
        known += [q.source for q in quotas] + ([theme[1]] if theme else [])
        unread = self._unread(items, known)
        reading = Reading(
            title=title_of(self.text, self.layout),
            year=self.named_year,
            theme=theme[0] if theme else None,
            basis=basis,
            periods=periods,
            items=items,
            reports=reports,
            quotas=quotas,
            systems=find_systems(self.text, (0, len(self.text))),
            preamble=self._preamble([*known, *(u.source for u in unread)]),
            unread=unread,
            title_source=(self.layout.title[0][0], self.layout.title[-1][1]) if self.layout.title else None,
            theme_source=theme[1] if theme else None,
        )
        return _with_warnings(reading, self._all_troubles(), self.year)

    def _sections(self) -> None:
        """Sorts the outermost sections by what they are about; tasks are read at once, in order."""
        for node in self.root.children:
            words = self.text[slice(*heading(self.text, node))]
            kind = "tasks" if node.cells else role(words)
            kind = "goal" if kind == "tasks" and self.items.looks_at(node) else kind
            self.roles[kind].append(node)
            both = (kind == "theme" and "时间" in words) or (kind == "time" and "主题" in words)
            if both:
                self.roles["time" if kind == "theme" else "theme"].append(node)
            if kind == "time" and self.items.acts(node):
                kind = "tasks"
                self.roles[kind].append(node)
            if kind == "tasks":
                self.items.section(node)
        for annex in self.layout.annexes:
            self._annex(annex)
        for kind, node in self.items.found.aside:
            self.roles[kind].append(node)

    def _annex(self, lines: tuple[Span, ...]) -> None:
        """A table of tasks behind a plan that leaves them to it; one that merely repeats them is passed over."""
        name, *rows = lines
        tasks = [node for node in build(self.text, rows).walk() if {"lead", "time"} & set(node.cells)]
        known = "".join(item.text for item in self.items.found.items)
        heads = [self.text[slice(*n.cells["task"])][:8] for n in tasks if "task" in n.cells]
        if not heads or sum(head in known for head in heads) * 2 > len(heads):
            return
        table = build(self.text, rows)
        node = Node(None, name, children=table.children, columns=table.columns)
        self.root.children.append(node)
        self.roles["tasks"].append(node)
        self.items.section(node)

    def _openings(self) -> list[Span]:
        """Where the basis is named: before the first section, else in the goals."""
        first = [*self.layout.intro, *(x for x in self.layout.outside if x[1] <= self._start())]
        goals = self._lines_of("goal")
        return first if any("《" in self.text[slice(*x)] for x in first) else [*first, *goals]

    def _start(self) -> int:
        return self.layout.body[0][0] if self.layout.body else len(self.text)

    def _periods(self) -> tuple[Period, ...]:
        found = periods_of(self.text, self.roles["time"], self.bearing)
        found = found or loose_periods(self.text, [*self.layout.intro, *self._lines_of("goal")], self.bearing)
        name = name_of(title_of(self.text, self.layout))
        return tuple(replace(p, name=p.name or name) for p in found)

    def _lines_of(self, kind: str) -> list[Span]:
        """The lines of the sections of one kind, without their numbers."""
        return [line for node in self.roles[kind] for part in node.walk() for line in part.own_lines()]

    def _reports(self, items: tuple[Item, ...], quotas: tuple[Quota, ...]) -> tuple[Report, ...]:
        """From covering notice, requirements and closing words; from tasks with the task's own units."""
        notice = [line for line in self.layout.outside if line[1] <= self._start()]
        for span in (*notice, *self.layout.intro, *self.items.found.closing):
            self.reports.read(span)
        for kind in ("organisation", "requirement", "time", "goal"):
            for line in self._lines_of(kind):
                self.reports.read(line)
        for item in items:
            self.reports.read(item.source, tuple(r for r in item.responsible if r.role == "lead"))
        cases = [Report("cases", "典型案例", None, q.who, (), (), q.source) for q in quotas]
        held = [
            r
            for r in self.reports.found
            if not any(r.source[0] >= q.source[0] and r.source[1] <= q.source[1] for q in quotas)
        ]
        once = {(r.source, r.kind, r.title, r.due): r for r in (*cases, *reversed(held))}
        return tuple(sorted(once.values(), key=lambda r: (r.source, r.due or date.max)))

    def _quotas(self, items: tuple[Item, ...]) -> tuple[Quota, ...]:
        """From tasks, requirements and closing words."""
        spans = [(i.source, tuple(r for r in i.responsible if r.role == "lead")) for i in items]
        aside = [*self._lines_of("requirement"), *self._lines_of("organisation"), *self.items.found.closing]
        spans += [(line, ()) for line in aside]
        found = (
            q for span, who in spans for q in find_quotas(self.text, span, self.duties, self.bearing, who)
        )
        return tuple({q.source: q for q in found}.values())

    def _task_spans(self) -> list[Span]:
        spans = [(n.mark.span[0] if n.mark else n.begin, n.span[1]) for n in self.roles["tasks"]]
        return merge(spans)

    def _unread(self, items: tuple[Item, ...], known: list[Span]) -> tuple[Unread, ...]:
        """Sentences of the task part without value, sentences elsewhere with a value nobody took, and bad dates."""
        found = self.items.found
        aside = [(n.mark.span[0] if n.mark else n.begin, n.span[1]) for _, n in found.aside]
        used = {heading for item in items for heading in item.section}
        headings = [h for h in found.headings if self.items.name(h) in used]
        taken = [
            *(i.source for i in items),
            *found.marks,
            *headings,
            *found.used,
            *aside,
            *found.closing,
            *self._columns(),
            *known,
        ]
        taken = merge(taken)
        left = [rest for span in self._task_spans() for rest in subtract(span, overlapping(span, taken))]
        spans = [s for rest in left for s in sentences(self.text, rest) if _speaks(self.text[slice(*s)])]
        spans += [s for s in self._loose_values() if not any(a < s[1] and s[0] < b for a, b in known)]
        spans += [t.span for t in self._all_troubles() if not inside(t.span, spans)]
        return tuple(Unread(self.text[slice(*s)], s) for s in sorted(set(spans)))

    def _loose_values(self) -> list[Span]:
        """Sentences of the requirements and closing words that name a date or a number of things."""
        spans = [
            s
            for line in (*self._lines_of("requirement"), *self.items.found.closing)
            for s in sentences(self.text, line)
        ]
        return [
            s for s in spans if find_dates(self.text, s, self.bearing)[0] or find_quantities(self.text, s)
        ]

    def _all_troubles(self) -> list[Trouble]:
        """Bad dates of tasks, reports and the sections about time, each once."""
        elsewhere = [t for n in self.roles["time"] for t in find_dates(self.text, n.span, self.bearing)[1]]
        every = [*self.items.found.troubles, *self.reports.troubles, *elsewhere]
        return sorted({t.span: t for t in every}.values(), key=lambda t: t.span)

    def _preamble(self, known: list[Span]) -> tuple[Span, ...]:
        """All lines that are neither title nor tasks nor wholly something else; neighbours joined."""
        tasks = self._not_aside()
        taken = merge([*self.layout.title, *tasks, *known])
        joined: list[Span] = []
        for line in lines(self.text, (0, len(self.text))):
            if not any(_speaks(self.text[slice(*rest)]) for rest in subtract(line, overlapping(line, taken))):
                continue
            rest = subtract(line, overlapping(line, tasks)) or [line]
            whole = trim(self.text, (rest[0][0], rest[-1][1]))
            if joined and not self.text[joined[-1][1] : whole[0]].strip():
                joined[-1] = joined[-1][0], whole[1]
            else:
                joined.append(whole)
        return tuple(joined)

    def _not_aside(self) -> list[Span]:
        found = self.items.found
        aside = [(n.mark.span[0] if n.mark else n.begin, n.span[1]) for _, n in found.aside]
        holes = merge([*aside, *found.closing, *self._columns()])
        return [rest for span in self._task_spans() for rest in subtract(span, overlapping(span, holes))]

    def _columns(self) -> list[Span]:
        """The names of the columns of tables."""
        return [column for node in self.root.walk() for column in node.columns]


def _speaks(words: str) -> bool:
    """Whether any letter or digit is left, not only marks."""
    return any(c.isalnum() for c in words)


def _with_warnings(reading: Reading, troubles: list[Trouble], year: int | None) -> Reading:
    return replace(reading, warnings=warnings_of(reading, troubles, year))
