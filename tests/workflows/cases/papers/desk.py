"""A case of 甲镇 on both tracks, and its papers as they come out of the background."""

from __future__ import annotations

from documents.models import Document
from foundation.jobs import queue
from tests.documents.papers import measured, texts
from tests.workflows.cases.fined import CODE, NUMBER, Fined
from tests.workflows.cases.test_register import NOW
from workflows.cases.papers.services import make_paper
from workflows.cases.parties.facts import DecisionFacts, EvidenceFacts
from workflows.cases.parties.services import add_row

from ..fined import ACTED

TYPED = {
    "letter": {"to": "某市公安局", "offence": "134-1(1)", "facts": "关闭报警器三日。", "officer": "赖安宁"},
    "report": {"source": "群众举报", "offence": "134-1(1)", "facts": "关闭报警器三日。", "opinion": "移送公安机关。"},
    "review": {"police": "某市公安局", "offence": "134-1(1)", "facts": "关闭报警器三日。", "reasons": "事实清楚。"},
    "supervision": {
        "to": "某市人民检察院", "police": "某市公安局", "offence": "134-1(1)", "facts": "关闭报警器三日。", "reasons": "事实清楚。"
    },
    "penalty": {"address": "某路1号", "facts": "关闭报警器三日。", "review": "某市人民政府", "court": "某市人民法院"},
    "recommendation": {"meaning": "教育面广。"},
}  # fmt: skip
REFUSED = (
    "03-03 18:00 handed_over", "03-04 09:00 received", "03-06 09:00 crime_not_filed", "03-07 09:00 refusal_notice",
)  # fmt: skip


class Desk(Fined):
    def __init__(self, cast) -> None:
        super().__init__(cast)
        cast.town.unit.document_code = "甲府"
        cast.town.unit.save()

    def whole(self) -> Desk:
        """Works and head fined, referred to the police, refused."""
        works = self.works(name="浛洸厂", code=CODE)
        head = self.head(works, name="堃某", code=NUMBER)
        act = self.act("关闭报警器三日", article="99(4)")
        for party, number, article in ((works, 1, "101"), (head, 2, "94-1")):
            told = DecisionFacts(party, act, f"罚〔2026〕{number}号", ACTED, article, "first", 30_000)
            add_row(case=self.pk, facts=told, actor=self.by, at=NOW)
        for kind, name in (("thing", "报警主机"), ("media", "现场照片")):
            self.add(EvidenceFacts(kind, name, ACTED, "一台，封存在甲镇"))
        self.referred()
        for line in REFUSED:
            self.happened(line)
        return self

    def make(self, paper: str, about: int = 0, **typed: str) -> Document:
        told = {**TYPED.get(paper, {}), **typed}
        pk = make_paper(case=self.pk, paper=paper, about=about, typed=told, actor=self.by, at=NOW)
        queue.run_due(NOW)
        return Document.objects.select_related("file").get(pk=pk)

    def text(self, paper: str, about: int = 0, **typed: str) -> str:
        return text_of(self.make(paper, about, **typed))


def bytes_of(document: Document) -> bytes:
    return document.file.path.read_bytes()


def text_of(document: Document) -> str:
    """All lines as they are drawn, one after the other: a sentence goes on from line to line."""
    return "".join(text for page in pages_of(document) for text in texts(page))


def pages_of(document: Document) -> list[dict]:
    return measured(bytes_of(document))["pages"]
