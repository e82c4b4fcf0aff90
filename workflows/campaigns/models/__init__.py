"""The rows of campaigns."""

from .campaign import CampaignProcess, Dispatch
from .supplement import Supplement, SupplementChange, SupplementProcess

__all__ = ["CampaignProcess", "Dispatch", "Supplement", "SupplementChange", "SupplementProcess"]
