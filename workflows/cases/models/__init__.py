"""Rows of this room, a file for each of its subjects."""

from .cases import Case, CaseEvent
from .clocks import CaseClock
from .drafts import PaperDraft
from .evidence import Evidence
from .packs import RulePack
from .parties import Act, Decision, Party
from .recommendations import Recommendation, RecommendationProcess
from .referrals import ReferralProcess

__all__ = [
    "Act", "Case", "CaseClock", "CaseEvent", "Decision", "Evidence", "PaperDraft", "Party", "Recommendation",
    "RecommendationProcess", "ReferralProcess", "RulePack",
]  # fmt: skip
