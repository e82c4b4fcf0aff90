"""What the columns of a table hold, and which lines of a row stand in which column."""

from __future__ import annotations

import re
from functools import cache

from workflows.plans.reading.model import Span

#: a line of a row; None for a blank one, which is an empty cell
Cell = Span | None

_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("number", r"序号|编号|号"),
        (
            "lead",
            r"(?:牵头|责任|主办|承办|实施|负责|落实|组织)(?:责任)?(?:单位|部门|科室)(?:及部门)?|责任主体|责任单位[和及与]?(?:责任)?部门|(?:牵头|责任)单位[（(](?:部门|科室)[）)]",
        ),
        ("assist", r"(?:配合|协办|参与|参加|协助|协同)(?:单位|部门)"),
        (
            "time",
            r"(?:完成|活动|举办|实施|工作|推进|整改|起止|检查|开展)?(?:时间|时限|期限|日期)(?:安排|节点|要求)?|时间节点|时间进度|进度安排",
        ),
        ("group", r"类别|分类|类型|领域|行业领域|板块|工作阶段|阶段|活动类别|任务类别"),
        (
            "task",
            r"(?:工作|重点|主要|活动|具体|整治|目标|检查|宣传|演练)?(?:任务|内容|事项|项目|活动|措施|名称)(?:名称|内容|[和及]?(?:具体)?措施|及要求|分解)?|工作举措|主要举措",
        ),
        (
            "other",
            r"备注|地点|活动地点|形式|活动形式|责任人|责任领导|牵头领导|联系人|完成情况|目标要求|工作目标|目标|工作要求|具体要求|参加人员|参加对象|成果形式|预期成效|进展情况",
        ),
    )
)
_TIME = re.compile(
    r"\d{1,2}\s*月|20\d\d[年./-]|年底|年内|长期|持续|常态|全年|每[年月季周日天半]|季度|半年|[上中下]旬|节前|前后|期间|即日|随时|适时|\d日"
)
_UNIT_END = (
    r"(?:局|委|办|办公室|中心|公司|队|街道|镇|乡|部门|单位|工会|妇联|协会|院|所|处|科|室|部|组|站|社区|村|居|企业|学校|园|区|政府|办事处|成员|媒体"
    r"|班|车间|[）)]|牵头|配合|负责|落实)"
)
_UNIT = re.compile(
    rf"(?:等?.{{1,24}}?{_UNIT_END}(?:等)?)(?:[、，,；;和及与\s]+.{{1,24}}?{_UNIT_END}(?:等)?)*[。]?"
)


def column_of(words: str) -> str | None:
    """What a column of this name holds; None for other words."""
    words = re.sub(r"\s", "", words)
    return next((role for role, pattern in _COLUMNS if pattern.fullmatch(words)), None)


def _worth(text: str, cell: Cell, column: str) -> int:
    """How well a line stands in a column."""
    if cell is None:
        return 0
    words = text[slice(*cell)]
    kind = "time" if len(words) <= 30 and _TIME.search(words) and not re.search("[，。]", words) else ""
    kind = kind or ("unit" if len(words) <= 80 and _UNIT.fullmatch(words) else "words")
    if column in ("lead", "assist"):
        return {"unit": 3, "time": -4, "words": -1}[kind]
    if column == "time":
        return {"unit": -3, "time": 3, "words": -2}[kind]
    return {"unit": -1, "time": -1, "words": 1}[kind]


def align(text: str, cells: list[Cell], columns: list[str]) -> list[Span | None]:
    """The words of each column. Lines keep their order; where their number is not that of the columns, a column
    takes no line or several, whichever reads best."""
    if len(cells) == len(columns):
        return list(cells)
    return _Alignment(text, cells, columns).spans()


def fits(text: str, cells: list[Cell], columns: list[str]) -> bool:
    """Whether the lines make a row: who and when stand where the header says."""
    placed = align(text, cells, columns)
    told = [(c, p) for c, p in zip(columns, placed, strict=True) if c in ("lead", "assist", "time")]
    return bool(placed and any(p for _, p in told)) and all(_worth(text, p, c) >= 0 for c, p in told)


class _Alignment:
    def __init__(self, text: str, cells: list[Cell], columns: list[str]) -> None:
        self.text, self.cells, self.columns = text, cells, columns
        self.best = cache(self._best)

    def spans(self) -> list[Span | None]:
        found: list[Span | None] = []
        at = 0
        for stop in self.best(0, 0)[1]:
            lines = [cell for cell in self.cells[at:stop] if cell]
            found.append((lines[0][0], lines[-1][1]) if lines else None)
            at = stop
        return found

    def _best(self, column: int, at: int) -> tuple[int, tuple[int, ...]]:
        """The worth of the columns from `column` on when they take the lines from `at` on, and where each stops."""
        if column == len(self.columns):
            return (0 if at == len(self.cells) else -1000), ()
        found = []
        for stop in range(at, len(self.cells) + 1):
            worth = sum(_worth(self.text, cell, self.columns[column]) for cell in self.cells[at:stop])
            worth -= 2 * abs(stop - at - 1) if stop != at + 1 else 0
            rest, stops = self.best(column + 1, stop)
            found.append((worth + rest, (stop, *stops)))
        return max(found, key=lambda each: each[0])
