"""The words of a paper that its text does not have ready: of the head, the imprint and what follows the text. Every
format prints these."""

from typing import NamedTuple

from .dates import chinese_date
from .document import Document, Meta
from .kinds import KINDS


class HeadWords(NamedTuple):
    urgency: str = ""
    organs: tuple[str, ...] = ()  # of a joint paper below one another
    beside: str = ""  # 文件, at their right
    number: str = ""
    signers: tuple[str, ...] = ()


class ImprintWords(NamedTuple):
    names: tuple[tuple[str, str], ...] = ()  # 主送 that moved here (7.3.2) and 抄送: label and names
    printer: str = ""
    printed: str = ""


class Hanging(NamedTuple):
    """A line below the text, its label in 黑体 where it has one; where it starts, and where it runs on to."""

    label: str
    text: str
    indent: int
    hang: int
    names: bool = False  # a list of them, none of which is divided


def head_words(document: Document, meta: Meta) -> HeadWords:
    """Nothing for a paper without an office."""
    if not meta.organ:
        return HeadWords()
    kind = KINDS[meta.kind]
    mark = kind.mark.removesuffix("文件") if meta.plain else kind.mark
    joint = len(meta.organs) > 1 and kind.head == "red"
    return HeadWords(
        urgency=meta.urgency,
        organs=meta.organs if joint else (_mark(mark, meta.organ),),
        beside=mark.format(organ="") if joint else "",
        number=meta.beside(document).printed_number,
        signers=meta.signers if kind.upward else (),
    )


def _mark(mark: str, organ: str) -> str:
    return mark.format(organ=organ).replace("会议会议", "会议")


def imprint_words(document: Document, meta: Meta, *, to: str = "") -> ImprintWords:
    """`to`: 主送 that moved here. A full stop after the last name (7.4.2)."""
    told = (("主送：", to), ("抄送：", "，".join(meta.cc)))
    names = tuple((label, text.rstrip("。") + "。") for label, text in told if text)
    printer, day = meta.printed_by or meta.organ, meta.issued_on or document.dated
    if not (KINDS[meta.kind].imprint == "ruled" and printer and day):
        return ImprintWords(names)
    return ImprintWords(names, printer, f"{chinese_date(day)}印发")


def attached_lines(names: tuple[str, ...]) -> list[Hanging]:
    """附件说明 (7.3.4)."""
    hang = 6 if len(names) > 1 else 5
    ordered = [f"{number}.{name}" for number, name in enumerate(names, 1)] if len(names) > 1 else names
    return [Hanging("", "附件：" * (not at) + text, 5 if at else 2, hang) for at, text in enumerate(ordered)]


def attendance_lines(document: Document) -> list[Hanging]:
    """出席, 请假, 列席 (10.3)."""
    return [
        Hanging(label, f"：{names}", 2, 2 + len(label) + 1, names=True)
        for label, names in document.attendance
    ]
