"""Takes the pictures of the manual: docs/manual/images, small. `script/screenshots` runs it on a demo of its own.

    .venv/bin/python docs/screenshots/manual.py --url http://127.0.0.1:8000 [--only WORD]

A step is an address, `click:` a selector, `set:` a selector = a value, `open:` a folded part, or `mark:` what the
reader is to find: it gets a frame.
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from take import FLAGS, sign_in

IMAGES = Path(__file__).parents[1] / "manual" / "images"
COLORS, WIDE, HIGH, PHONE = 96, 1280, 760, 390
SIGNER, UNIT, CLERK, CHIEF, ADMIN = "hanguang.fenguan", "hanguang.lianluo", "anweiban.jingban", "anweiban.zhuren", "anweiban.guanli"  # fmt: skip
DOES = {
    "open": "part => part.open = true",
    "mark": "part => { part.style.outline = '3px solid #cf222e'; part.style.outlineOffset = '2px' }",
}
FIRST = ("/inbox/", "click:.work-item h3 a")
PLAN = """2026年“安全生产月”活动方案
一、活动时间
2026年6月1日至6月30日。
二、主要任务
（一）学习贯彻。各镇（街）组织学习重要论述，6月10日前不少于1场。
（二）农机安全技能培训。农业农村部门会同各镇（街）开展培训，6月底前完成，参加人数不少于50人。
（三）安全宣传咨询日。6月16日，各有关部门在市人民广场设点宣传，有条件的可适当增加。
"""
PICTURES: dict[str, tuple[str, tuple[str, ...]]] = {
    "sign-in": ("", ("/sign-in/",)),
    "workbench": (UNIT, ("/",)),
    "receive": (UNIT, ("/tasks/",)),
    "fill-in": (UNIT, ("/tasks/", "click:tr:has-text('已签收') a")),
    "resubmit": (UNIT, ("/tasks/", "click:tr:has-text('已退回') a", "mark:.notice")),
    "ledger": (CLERK, ("/tasks/", "mark:.filters")),
    "inbox": (SIGNER, ("/inbox/", "mark:.tabs")),
    "approve": (SIGNER, (*FIRST, "mark:.action-bar .is-primary")),
    "approve-phone": (SIGNER, FIRST),
    "return": (SIGNER, (*FIRST, "click:.action-bar a[href$='return/']", "click:[name=part_0]")),
    "pass-on": (SIGNER, (*FIRST, "open:.action-bar details")),
    "transfer": (SIGNER, (*FIRST, "open:.action-bar details", "click:a[href$='transfer/']")),
    "proxies": (CHIEF, ("/proxies/", "set:[name=to]=#1", "set:[name=reason]=外出学习", "click:.field .chips label >> nth=1", "open:.sheet details")),
    "opinions": (SIGNER, ("/approvals/opinions/",)),
    "signature": (SIGNER, ("/approvals/signature/",)),
    "plans": (CLERK, ("/plans/new/", f"set:[name=text]={PLAN}", "click:main .btn.is-primary")),
    "dispatch": (CLERK, ("/plans/", "click:tbody a")),
    "board": (CLERK, ("/board/",)),
    "supervision": (CLERK, ("/slips/?only=all", "click:main tbody a", "mark:.columns > .stack > .sheet")),
    "statistics": (CLERK, ("/statistics/", "mark:.filters")),
    "assessment": (CLERK, ("/board/", "click:.page-head a:has-text('考核')", "click:tbody tr:has-text('退回') a")),
    "review": (CLERK, FIRST),
    "archive": (CLERK, ("/archive/",)),
    "routes": (CHIEF, ("/administration/routes/1/edit/",)),
    "trial": (CHIEF, ("/administration/routes/1/edit/", "set:[name=trial-unit]=#3", "click:[name=try]")),
    "signer-groups": (CHIEF, ("/administration/signer-groups/new/", "set:[name=name]=专家组", "set:[name=code]=panel")),
    "people": (ADMIN, ("/administration/people/3/",)),
    "calendar": (ADMIN, ("/administration/calendar/",)),
}  # fmt: skip


def opened(browser: Browser, url: str, account: str, width: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": HIGH}, locale="zh-CN")
    page.set_default_timeout(5000)
    sign_in(page, url, account)
    return page


def go(page: Page, url: str, step: str) -> None:
    kind, _, what = step.partition(":")
    if not what:
        page.goto(url + step)
    elif kind == "set":
        selector, _, value = what.partition("]=")
        _set(page, f"{selector}]", value)
    elif kind == "click":
        page.locator(what).first.click()
    else:
        page.locator(what).first.evaluate(DOES[kind])
    page.wait_for_load_state("networkidle")


def _set(page: Page, selector: str, value: str) -> None:
    if value.startswith("#"):
        page.locator(selector).first.select_option(index=int(value[1:]))
    else:
        page.locator(selector).first.fill(value)


def small(png: bytes) -> Image.Image:
    """Flat areas and text: a palette loses nothing that the eye would miss, if it keeps the few dots of a light."""
    whole = Image.open(io.BytesIO(png)).convert("RGB")
    return whole.quantize(COLORS, method=Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS.split())
        for name, (account, steps) in PICTURES.items():
            if asked.only in name:
                page = opened(browser, asked.url, account, PHONE if name.endswith("-phone") else WIDE)
                for step in steps:
                    go(page, asked.url, step)
                small(page.screenshot()).save(IMAGES / f"{name}.png", optimize=True)
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
