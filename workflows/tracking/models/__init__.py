"""Rows of this room."""

from .assessment import Adjustment, Appeal, Assessment
from .exports import FigureExport
from .feeds import Feed
from .supervision import Reminder, Slip

__all__ = ["Adjustment", "Appeal", "Assessment", "Feed", "FigureExport", "Reminder", "Slip"]
