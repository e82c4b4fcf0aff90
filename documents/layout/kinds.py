"""文种: what a kind looks like, and where it goes, stands in kinds.yaml; nothing asks for one by its name."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml


@dataclass(frozen=True, kw_only=True)
class Kind:
    """The fields are explained at the top of kinds.yaml."""

    head: Literal["red", "letter"]
    mark: str
    upward: bool
    signed: bool
    addressed: bool
    to_all: bool
    imprint: Literal["ruled", "bare"]
    clause: str
    verified: bool


KINDS = {
    name: Kind(**fields)
    for name, fields in yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8")).items()
}
