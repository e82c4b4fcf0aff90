"""Numbered lines → a tree of headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from workflows.plans.reading.model import Span
from workflows.plans.reading.numbering import Mark, inline_is, mark_at, points
from workflows.plans.reading.sections import known_heading
from workflows.plans.reading.spans import trim
from workflows.plans.reading.tables import Table, find_tables

_TITLE_MAX = 45


@dataclass
class Node:
    """A numbered part: its mark (None: the root or an unnumbered heading), own lines, and parts below it.

    Of a row of a table: its cells; of what stands above a table: the names of the columns.
    """

    mark: Mark | None
    first: Span | None
    body: list[Span] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    cells: dict[str, Span] = field(default_factory=dict)
    columns: list[Span] = field(default_factory=list)

    @property
    def label(self) -> str:
        return self.mark.label if self.mark else ""

    @property
    def words(self) -> Span:
        """The first line behind its mark."""
        assert self.first is not None
        return (self.mark.words if self.mark and self.mark.kind != "row" else self.first[0]), self.first[1]

    @property
    def begin(self) -> int:
        return self.first[0] if self.first else min(a for a, _ in self.own_lines())

    def own_lines(self) -> list[Span]:
        """The first line (behind its mark) and the unnumbered lines that follow it."""
        return [*([self.words] if self.first else []), *self.body]

    @property
    def span(self) -> Span:
        """From the words to the last line of the last part."""
        spans = [*self.own_lines(), *(child.span for child in self.children)]
        return min(a for a, _ in spans), max(b for _, b in spans)

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()


def heading(text: str, node: Node) -> Span:
    """The heading of a node: its first line up to the first 。 or, where a short label ends in ：, up to that."""
    start, end = node.words
    stop = re.compile(r"[。]").search(text, start, end)
    stop_at = stop.start() if stop else end
    colon = re.compile(r"[：:]").search(text, start, stop_at)
    in_bracket = colon and re.search("[（(【〔][^）)】〕]*$", text[start : colon.start()])
    if colon and colon.start() - start <= 14 and colon.end() < end and not in_bracket:
        stop_at = colon.start()
    return start, stop_at


def remainder(text: str, node: Node) -> Span:
    """The first line behind its heading."""
    start, end = heading(text, node)[1], node.words[1]
    while start < end and text[start] in "。：: \u3000":
        start += 1
    return start, end


def is_heading_only(text: str, node: Node) -> bool:
    """A short first line without sentence: it names what comes below it."""
    start, end = node.words
    words = text[start:end].rstrip("。：:；; ")
    return len(words) <= _TITLE_MAX and not re.search("[。；]", words) and text[end - 1] != "，"


def build(text: str, body: list[Span]) -> Node:
    """The tree over the lines of a plan's body. The kind of mark that comes first is the outermost."""
    root = Node(None, None)
    stack: list[Node] = []
    tables = {table.lines[0]: table for table in find_tables(text, body)}
    numbered = any((m := mark_at(text, line)) and m.kind == "chinese" for line in body)
    taken: set[Span] = set()
    for line in _unfolded(text, body):
        if line in taken:
            continue
        above = stack[-1] if stack else root
        if line in tables:
            taken.update(tables[line].lines)
            above.columns += tables[line].columns
            above.children += _rows(tables[line])
            continue
        mark = mark_at(text, line) or _missing_point(text, line, stack)
        if mark is None and not numbered and known_heading(text[slice(*line)]):
            mark = Mark("chinese", "", (line[0], line[0]), line[0])
        if mark is None or mark.words >= line[1]:
            above.body.append(line)
        else:
            _push(root, stack, Node(mark, line))
    return root


def _rows(table: Table) -> list[Node]:
    """A node for each row, those of one 类别 below a node for it."""
    found: list[Node] = []
    for group, rows in groupby(table.rows, key=lambda row: row.group):
        nodes = [Node(r.mark, r.lines[0], list(r.lines[1:]), cells=r.cells) for r in rows]
        found += [Node(None, group, children=nodes)] if group else nodes
    return found


def _unfolded(text: str, body: list[Span]) -> Iterator[Span]:
    """A paragraph 一是…；二是… or ①…；②… as one line for each."""
    for line in body:
        is_marks = inline_is(text, line) if text.startswith(("一是", "一要"), line[0]) else []
        begins = [m.span[0] for m in is_marks] or points(text, line) or [line[0]]
        yield from (trim(text, part) for part in zip(begins, [*begins[1:], line[1]], strict=True))


def _push(root: Node, stack: list[Node], node: Node) -> None:
    kinds = [n.mark.kind for n in stack if n.mark]
    assert node.mark is not None
    if node.mark.kind in kinds:
        del stack[kinds.index(node.mark.kind) :]
    elif node.mark.kind in ("part", "chinese") and not (
        kinds and kinds[0] == "part" and node.mark.kind == "chinese"
    ):
        stack.clear()
    (stack[-1] if stack else root).children.append(node)
    stack.append(node)


def _missing_point(text: str, line: Span, stack: list[Node]) -> Mark | None:
    """五活动内容: the point was forgotten, but the number is the next one."""
    match = re.compile(r"([二三四五六七八九十]{1,2})(?=[一-龥])").match(text, *line)
    last = next((n.mark.label for n in stack if n.mark and n.mark.kind == "chinese"), None)
    order = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
    if (
        not match
        or line[1] - line[0] > 30
        or last not in order[:-1]
        or re.search("[。，；]", text[slice(*line)])
    ):
        return None
    return (
        Mark("chinese", match[1], match.span(), match.end())
        if order[order.index(last) + 1] == match[1]
        else None
    )
