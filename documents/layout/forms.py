"""安排表, 名单, 督办单 and the catalogues of an archive: what stands in forms.yaml, filled with rows or values.

render_table(listed("归档文件目录", rows, facts="全宗名称：…")), render_approval_form(slip("督办单", {"督办事项": "…"}))
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .document import ApprovalForm, Column, Opinion, Table

BLANK = "\n\n\n"  # room to write by hand


@cache
def _forms() -> dict[str, dict[str, Any]]:
    return yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))


def listed(
    name: str, rows: Iterable[Sequence[str]], *, title: str = "", facts: str = "", unit: str = "", note: str = ""
) -> Table:  # fmt: skip
    """The table of that name. Raises ValueError when a row has other columns, KeyError when there is no such table."""
    form = _forms()["tables"][name]
    columns = tuple(Column(**column) for column in form["columns"])
    return Table(
        columns=columns, rows=tuple(map(tuple, rows)), title=title or name, facts=facts, unit=unit, note=note,
        landscape=form.get("landscape"),
    )  # fmt: skip


def slip(
    name: str, values: Mapping[str, str], *, title: str = "", opinions: Sequence[Opinion] = (), note: str = ""
) -> ApprovalForm:
    """The form of that name; what has no value yet is left blank. Raises KeyError when it has no such place."""
    form = _forms()["slips"][name]
    if unknown := values.keys() - {*form["facts"], *form["content"]}:
        raise KeyError(f"{name} has no place for {', '.join(sorted(unknown))}")
    return ApprovalForm(
        title=title or name,
        facts=tuple((label, values.get(label, "")) for label in form["facts"]),
        content=tuple((label, values.get(label) or BLANK) for label in form["content"]),
        opinions=tuple(opinions),
        note=note,
    )
