"""Takes the picture of every page, as each demo account sees it, at 1440 and 390 px.

    .venv/bin/python docs/screenshots/take.py [--url http://127.0.0.1:8000] [--out DIR] [--only WORD]

Needs script/server running with its demo, and Debian's Chromium.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PASSWORD = "anban-demo-2026"  # noqa: S105 - the demo's
WIDTHS = {"desk": 1440, "phone": 390}
FLAGS = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --lang=zh-CN"
)
# account -> (name of the picture, address or the text of a link to follow from the page before)
WALKS: dict[str, list[tuple[str, str]]] = {
    "": [("sign-in", "/sign-in/")],
    "anweiban.jingban": [
        ("office-workbench", "/"),
        ("office-inbox", "/inbox/"),
        ("office-approval", "css:.work-item h3 a"),
        ("office-return", "text:退回"),
        ("office-done", "/inbox/?box=done"),
        ("quick-opinions", "/approvals/opinions/"),
        ("plans", "/plans/"),
        ("campaign", "css:table a, .work-item h3 a"),
        ("plan-upload", "/plans/new/"),
        ("tasks", "/tasks/"),
        ("office-task", "css:main table a"),
        ("cancel-task", "text:撤销任务"),
        ("board", "/board/"),
        ("board-all", "/board/?range=all"),
        ("archive", "/archive/"),
        ("units", "/administration/units/"),
        ("people", "/administration/people/"),
        ("calendar", "/administration/calendar/"),
        ("address-book", "/address-book/"),
    ],
    "anweiban.zhuren": [("chief-workbench", "/"), ("chief-inbox", "/inbox/"), ("routes", "/administration/routes/"), ("route", "css:main table a"), ("proxies", "/proxies/")],
    "hanguang.lianluo": [("unit-workbench", "/"), ("unit-tasks", "/tasks/"), ("unit-task", "css:main table a, .work-item h3 a"), ("unit-todo", "/tasks/?state=todo"), ("unit-work", "css:main table a"), ("hand-over", "text:转交"), ("unit-board", "/board/"), ("unit-messages", "/messages/?box=all"), ("message-settings", "/messages/settings/")],
    "hanguang.fenguan": [("head-workbench", "/"), ("head-inbox", "/inbox/"), ("head-approval", "css:.work-item h3 a"), ("head-return", "text:退回"), ("head-proxies", "/proxies/")],
    "anweiban.shenji": [("auditor-workbench", "/")],
    "anweiban.lingdao": [("leader-workbench", "/")],
    "anweiban.guanli": [("admin-workbench", "/"), ("administration", "/administration/"), ("undelivered", "/administration/undelivered/"), ("person", "/administration/people/3/"), ("person-new", "/administration/people/new/"), ("import-people", "/administration/import/people/"), ("refused", "/tasks/")],
}  # fmt: skip


def sign_in(page: Page, url: str, account: str) -> None:
    """Without an account one stays outside."""
    if account:
        page.goto(f"{url}/sign-in/")
        page.fill("[name=username]", account)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda at: "sign-in" not in at)


def walk(browser: Browser, url: str, account: str, width: int) -> Iterator[tuple[str, Page]]:
    """Every step of an account's walk, as a page that has settled."""
    page = browser.new_page(viewport={"width": width, "height": 900}, locale="zh-CN")
    sign_in(page, url, account)
    for name, step in WALKS[account]:
        try:
            go(page, url, step)
        except Exception as error:  # the walk goes on; what could not be reached is named
            sys.stderr.write(f"{account} {name}: {str(error).splitlines()[0]}\n")
            continue
        yield name, page
    page.close()


def take(page: Page, path: Path, width: int) -> None:
    """The whole page; in a window as high as it is, its bars stand at its foot and not across its middle."""
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(900, height)})
    page.screenshot(path=path)
    page.set_viewport_size({"width": width, "height": 900})


def go(page: Page, url: str, step: str) -> None:
    if step.startswith("css:"):
        page.locator(step[4:]).first.click(timeout=3000)
    elif step.startswith("text:"):
        page.get_by_text(step[5:], exact=True).first.click(timeout=3000)
    else:
        page.goto(url + step)
    page.wait_for_load_state("networkidle")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--out", type=Path, default=Path("var/screenshots"))
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS.split())
        for account in WALKS:
            if asked.only in account:
                for kind, width in WIDTHS.items():
                    for name, page in walk(browser, asked.url, account, width):
                        take(page, asked.out / f"{name}-{kind}.png", width)
        browser.close()


if __name__ == "__main__":
    main()
