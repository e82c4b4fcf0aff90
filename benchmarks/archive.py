"""全文检索 among so many documents: a word that is in all, one that is in few, beside LIKE '%…%'. In a process of its own."""

from __future__ import annotations

import random
import time
from typing import Any

from django.http import QueryDict

from .inbox import serve, timed

COMMON = ("安全生产", "通知", "检查", "各镇", "隐患", "整改", "责任", "单位", "应当", "落实")
SENTENCES, LONG = 4, 25  # words of a sentence; about 280 characters a document
RARE, NONE = "岱嵊屺", "魑魅魍魉"  # RARE stands in every thousandth
CHUNK = 500


class Shelf:
    """`documents` of invented words, indexed as the product does it."""

    def __init__(self, documents: int) -> None:
        from . import ours, world

        ours.prepare()
        self.world, self.documents = world.build(1), documents

    def load(self) -> dict[str, Any]:
        from documents.archiving.finding.index import index_documents
        from documents.models import Document

        from .database import analyse

        began, dice = time.perf_counter(), random.Random(5)
        signs = [chr(0x4E00 + n) for n in range(3000)]
        words = ["".join(dice.choices(signs, k=2 + dice.randrange(2))) for _ in range(20_000)]
        for at in range(0, self.documents, CHUNK):
            made = Document.objects.bulk_create(self._one(at + n, words, dice) for n in range(CHUNK))
            index_documents([one.pk for one in made])
        analyse()
        return {"documents": self.documents, "seconds": round(time.perf_counter() - began, 1)}

    def _one(self, number: int, words: list[str], dice: random.Random) -> Any:
        from documents.models import Document

        from .world import AT

        said = [
            "".join(dice.choice(COMMON if dice.random() < 0.3 else words) for _ in range(LONG))
            for _ in range(SENTENCES)
        ]
        rare = RARE * (number % 1000 == 7)
        title = f"关于{dice.choice(words)}{rare}检查的通知"
        return Document(
            kind="notice", title=title, organ=self.world.office, subject="plans.plan", subject_id=1, issued_on=AT.date(),
            code="某安办", year=2026, number=number + 1, state="issued", content={"text": "\n".join([title, *said])},
        )  # fmt: skip

    @property
    def _asked(self) -> dict[str, str]:
        return {
            "common": COMMON[0],
            "rare": RARE,
            "number": f"某安办〔2026〕{self.documents - 7}号",
            "none": NONE,
        }

    def _page(self, word: str) -> int:
        """As the page does it, and what it shows of every row."""
        from documents.archiving.finding.listing import found, shown, words_of

        rows = self._read(found(self._readable(), {"q": word}))
        return len([shown(one, words_of(word)) for one in rows])

    def _like(self, word: str) -> int:
        from foundation.organization.finding.folding import folded

        return len(self._read(self._readable().filter(search__folded__contains=folded(word))))

    def _readable(self) -> Any:
        from documents.models import Document
        from documents.permissions import reads_document

        from .world import AT

        return Document.objects.filter(reads_document.q(self.world.clerk.pk, AT.date()))

    def _read(self, rows: Any) -> list[Any]:
        from documents.archiving.finding.listing import dressed
        from documents.archiving.finding.views import SIZE
        from foundation.organization.keyset import NEWEST, page_of

        return page_of(rows, NEWEST, QueryDict(""), SIZE, dressed).rows

    def round(self) -> dict[str, Any]:
        """Seconds of each, by the index and by LIKE."""
        return {name: {"page": timed(self._page, word), "like": timed(self._like, word)} for name, word in self._asked.items()}  # fmt: skip

    def size(self) -> dict[str, list[int]]:
        """Rows of each page, by the index and by LIKE."""
        return {name: [self._page(word), self._like(word)] for name, word in self._asked.items()}


if __name__ == "__main__":
    serve(Shelf)
