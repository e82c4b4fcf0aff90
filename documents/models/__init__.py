"""The rows of the paper: one file a room."""

from .archiving import ArchiveItem, ArchivePackage, SearchText, Series
from .batch import Batch, BatchItem
from .document import Document, Register
from .draft import Draft, DraftProcess, Urgency
from .letterhead import Letterhead
from .pattern import Pattern
from .sealing import Mark, Seal, SealPlace, SealUse, SealUser

__all__ = [
    "ArchiveItem", "ArchivePackage", "Batch", "BatchItem", "Document", "Draft", "DraftProcess", "Letterhead", "Mark", "Pattern", "Register", "Seal", "SealPlace", "SealUse",
    "SealUser", "SearchText", "Series", "Urgency",
]  # fmt: skip
