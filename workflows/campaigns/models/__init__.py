"""The rows of campaigns."""

from .campaign import CampaignProcess, Dispatch
from .committee import Committee, CommitteeMember
from .supplement import Supplement, SupplementChange, SupplementProcess

__all__ = [
    "CampaignProcess", "Committee", "CommitteeMember", "Dispatch", "Supplement", "SupplementChange", "SupplementProcess",
]  # fmt: skip
