"""Rows of this room."""

from .assessment import Adjustment, Appeal, Assessment
from .supervision import Reminder, Slip

__all__ = ["Adjustment", "Appeal", "Assessment", "Reminder", "Slip"]
