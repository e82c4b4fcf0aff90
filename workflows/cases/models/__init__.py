"""Rows of this room, a file for each of its subjects."""

from .cases import Case, CaseEvent
from .choices import BasisChoice
from .clocks import CaseClock
from .drafts import PaperDraft
from .evidence import Evidence
from .exports import CaseExport
from .packs import RulePack
from .parties import Act, Decision, Party
from .publications import Publication
from .recommendations import Recommendation, RecommendationProcess
from .referrals import ReferralProcess

__all__ = [
    "Act", "BasisChoice", "Case", "CaseClock", "CaseEvent", "CaseExport", "Decision", "Evidence", "PaperDraft", "Party",
    "Publication", "Recommendation", "RecommendationProcess", "ReferralProcess", "RulePack",
]  # fmt: skip
