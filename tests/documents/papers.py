"""Texts and readings that the tests of official paper share. Invented throughout."""

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from documents.layout import Meta
from documents.measure import measure

RARE = "浛洸镇喆堃昇祎垚翀珺旻龑䶮𠅤"
SENTENCE = "各镇街、各有关部门和单位要切实提高认识，落实“安全第一”的要求（含2026年6月12日前的工作），按照《安全生产法》第19条推进。"
META = Meta(
    organ="英德市安全生产委员会办公室",
    code="英安办",
    number=12,
    issued_on=date(2026, 6, 12),
    cc=("清远市安全生产委员会办公室", "各新闻单位"),
    printed_by="英德市安全生产委员会办公室",
)
CLOSING = "\n\n英德市安全生产委员会办公室\n2026年6月12日\n"


def notice(paragraphs: int = 4, *, tail: str = "") -> str:
    """A 通知 with that many paragraphs of three sentences, a heading before every third."""
    body = []
    for number in range(paragraphs):
        if number % 3 == 0:
            body.append(f"{'一二三四五六七八九'[number // 3 % 9]}、工作要求")
        body.append(SENTENCE * 3)
    return "关于做好有关工作的通知\n\n各镇（街）：\n" + "\n".join(body) + CLOSING + tail


def measured(content: bytes) -> dict:
    with NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(content)
        return measure(Path(file.name))


@cache
def measured_notice(paragraphs: int, tail: str = "") -> dict:
    from documents.layout import parse, render_notice

    return measured(render_notice(parse(notice(paragraphs, tail=tail)), META))


def texts(page: dict) -> list[str]:
    return [line["text"] for line in page["lines"]]
