"""The rows of the paper: one file a room."""

from .document import Document, Register
from .sealing import Mark, Seal, SealUse, SealUser

__all__ = ["Document", "Mark", "Register", "Seal", "SealUse", "SealUser"]
