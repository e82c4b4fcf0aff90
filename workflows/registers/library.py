"""The registers that come with the product: which there are, and how each stands on a day."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

from foundation.organization.dated import read_data, version_on

from .kind import Kind, read_kinds

KINDS = Path(__file__).parent / "kinds"


@cache
def every_kind() -> dict[str, list[Kind]]:
    """{code: its versions}, in the order of the files. Raises ValueError with the first fault."""
    found: dict[str, list[Kind]] = {}
    for path in sorted(KINDS.glob("*.yaml")):
        document = read_data(path, "register")
        found[document["code"]] = read_kinds(document)
    return found


def kinds_on(day: dt.date) -> list[Kind]:
    return [version_on(versions, day) for versions in every_kind().values()]


def kind_on(code: str, day: dt.date) -> Kind | None:
    versions = every_kind().get(code)
    return version_on(versions, day) if versions else None
