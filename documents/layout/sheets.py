"""Papers that are one table (汇总统计表) or one form (审批单)."""

import base64
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from . import geometry as g
from .cells import Cell, Row, Ruling, ruled
from .dates import chinese_minute
from .document import ApprovalForm, Attachment, Opinion, Table
from .fallback import drawable
from .paging import Page, paginate
from .pdf import READING, Finish, write_pdf
from .setting import Strip, set_small, set_title
from .tables import lies, set_table

FORM = Ruling((26.0, 52.0, 26.0, 52.0 - g.IMPRINT_OUTER), g.XIAOSI)
HAND_ROW = g.HAND + 2 * g.TABLE_PAD_Y + g.TABLE_RULE
GAP = Strip("", g.PITCH / 2, keep=True)


def render_table(table: Table, *, finish: Finish = READING) -> bytes:
    """A table as a paper of its own, head repeated on every page."""
    lying = lies(table)
    width, room = (g.HEIGHT, g.WIDTH) if lying else (g.WIDTH, g.HEIGHT)
    title = [*set_title(table.title, width=width), GAP] if table.title else []
    pages = paginate([*title, *set_table(table, width=width, room=room)], room)
    return write_pdf([Page(page, landscape=lying) for page in pages], title=table.title, finish=finish)


def render_approval_form(form: ApprovalForm, *, finish: Finish = READING) -> bytes:
    """审批单: the facts, what was submitted, every opinion with who gave it for whom, the attachments."""
    return write_pdf(form_pages(form), title=form.title, finish=finish)


def form_pages(form: ApprovalForm) -> list[Page]:
    """Opinions are people's words as typed: what has no glyph is printed by its number, never refused."""
    rows = [
        *_facts(form.facts),
        *_content(form.content),
        *_opinions(form.opinions),
        *_attachments(form.attachments),
    ]
    body = ruled(FORM, rows, room=g.HEIGHT - 2 * g.PITCH)
    note = set_small(drawable(form.note), width=g.WIDTH) if form.note else []
    return [Page(page) for page in paginate([*set_title(form.title), GAP, *body, *note], g.HEIGHT)]


def _label(at: int, text: str, *, joined: bool = False) -> Cell:
    return Cell(at, text, align="center", face="hei", joined=joined)


def _section(text: str) -> Row:
    return [Cell(0, text, span=4, align="center", face="hei", keep=True)]


def _facts(facts: Sequence[tuple[str, str]]) -> list[Row]:
    """Two facts a row; one with a long value has a row of its own."""
    rows: list[Row] = []
    waiting: list[Cell] = []
    for label, value in facts:
        value = drawable(value)
        if len(FORM.lines(Cell(1, value))) > 1:
            rows += [_ended(waiting)] if waiting else []
            rows.append([_label(0, label), Cell(1, value, span=3)])
            waiting = []
        elif waiting:
            rows.append([*waiting, _label(2, label), Cell(3, value)])
            waiting = []
        else:
            waiting = [_label(0, label), Cell(1, value)]
    return [*rows, *([_ended(waiting)] if waiting else [])]


def _ended(cells: list[Cell]) -> Row:
    """A row with one fact: its value takes the rest."""
    return [cells[0], Cell(1, cells[1].text, span=3)]


def _content(content: Sequence[tuple[str, str]]) -> list[Row]:
    """A row for every line as typed, without rules between: a page may end after any of them."""
    lines = [
        (label, number, line) for label, text in content for number, line in enumerate(text.splitlines())
    ]
    return [
        [
            _label(0, "" if number else label, joined=bool(number)),
            Cell(1, drawable(line), span=3, joined=bool(number)),
        ]
        for label, number, line in lines
    ]


def _opinions(opinions: Sequence[Opinion]) -> list[Row]:
    if not opinions:
        return []
    return [_section("审批意见"), *(row for one in opinions for row in _opinion(one))]


def _opinion(one: Opinion) -> list[Row]:
    """What was said, what was enclosed, then the signature: never without a line of what it stands under."""
    signs = bool(one.person)
    rows: list[Row] = [[replace(_label(0, one.step), flows=True), _words(drawable(_said(one)), keep=signs)]]
    if one.files:
        rows.append(
            [
                _label(0, "", joined=True),
                _words(drawable(f"附件：{'、'.join(one.files)}"), keep=signs, joined=True),
            ]
        )
    if one.signature:
        picture = replace(_words("", keep=True, joined=True), picture=_hand(one.signature), height=HAND_ROW)
        rows.append([_label(0, "", joined=True), picture])
    if signs:
        rows.append([_label(0, "", joined=True), _signed(one)])
    return rows


def _words(text: str, *, keep: bool, joined: bool = False) -> Cell:
    return Cell(1, text, span=3, flows=True, keep=keep, joined=joined)


def _said(opinion: Opinion) -> str:
    """The decision and the words, once where the words are the decision."""
    told = opinion.text.startswith(opinion.decision)
    return opinion.text if told else f"{opinion.decision}。{opinion.text}"


def _signed(one: Opinion) -> Cell:
    """Post, name and day. Whoever has no picture of their hand signs by the name, in 楷体."""
    name, behalf = drawable(one.person), drawable(one.on_behalf_of)
    who = " ".join(filter(None, [drawable(one.post), name, f"代 {behalf}" if behalf else ""]))
    text = f"{who}　{chinese_minute(one.at)}" if one.at else who
    return Cell(
        1, text, span=3, align="right", joined=True, kai=name if one.signed and not one.signature else ""
    )


def _hand(path: str) -> str:
    image = base64.b64encode(Path(path).read_bytes()).decode()
    return f'<img class="hand" alt="签名" src="data:image/png;base64,{image}"/>'


def _attachments(attachments: Sequence[Attachment]) -> list[Row]:
    if not attachments:
        return []
    lines = [
        [
            _label(0, str(number)),
            Cell(1, drawable(f"{one.name}（{_size(one.size)}）\nSHA-256前16位 {one.sha256[:16]}"), span=3),
        ]
        for number, one in enumerate(attachments, 1)
    ]
    return [_section("附件"), *lines]


def _size(size: int) -> str:
    return f"{size / 1024:.0f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"
