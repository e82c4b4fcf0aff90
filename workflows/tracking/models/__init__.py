"""Rows of this room."""

from .supervision import Reminder, Slip

__all__ = ["Reminder", "Slip"]
