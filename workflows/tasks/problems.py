"""What is wrong with a draft, part by part, and the refusal that carries it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.organization.refusals import Refused


@dataclass(frozen=True)
class Problem:
    """`part` is a key of content.parts_of, or of the form ("slot:photos", "statistics:S01", "summary"); `key` the cell
    of a row."""

    part: str
    says: str
    key: str = ""


class Incomplete(Refused):
    """A submission that lacks something; the draft is kept."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("；".join(problem.says.rstrip("。") for problem in problems) + "。")
        self.problems = list(problems)
