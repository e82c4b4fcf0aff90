"""What axe-core (from package-lock.json) finds wrong on a page."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.house import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


def violations(page: Page) -> dict[str, list[str]]:
    """Serious and critical ones: {rule: [html of the elements]}."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run()")["violations"]
    return {
        rule["id"]: [node["html"] for node in rule["nodes"]]
        for rule in found
        if rule["impact"] in ("serious", "critical")
    }
