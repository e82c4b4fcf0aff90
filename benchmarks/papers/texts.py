"""The documents that everybody sets, as plain text and as what each peer reads. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape
from itertools import groupby

DUTY = (
    "各单位要切实提高认识，落实主要负责人的责任，按照《安全生产法》第19条和方案的规定，确定一名联络员，每月25日前报送当月进展。"
    "不涉及的事项请说明理由，由市安委办核定。"
)
LEVELS = "一二三四五六七八九十"
TO = "各镇人民政府、街道办事处，市有关单位："
HEAD = ("序号", "单位", "事项", "完成时限", "应交材料")
LABELS = {"short": "a notice of two pages", "long": "a notice of ten pages", "table": "a table of 200 rows"}
SIZES = {"short": 3, "long": 28, "table": 200}  # paragraphs or rows
TINY = {"short": 1, "long": 2, "table": 3}


def text_of(paper: str, size: int, number: int) -> str:
    """No two numbers give the same lines: nobody profits from having set the other."""
    make = _table if paper == "table" else _notice
    return "\n".join(make(size, number))


def _notice(paragraphs: int, number: int) -> Iterator[str]:
    yield from (f"关于做好第{number}批隐患排查治理工作的通知", TO)
    for at in range(paragraphs):
        if at % 4 == 0:
            yield f"{LEVELS[at // 4]}、第{number}批的工作要求"
        yield f"第{number}批第{at + 1}项：" + DUTY * (1 + at % 3)


def _table(rows: int, number: int) -> Iterator[str]:
    yield from (f"关于报送第{number}批任务清单的通知", TO, DUTY, "附件：任务清单")
    yield from ("某市安全生产委员会办公室", "2026年6月12日", "附件", "任务清单")
    yield from (_row(HEAD), _row("-" * len(HEAD)))
    for at in range(1, rows + 1):
        day = f"2026年{at % 12 + 1}月{at % 28 + 1}日"
        matter = f"第{number}批隐患排查治理和宣传培训第{at}项"
        yield _row((str(at), f"第{at * 7 % 60}镇人民政府", matter, day, "总结、照片、统计表"))


def _row(cells: tuple[str, ...] | str) -> str:
    return f"| {' | '.join(cells)} |"


def words(text: str) -> Counter[str]:
    """What must stand on the pages, wherever lines and cells break."""
    return Counter(char for char in text if char not in "|-" and not char.isspace())


def lacking(text: str, found: str) -> str:
    return "".join((words(text) - words(found)).elements())


STYLE = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm; @bottom-center { content: "— " counter(page) " —" } }
body { font: 16pt/10.23mm 仿宋_GB2312; margin: 0; text-align: justify }
p { margin: 0; text-indent: 2em }
h1 { font: 22pt/10.23mm 方正小标宋简体; text-align: center; margin: 0 }
h2 { font: 16pt/10.23mm 黑体; margin: 0; text-indent: 2em; break-after: avoid }
table { border-collapse: collapse; width: 100%; font-size: 12pt; line-height: 6mm }
td, th { border: 0.25mm solid; padding: 0 1mm; font-weight: normal }
"""


def html_of(text: str) -> str:
    """Nothing that could be spared: headings, paragraphs, a table."""
    body = "".join(_element(*block) for block in _blocks(text))
    return f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>通知</title><style>{STYLE}</style>{body}'


def _blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """title, heading, paragraph with a line, table with all its lines."""
    for kind, lines in groupby(enumerate(text.split("\n")), key=lambda line: _kind(*line)):
        own = [line for _, line in lines]
        yield from [(kind, own)] if kind == "table" else ((kind, [line]) for line in own)


def _kind(at: int, line: str) -> str:
    if line.startswith("|"):
        return "table"
    return "title" if at == 0 else "heading" if line[1:2] == "、" else "paragraph"


def _element(kind: str, lines: list[str]) -> str:
    if kind == "table":
        head, *rows = _cells(lines)
        return f"<table><thead>{_tr('th', head)}</thead><tbody>{''.join(_tr('td', r) for r in rows)}</tbody></table>"
    tag = {"title": "h1", "heading": "h2", "paragraph": "p"}[kind]
    return f"<{tag}>{escape(lines[0])}</{tag}>"


def _cells(lines: list[str]) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "-" not in line]


def _tr(tag: str, cells: list[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"


TYPST = """
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), numbering: "— 1 —")
#set text(font: ("FandolFang R", "Noto Serif CJK SC Light"), size: 16pt, lang: "zh", region: "cn")
#set par(first-line-indent: (amount: 2em, all: true), justify: true, leading: 13pt, spacing: 13pt)
"""


def typst_of(text: str) -> str:
    return TYPST + "\n\n".join(_typst(*block) for block in _blocks(text))


def _typst(kind: str, lines: list[str]) -> str:
    if kind == "table":
        head, *rows = ("".join(f"[{cell}]," for cell in row) for row in _cells(lines))
        body = "".join(rows)
        return f"#text(size: 12pt, table(columns: (1fr, 2fr, 3fr, 2fr, 2fr), table.header({head}), {body}))"
    wrapped = {
        "title": '#align(center, text(font: "Noto Serif CJK SC", size: 22pt)[{}])', "heading": '#text(font: "FandolHei")[{}]',
    }  # fmt: skip
    return wrapped.get(kind, "{}").format(lines[0])
