"""Chromium, kept open with one page. The driver beside it isn't measured."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from .texts import html_of
from .worker import serve

FLAGS = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --lang=zh-CN"
)


def main() -> None:
    from playwright.sync_api import sync_playwright

    source = Path(sys.argv[1]) / "page.html"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=sys.argv[2], args=FLAGS.split())
        page = browser.new_page()

        def make(text: str, _: int) -> bytes:
            source.write_text(html_of(text))
            page.goto(source.as_uri())
            return page.pdf(prefer_css_page_size=True, tagged=True)

        serve(make, pid=_browser(os.getpid()))


def _browser(driver: int) -> int:
    """The first process of Chromium's."""
    from .usage import descend

    return next(pid for pid in descend(driver) if "chrom" in Path(f"/proc/{pid}/comm").read_text())


if __name__ == "__main__":
    main()
