"""Rows of this room, a file for each of its subjects."""

from .cases import Case, CaseEvent
from .packs import RulePack

__all__ = ["Case", "CaseEvent", "RulePack"]
