"""What one unit's copy says: the text with its placeholders filled in, and the unit's own table as an annex."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from foundation.organization.models import Unit

from .. import layout
from ..layout.words import attached_lines
from ..models.document import OWN

Rows = Sequence[Sequence[str]]
HELD = re.compile(r"[{｛]([^{}｛｝\n]{1,12})[}｝]")
CALLED = {Unit.Kind.TOWN: "你镇", Unit.Kind.SUBDISTRICT: "你街道"}
WORDS: dict[str, Callable[[Unit], str]] = {
    "单位": lambda unit: unit.name,
    "简称": lambda unit: unit.short_name,
    "称呼": lambda unit: CALLED.get(Unit.Kind(unit.kind), "你单位"),
}


def unknown_words(text: str) -> list[str]:
    """Placeholders that nothing is known for."""
    return list(dict.fromkeys(word for word in HELD.findall(text) if word not in WORDS))


def words_in(content: Mapping[str, Any]) -> list[str]:
    """Placeholders as they stand in its text and 主送, each once."""
    said = "\n".join([content.get("text", ""), *content.get("to", ())])
    return list(dict.fromkeys(found[0] for found in HELD.finditer(said) if found[1] in WORDS))


def filled(text: str, unit: Unit) -> str:
    return HELD.sub(lambda found: WORDS[found[1]](unit), text)


def content_for(
    unit: Unit, content: Mapping[str, Any], *, annex: str, columns: Sequence[str], rows: Rows
) -> dict[str, Any]:
    """The source's content made the unit's own, as papers.py takes it. It bears no 核验码 yet: that of the source is
    another paper's."""
    own = {key: value for key, value in content.items() if key not in OWN}
    own["text"] = filled(content["text"], unit)
    own["to"] = [filled(name, unit) for name in content.get("to", ())]
    if rows:
        _add_annex(own, filled(annex, unit), columns, rows)
    return own


def _add_annex(content: dict[str, Any], title: str, columns: Sequence[str], rows: Rows) -> None:
    """Behind the annexes that are there, and named in 附件说明."""
    annexes = list(content.get("annexes", ()))
    count = len(annexes) + len(layout.parse(content["text"]).annexes) + 1
    if len(annexes) == 1 and count == 2:
        annexes = [annexes[0] | {"label": "附件1"}]
    table = {"columns": [{"label": name} for name in columns], "rows": [list(row) for row in rows]}
    label = f"附件{count}" if count > 1 else "附件"
    content["annexes"] = [*annexes, {"label": label, "title": title, "table": table}]
    content["text"] = _naming(content["text"], title, count)


def _naming(text: str, title: str, count: int) -> str:
    """The text whose 附件说明 names as many annexes as there are."""
    parsed, lines = layout.parse(text), text.splitlines()
    if len(parsed.attached) >= count:
        return text
    told = [one.text for one in attached_lines((*parsed.attached, title))]
    at = parsed.source.attached
    below = [*parsed.source.signed_by, parsed.source.dated, *(one.line for one in parsed.annexes)]
    start = at[0] - 1 if at else next(filter(None, below), len(lines) + 1) - 1
    lines[start : at[-1] if at else start] = told
    return "\n".join(lines)
