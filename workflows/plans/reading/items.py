"""Which parts of the outline are tasks, and what each says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from workflows.plans.reading.dates import Bearing, Trouble, find_dates
from workflows.plans.reading.duties import Duties
from workflows.plans.reading.fields import DUTY, duty_bracket, find_fields, is_duty_line, is_field_line
from workflows.plans.reading.model import Item, PlanDate, Responsible, Span
from workflows.plans.reading.numbering import inline_is
from workflows.plans.reading.outline import Node, heading, is_heading_only, remainder
from workflows.plans.reading.quantities import find_quantities
from workflows.plans.reading.sections import inner_role, is_aim, is_focus, is_generic
from workflows.plans.reading.spans import sentences, split, trim

_CLOSING = re.compile(r"(?:请各|请|为方便|为便于|以上|上述|特此|各单位请)")
DEFAULT = "all_units"


@dataclass(frozen=True)
class Above:
    """What a task takes over from the headings above it."""

    section: tuple[str, ...] = ()
    dates: tuple[PlanDate, ...] = ()
    who: tuple[Responsible, ...] = ()


@dataclass
class Found:
    """The tasks, headings used as sections, other inner sections, and words above tasks that gave a value."""

    items: list[Item] = field(default_factory=list)
    headings: list[Span] = field(default_factory=list)
    marks: list[Span] = field(default_factory=list)
    aside: list[tuple[str, Node]] = field(default_factory=list)
    closing: list[Span] = field(default_factory=list)
    used: list[Span] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


class Items:
    """Walks one section of tasks after the other and collects what it finds."""

    def __init__(self, text: str, duties: Duties, bearing: Bearing | None) -> None:
        self.text, self.duties, self.bearing = text, duties, bearing
        self.found = Found()

    def section(self, node: Node, above: Above | None = None, *, top: bool = True) -> None:
        """Takes a node as one task, as a heading over tasks, or as several unnumbered ones."""
        above = above or Above()
        if node.children and self._is_section(node):
            self._below(node, above)
        elif top and is_heading_only(self.text, node) and is_generic(self._title(node)) and node.body:
            self._paragraphs(node, above)
        else:
            self._item(node, above)

    def acts(self, node: Node) -> bool:
        """Whether the stages of a section about time say who does something in them."""
        return any(self.duties.responsible(child.span) for child in node.children)

    def looks_at(self, node: Node) -> bool:
        """Whether a section merely lists what is looked at, without who, when or how much."""
        if is_aim(self._title(node)):
            return not self.duties.responsible(node.span)
        quiet = not self._says_who_or_when(node.span) and not find_quantities(self.text, node.span)
        return quiet and is_focus(self._title(node))

    def _title(self, node: Node) -> str:
        return self.name(heading(self.text, node))

    def name(self, span: Span) -> str:
        """A heading as items name it: without what closes it."""
        words = self.text[slice(*trim(self.text, span))]
        return (duty_bracket(words) or words).rstrip("：:。；; ")

    def _is_section(self, node: Node) -> bool:
        """Whether the numbered parts below are the tasks, and not merely steps or fields of this one."""
        if any(part.cells for part in node.walk() if part is not node):
            return True
        if all(c.mark and c.mark.kind == "is" for c in node.children):
            named = [bool(self.duties.responsible(c.span)) for c in node.children]
            heads = is_heading_only(self.text, node) and not node.body
            return is_generic(self._title(node)) or (heads and all(named))
        below = [self._says_who_or_when(child.span) for child in node.children]
        if sum(is_field_line(self.text, c.words) for c in node.children) * 2 > len(node.children):
            return False
        if any(is_duty_line(self.text, line) for line in node.own_lines()):
            return any(below)
        if self._common_duty(node):
            return False
        if any(
            f.role in ("lead", "assist") for line in node.own_lines() for f in find_fields(self.text, line)
        ):
            return any(below)
        if any(self.duties.responsible(line) for line in node.own_lines()[:1]):
            return any(below)
        if is_heading_only(self.text, node) and not node.body:
            return True
        lead_in = any(self._says_who_or_when(line) for line in self._lead_in(node))
        return any(below) or not lead_in

    def _common_duty(self, node: Node) -> bool:
        """A line 责任单位：… behind the last step that speaks for all steps, since no other step has its own.

        Steps ①②③ may well name who does them and still share that line; numbered tasks may not.
        """
        *others, last = node.children
        if not others or not any(is_duty_line(self.text, line) for line in last.body):
            return False
        if last.mark and last.mark.kind == "circle":
            return not any(
                f for child in others for f in find_fields(self.text, child.span) if f.role in DUTY
            )
        return not any(self._says_who_or_when(child.span) for child in others)

    def _says_who_or_when(self, span: Span) -> bool:
        fields = [f for f in find_fields(self.text, span) if f.role in DUTY]
        return bool(
            fields
            or find_dates(self.text, span, self.bearing or Bearing(2000))[0]
            or self.duties.responsible(span)
        )

    def _lead_in(self, node: Node) -> list[Span]:
        """The words between a heading and the first part below it."""
        rest = remainder(self.text, node) if not is_heading_only(self.text, node) else (node.words[1],) * 2
        return [span for span in (rest, *node.body) if span[0] < span[1]]

    def _below(self, node: Node, above: Above) -> None:
        title = self._title(node)
        self.found.headings.append(heading(self.text, node))
        self._mark(node)
        spans = [heading(self.text, node), *self._lead_in(node)]
        dates: list[PlanDate] = []
        who: list[Responsible] = []
        for sentence in (s for span in spans for s in sentences(self.text, span)):
            days = self._dates(sentence)
            names = self.duties.responsible(sentence)
            dates, who = dates + days, who + list(names)
            if days or names:
                self.found.used.append(sentence)
        lower = Above((*above.section, title), tuple(dates) or above.dates, tuple(who) or above.who)
        asides = len(self.found.aside)
        for child in node.children:
            self._child(child, lower)
        if len(self.found.aside) - asides == len(
            node.children
        ):  # 总则: a heading over words that are no tasks
            self.found.aside.append(("goal", Node(node.mark, node.first, node.body)))

    def _child(self, child: Node, above: Above) -> None:
        kind = (
            inner_role(self._title(child)) if is_heading_only(self.text, child) or child.children else "tasks"
        )
        if kind == "tasks":
            self.section(child, above, top=False)
        else:
            self.found.aside.append((kind, child))

    def _paragraphs(self, node: Node, above: Above) -> None:
        """Tasks without numbers: 一是…二是… in a paragraph, else each paragraph that is more than a lead-in."""
        self.found.headings.append(heading(self.text, node))
        self._mark(node)
        lower = replace(above, section=(*above.section, self._title(node)))
        for line in self._joined_duties(node.body):
            marks = inline_is(self.text, line)
            ends = [*(m.span[0] for m in marks[1:]), line[1]]
            if marks:
                parts = [
                    (m.label, trim(self.text, (m.words, end))) for m, end in zip(marks, ends, strict=True)
                ]
                self.found.marks += [m.span for m in marks]
                for label, span in parts:
                    self._add(label, span, lower)
            elif self._says_who_or_when(line):
                self._add("", line, lower)

    def _joined_duties(self, body: list[Span]) -> Iterator[Span]:
        """A line 责任单位：… belongs to the paragraph above it."""
        current: Span | None = None
        for line in body:
            if current and is_duty_line(self.text, line):
                current = (current[0], line[1])
                continue
            if current:
                yield current
            current = line
        if current:
            yield current

    def _mark(self, node: Node) -> None:
        if node.mark:
            self.found.marks.append(node.mark.span)

    def _item(self, node: Node, above: Above) -> None:
        start, end = node.span
        if closing := self._closing(node):
            self.found.closing.append((closing, end))
            end = trim(self.text, (start, closing))[1]
        self._mark(node)
        self._add(node.label, (start, end), above, node)

    def _closing(self, node: Node) -> int | None:
        """Where paragraphs to all units (请各镇…报送…) begin that merely stand below the last task."""
        if node.children or len(node.body) == 0 or is_heading_only(self.text, node):
            return None
        return next((a for a, b in node.body if _CLOSING.match(self.text, a, b)), None)

    def _dates(self, span: Span) -> list[PlanDate]:
        dates, troubles = find_dates(self.text, span, self.bearing)
        self.found.troubles += troubles
        return dates

    def _add(self, label: str, span: Span, above: Above, node: Node | None = None) -> None:
        dates = tuple(self._dates(span))
        who = self._cell_units(node) or self.duties.responsible(span)
        leads = any(r.role == "lead" for r in who)
        named_above = [r for r in above.who if r.units is not None or r.group is None]
        groups = [r.group for r in above.who if r.group and r.role == "lead"]
        if not leads and named_above:
            who, leads = (*above.who, *who), any(r.role == "lead" for r in above.who)
        self.found.items.append(
            Item(
                number=label,
                section=above.section,
                title=self._item_title(span, node),
                text=self.text[slice(*span)],
                dates=_days_once(dates) or above.dates,
                quantities=find_quantities(self.text, span, [d.source for d in dates]),
                responsible=who,
                inherited=None if leads else (groups[0] if len(set(groups)) == 1 else DEFAULT),
                source=span,
            )
        )

    def _cell_units(self, node: Node | None) -> tuple[Responsible, ...]:
        if node is None or not ({"lead", "assist"} & set(node.cells)):
            return ()
        return self.duties.cells([(node.cells[r], r) for r in ("lead", "assist") if r in node.cells])

    def _item_title(self, span: Span, node: Node | None) -> str:
        """The leading clause up to the first 。, at most 40 characters, on one line."""
        start, end = node.cells.get("task", span) if node else span
        first = split(self.text, (start, end), "。\n")
        words = self.text[slice(*first[0])] if first else self.text[start:end]
        words = duty_bracket(words) or words
        return words.rstrip("：:；; ")[:40] or self.text[start:end][:40]


def _days_once(dates: tuple[PlanDate, ...]) -> tuple[PlanDate, ...]:
    """A deadline on the very day the event is held on says nothing more."""
    held = {d.end for d in dates if d.kind == "on"}
    return tuple(d for d in dates if not (d.kind == "by" and d.end in held))
