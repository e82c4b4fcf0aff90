"""The rows of the paper: one file a room."""

from .document import Document, Register

__all__ = ["Document", "Register"]
