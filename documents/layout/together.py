"""Many documents set in one go: pages that are the same are drawn once, fonts are cut down once, styles read once.

Each document comes out as a PDF of its own, tagged as if it had been drawn alone.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from typing import Any, NamedTuple

from .document import Document, Meta
from .notice import lay_out
from .pdf import UndrawableText, draw_sections, page_sections, saved, undrawn


class Sections(NamedTuple):
    """A document whose pages are known, and not drawn yet."""

    title: str
    author: str
    made_on: str  # yyyymmdd, or empty
    pages: tuple[str, ...]
    lying: tuple[bool, ...]  # of each page


def sections_of(document: Document, meta: Meta) -> Sections:
    """Raises UndrawableText, as the document alone would."""
    document = document.with_meta(meta)
    laid = lay_out(document, meta)
    pages = tuple(page_sections(laid))
    if missing := undrawn(document.title + "".join(pages)):
        raise UndrawableText(missing)
    made_on = f"{document.dated:%Y%m%d}" if document.dated else ""
    return Sections(document.title, meta.organ, made_on, pages, tuple(page.landscape for page in laid))


def render_together(documents: Sequence[Sections]) -> list[bytes]:
    """A PDF for each. What one of them is made of depends on the others in its fonts alone."""
    import pikepdf

    drawn = {page: number for number, page in enumerate(dict.fromkeys(p for d in documents for p in d.pages))}
    with _uncollected():
        whole = draw_sections(list(drawn))
    with pikepdf.open(BytesIO(whole)) as source:
        for section in source.Root.StructTreeRoot.K[0].K:
            del section.P  # a copy of one would follow it to all the others
        return [_cut(source, [drawn[page] for page in one.pages], one) for one in documents]


def _cut(source: Any, numbers: Sequence[int], one: Sections) -> bytes:
    """Some of its pages, with their part of the structure."""
    import pikepdf
    from pikepdf import Array, Dictionary, Name, String

    root, paper = source.Root, pikepdf.new()
    for at, number in enumerate(numbers):
        paper.pages.append(source.pages[number])
        paper.pages[at].obj.StructParents = at
    tree = root.StructTreeRoot
    whole = paper.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
    parts = [paper.copy_foreign(tree.K[0].K[number]) for number in numbers]
    for part in parts:
        part.P = whole
    whole.K = Array(parts)
    # An array of the tree stands in no object of its own, so it is copied through what it names.
    marks = [Array([paper.copy_foreign(it) for it in tree.ParentTree.Nums[2 * n + 1]]) for n in numbers]
    nums = Array([entry for at, own in enumerate(marks) for entry in (at, own)])
    structure = paper.make_indirect(
        Dictionary(Type=Name.StructTreeRoot, K=Array([whole]), ParentTree=Dictionary(Nums=nums))
    )
    whole.P = structure
    paper.Root.StructTreeRoot = structure
    paper.Root.MarkInfo = Dictionary(Marked=True)
    paper.Root.Lang = String("zh-CN")
    paper.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    paper.docinfo[Name.Title], paper.docinfo[Name.Author] = String(one.title), String(one.author)
    paper.docinfo[Name.Producer] = source.docinfo[Name.Producer]
    if one.made_on:
        paper.docinfo[Name.CreationDate] = String(f"D:{one.made_on}")
    identifier = sha256("".join((one.title, *one.pages)).encode()).digest()[:16]
    paper.trailer.ID = Array([String(identifier), String(identifier)])
    return saved(paper)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing of a page is garbage before all are drawn: looking for it costs an eighth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
