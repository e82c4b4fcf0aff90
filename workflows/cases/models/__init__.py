"""Rows of this room, a file for each of its subjects."""

from .cases import Case, CaseEvent
from .clocks import CaseClock
from .packs import RulePack

__all__ = ["Case", "CaseClock", "CaseEvent", "RulePack"]
