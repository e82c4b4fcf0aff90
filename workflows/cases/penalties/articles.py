"""An article as packs write it (99, its item 99(4), the paragraph 94-1), as papers do, as people type it. Pure."""

from __future__ import annotations

import re
import unicodedata

from foundation.organization.numerals import chinese

WRITTEN = re.compile(r"(\d+)(?:-(\d+))?(?:\((\d+)\))?")
COUNT = r"(\d+|[〇零一二三四五六七八九十百]+)"
TYPED = re.compile(rf"第{COUNT}条(?:第{COUNT}款)?(?:第?\(?{COUNT}\)?项)?")


def article_said(article: str) -> str:
    """第…条第…款第…项; what is written in another way stays."""
    if not (found := WRITTEN.fullmatch(article)):
        return article
    number, paragraph, item = found.groups()
    return f"第{number}条" + (f"第{paragraph}款" if paragraph else "") + (f"第{item}项" if item else "")


def article_typed(text: str, law: str = "") -> str:
    """As packs write it, where it can be read; the name of the pack's own law may stand before it."""
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    for name in (f"《中华人民共和国{law}》", f"《{law}》", law):
        bare = bare.removeprefix(name)
    if not (found := TYPED.fullmatch(bare)):
        return bare if WRITTEN.fullmatch(bare) else text.strip()
    number, paragraph, item = (_count(one) for one in found.groups())
    return f"{number}" + (f"-{paragraph}" if paragraph else "") + (f"({item})" if item else "")


def _count(text: str | None) -> int:
    return int(text or 0) if not text or text.isdecimal() else chinese(text)
