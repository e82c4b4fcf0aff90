"""Rows of this room, a file for each of its subjects."""

from .cases import Case, CaseEvent
from .clocks import CaseClock
from .packs import RulePack
from .parties import Act, Decision, Party

__all__ = ["Act", "Case", "CaseClock", "CaseEvent", "Decision", "Party", "RulePack"]
