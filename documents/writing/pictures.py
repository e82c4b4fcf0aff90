"""Pages as pictures. A page is known by the digest of what stands on it: whoever types on page two waits for page
two, and a browser that has a picture never asks for it again."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from threading import Lock

from django.conf import settings

from documents import fonts
from documents.layout import DRAFT, Meta, draw_sections, lay_out, page_sections, parse
from foundation.files.kept import keep

DPI = 100
KEPT = 2000  # pictures: some 300 MB
_engine = Lock()  # PDFium draws for one thread at a time


def path_of(digest: str) -> Path:
    return settings.PICTURES_DIR / f"{digest}.png"


def pictures_of(sections: Sequence[str]) -> list[str]:
    """The digest of each page's picture; those that are not there yet are drawn together."""
    digests = [sha256(section.encode()).hexdigest() for section in sections]
    missing = {
        digest: section
        for digest, section in zip(digests, sections, strict=True)
        if not path_of(digest).exists()
    }
    if missing:
        for digest, picture in zip(missing, _drawn(list(missing.values())), strict=True):
            keep(path_of(digest), picture, most=KEPT)
    return digests


def sizes_of(paper: Path) -> list[tuple[int, int]]:
    """Width and height in pixels of every page of a PDF; of anything else none."""
    import pypdfium2

    try:
        with _engine, pypdfium2.PdfDocument(paper) as pdf:
            pages = (pdf.get_page_size(number) for number in range(len(pdf)))
            return [(round(width * DPI / 72), round(height * DPI / 72)) for width, height in pages]
    except (pypdfium2.PdfiumError, OSError):
        return []


def picture_of(paper: Path, number: int) -> Path | None:
    """Of one page of a stored PDF, whose name is its digest, counted from 1. They lie apart from the drafts': who may
    read a paper says its own address."""
    import pypdfium2

    kept = settings.PICTURES_DIR / "papers" / f"{paper.name}-{number}.png"
    if not kept.exists():
        try:
            with _engine, pypdfium2.PdfDocument(paper) as pdf:
                if not 0 < number <= len(pdf):
                    return None
                picture = _png(pdf, number - 1)
        except (pypdfium2.PdfiumError, OSError):
            return None
        keep(kept, picture, most=KEPT)
    return kept


def warm() -> None:
    """The engine, PDFium and the fonts take seconds to load: who types first in a process should not wait for them."""
    with suppress(fonts.FontsMissing):
        _drawn(page_sections(lay_out(parse("关于预览的通知\n\n一、（一）1.第一页"), Meta()), DRAFT))


def _drawn(sections: Sequence[str]) -> list[bytes]:
    import pypdfium2  # slow to import: only what draws pays

    drawn = draw_sections(sections)  # by another engine: PDFium is free meanwhile
    with _engine, pypdfium2.PdfDocument(drawn) as paper:
        return [_png(paper, number) for number in range(len(paper))]


def _png(paper, number: int) -> bytes:  # type: ignore[no-untyped-def]
    page = paper[number]
    picture = page.render(scale=DPI / 72).to_pil().quantize(32, method=2)
    page.close()
    file = BytesIO()
    picture.save(file, "PNG", compress_level=3)
    return file.getvalue()
