"""measure_document X.pdf --json: lines, grid, margins, page numbers, fonts, missing glyphs and rules of each page."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from documents.measure import measure
from foundation.organization.commands import OwnCommand, bad_input
from foundation.organization.schemas import write_json


class Command(OwnCommand):
    help = "Measure the pages of a PDF in millimetres; --json as docs/schemas/measure_document.json says."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true")

    def handle(self, *, file: Path, json: bool, **_: Any) -> None:
        with bad_input(ValueError):
            found = measure(file)
        self.stdout.write(write_json(found) if json else _summary(found))


def _summary(found: dict[str, Any]) -> str:
    """A line a page, for a person at the terminal."""
    return "\n".join(
        f"第{page['number']}页 {page['size']['width']}×{page['size']['height']} 毫米，{len(page['lines'])} 行，"
        f"每行 {page['characters_per_line']} 字，行距 {page['pitch']}，右边 {page['right_edge']}"
        f"（差 {page['right_edge_spread']}），页码 {(page['page_number'] or {}).get('text', '无')}，"
        f"缺字 {''.join(page['missing_glyphs']) or '无'}"
        for page in found["pages"]
    )
