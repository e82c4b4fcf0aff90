"""docs/manual/*.md as pages: a page a task. The index gives their order; a comment on the first line of a page names
the pages of the product (by the names of their addresses) that lead to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from markdown_it import MarkdownIt
from markdown_it.token import Token

INDEX = "index"
COVERS = re.compile(r"\A<!-- covers: ([\w ]*)-->\n")
LISTED = re.compile(r"\]\(([a-z-]+)\.md\)")
TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class Page:
    name: str
    title: str
    covers: tuple[str, ...]
    text: str

    @property
    def url(self) -> str:
        return reverse("manual") if self.name == INDEX else reverse("manual_page", args=[self.name])

    @property
    def html(self) -> str:
        """Of our own files, not of anything that people write."""
        tokens = MARKDOWN.parse(self.text)
        for paragraph, token in pairwise(tokens):
            for child in token.children or ():
                _rewrite(child)
            if token.children and token.children[0].type == "image":
                _enlarge(paragraph, token)
        return MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})


def _enlarge(paragraph: Token, token: Token) -> None:
    """A picture takes the width of the page, and opens by itself: on a phone it is too small to read."""
    link = Token("link_open", "a", 1, {"href": str(token.children[0].attrGet("src"))})  # type: ignore[index]
    token.children = [link, *(token.children or ()), Token("link_close", "a", -1)]
    paragraph.attrSet("class", "picture")


def _rewrite(token: Token) -> None:
    """A link to another file leads to its page, a picture to the served file: the files read as well by themselves."""
    if token.type == "image":
        token.attrSet("src", static(str(token.attrGet("src")).replace("images/", "manual/", 1)))
        token.attrSet("loading", "lazy")
    elif token.type == "link_open" and (named := LISTED.fullmatch(f"]({token.attrGet('href')})")):
        token.attrSet("href", pages()[named[1]].url)


def read(name: str) -> Page:
    text = (settings.MANUAL_DIR / f"{name}.md").read_text("utf-8")
    covers, title = COVERS.match(text), TITLE.search(text)
    return Page(
        name,
        title[1] if title else name,
        tuple(covers[1].split()) if covers else (),
        COVERS.sub("", text),
    )


@lru_cache(None)
def pages() -> dict[str, Page]:
    """The index first, then the pages in its order."""
    index = read(INDEX)
    names = dict.fromkeys(LISTED.findall(index.text))
    return {INDEX: index} | {name: read(name) for name in names}


@lru_cache(None)
def about() -> dict[str, Page]:
    """The page of the manual for the name of an address."""
    return {name: page for page in pages().values() for name in page.covers}
