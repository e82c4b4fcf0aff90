"""Rows of this room."""

from .assessment import Adjustment, Appeal, Assessment
from .exports import AnalysisExport, FigureExport
from .feeds import Feed
from .supervision import Reminder, Slip
from .upward import UpwardDuty, UpwardNotice
from .visits import Visit

__all__ = [
    "Adjustment",
    "AnalysisExport",
    "Appeal",
    "Assessment",
    "Feed",
    "FigureExport",
    "Reminder",
    "Slip",
    "UpwardDuty",
    "UpwardNotice",
    "Visit",
]
