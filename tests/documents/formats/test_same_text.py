"""One document, one text: whatever the format, the words are the same."""

from collections import Counter
from dataclasses import replace
from functools import cache
from io import BytesIO

import pytest
from docx import Document as opened
from docx.oxml.ns import qn

from documents.formats import FORMATS, Source
from documents.glyphs import drawn_pages, items_of
from documents.layout import parse, render_notice
from tests.documents.formats.ofds import Ofd
from tests.documents.papers import META, RARE, notice

PEOPLE = (
    f"\n附件1\n名单\n\n姓名\t单位\n{RARE}\t浛洸镇\n王喆\t=1+1\n\n附件2\n说明\n第一行说明。\n第二行说明。\n"
)
ANNEXED = notice(2, tail=PEOPLE).replace("\n\n英德市", "\n\n附件：1.名单\n2.说明\n\n英德市")
DOCUMENTS = {
    "plain": (notice(4), {}),
    "annexed": (ANNEXED, {}),
    "request": (notice(1), {"kind": "请示", "signer": "王喆堃", "urgency": "特急"}),
    "letter": (notice(2), {"kind": "函"}),
    "minutes": (notice(1), {"kind": "纪要"}),
    "open": (
        notice(1).replace("办公室\n2026年6月12日", "办公室\n2026年6月　　日"),
        {"issued_on": None, "year": 2026},
    ),
    "attended": (notice(1, tail="\n\n出席：王喆堃、李强\n请假：张三\n列席：赵六"), {"kind": "纪要"}),
    "joint": (notice(1), {"joint_organs": ("英德市应急管理局",)}),
}
FOLIO = "—{}—"  # the only words of a page that belong to it alone


@cache
def source(name: str) -> Source:
    text, values = DOCUMENTS[name]
    document, meta = parse(text), replace(META, **values)
    pdf = render_notice(document, meta)
    return Source(pdf=lambda finish: pdf, words=lambda: (document, meta))


def squeezed(text: str) -> str:
    return "".join(text.split())


def of_pdf(content: bytes) -> list[str]:
    return [
        squeezed("".join(item.get_text() for item in items_of(page) if hasattr(item, "get_text")))
        for page in drawn_pages(BytesIO(content))
    ]


def of_word(content: bytes) -> str:
    return squeezed("".join(t.text or "" for t in opened(BytesIO(content)).element.body.iter(qn("w:t"))))


def without_folios(pages: list[str]) -> Counter:
    return Counter(
        char for number, page in enumerate(pages, 1) for char in page.replace(FOLIO.format(number), "")
    )


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_format_says_the_same(name):
    made = {code: FORMATS[code].make(source(name)) for code in ("pdf", "ofd", "docx", "txt")}
    pages, plain = of_pdf(made["pdf"]), squeezed(made["txt"].decode())
    assert [squeezed(page) for page in Ofd(made["ofd"]).texts()] == pages
    assert of_word(made["docx"]) == plain
    assert without_folios(pages) == Counter(plain)


def test_an_open_date_and_who_attended_are_words_too():
    told = {name: FORMATS["txt"].make(source(name)).decode() for name in ("open", "attended")}
    assert "2026年6月　　日" in told["open"]
    assert "列席：赵六" in told["attended"]


def test_rare_characters_come_through():
    assert RARE in of_word(FORMATS["docx"].make(source("annexed")))
    assert RARE in "".join(Ofd(FORMATS["ofd"].make(source("annexed"))).texts())
