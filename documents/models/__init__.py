"""The rows of the paper: one file a room."""

from .document import Document, Register
from .draft import Draft, Urgency
from .sealing import Mark, Seal, SealUse, SealUser

__all__ = ["Document", "Draft", "Mark", "Register", "Seal", "SealUse", "SealUser", "Urgency"]
