"""The words of a paper that stand outside its text: of the head and of the imprint. Where they stand is the layout's."""

from typing import NamedTuple

from documents.layout import Document, Meta
from documents.layout.imprint import COPIES
from documents.layout.kinds import KINDS
from documents.layout.marks import mark_text
from documents.layout.setting import chinese_date


class HeadWords(NamedTuple):
    urgency: str = ""
    organs: tuple[str, ...] = ()  # of a joint paper below one another
    beside: str = ""  # 文件, at their right
    number: str = ""
    signers: tuple[str, ...] = ()


class ImprintWords(NamedTuple):
    copies: str = ""
    printer: str = ""
    printed: str = ""


def head_words(meta: Meta) -> HeadWords:
    """Nothing for a paper without an office."""
    if not meta.organ:
        return HeadWords()
    kind = KINDS[meta.kind]
    joint = len(meta.organs) > 1 and kind.head == "red"
    return HeadWords(
        urgency=meta.urgency,
        organs=meta.organs if joint else (mark_text(kind.mark, meta.organ),),
        beside=kind.mark.format(organ="") if joint else "",
        number=meta.printed_number,
        signers=meta.signers if kind.upward else (),
    )


def imprint_words(document: Document, meta: Meta) -> ImprintWords:
    ruled = KINDS[meta.kind].imprint == "ruled"
    printer, day = meta.printed_by or meta.organ, meta.issued_on or document.dated
    copies = f"{COPIES}{'，'.join(meta.cc).rstrip('。')}。" if meta.cc else ""
    if not (ruled and printer and day):
        return ImprintWords(copies)
    return ImprintWords(copies, printer, f"{chinese_date(day)}印发")


def attached_lines(names: tuple[str, ...]) -> list[tuple[str, int, int]]:
    """附件说明, each with its indent and that of the lines it runs on to (7.3.4)."""
    hang = 6 if len(names) > 1 else 5
    ordered = [f"{number}.{name}" for number, name in enumerate(names, 1)] if len(names) > 1 else names
    return [("附件：" * (not at) + text, 5 if at else 2, hang) for at, text in enumerate(ordered)]


def date_words(document: Document) -> str:
    return chinese_date(document.dated) if document.dated else document.open_date
