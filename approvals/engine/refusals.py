"""Why the engine refuses: a code for programs, a sentence for people that says what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Why a command or an opening is refused: the code, and the sentence for the person."""

    says: str

    def __new__(cls, code: str, says: str) -> Why:
        why = str.__new__(cls, code)
        why._value_, why.says = code, says
        return why

    ENDED = "ended", "此件审批已结束，不能再办理。"
    NOT_A_SIGNER = "not_a_signer", "您不是此件的审批人。"
    NOT_YOUR_TURN = "not_your_turn", "此件还没有到您这一步，请等前面的人办理。"
    ALREADY_DECIDED = "already_decided", "此件已有人办理，请刷新后查看。"  # Refusal.signer: who
    OWN_MATTER = "own_matter", "本人提交或起草的事项，不能由本人审批，也不能由本人代他人审批。"
    OPINION_REQUIRED = "opinion_required", "{}，请先填写意见。"
    OPINION_UNFIT = "opinion_unfit", "意见最长 2000 字，不能含控制字符，请删改。"
    NOT_ALLOWED = "not_allowed", "本环节不允许{}，请改用其他方式办理。"
    NO_PREVIOUS = "no_previous", "前面没有人办理过，没有上一步可退，请退回发起人。"
    NO_SUCH_STEP = "no_such_step", "只能退回到前面有人办理过的环节。"
    NO_SUCH_ITEM = "no_such_item", "送审内容中没有“{}”，请从所列各项中选择。"
    UNCLAIMED = "unclaimed", "此件由几人中的一人办理，请先领取。"
    CLAIMED = "claimed", "此件已有人领取，由其办理；放回以后您才能办理。"  # Refusal.signer: who
    NOTHING_TO_CLAIM = "nothing_to_claim", "此件不用领取，请直接办理。"
    NOT_CLAIMED = "not_claimed", "您没有领取此件，不用放回。"
    NOT_A_VOTE = "not_a_vote", "只有票签可以弃权，请同意、不同意或退回。"
    ONLY_OPINION = "only_opinion", "您受委派提出意见，请填写意见后提交，由委派人决定。"
    NOT_DELEGATED = "not_delegated", "没有人委派您对此件提出意见，请直接办理。"
    NOBODY_NAMED = "nobody_named", "请选择人员。"
    UNKNOWN_PERSON = "unknown_person", "查无此人或已停用，请另选：{}。"
    ALREADY_THERE = "already_there", "所选人员已在本环节，请另选。"
    THEIR_MATTER = "their_matter", "所选人员是此件的提交人或起草人，不能审批，请另选。"
    NOT_YOURS_TO_REMOVE = "not_yours_to_remove", "只能减去您自己加签、还没有办理的人。"
    LAST_ONE = "last_one", "减去以后本环节就没有人办理了，不能再减。"
    NOTHING_TO_TAKE_BACK = "nothing_to_take_back", "您没有可以取回的办理。"
    ACTED_UPON = "acted_upon", "后面已有人办理，不能取回。"
    NOT_THE_INITIATOR = "not_the_initiator", "只有发起人可以这样办理。"
    CONSENT_ASKED = "consent_asked", "已在征求撤回意见，请等候答复。"
    NOTHING_TO_READ = "nothing_to_read", "此件没有抄送给您。"
    URGED_TODAY = "urged_today", "今天已经催办过，每人每天只能催办一次。"
    NOBODY_TO_URGE = "nobody_to_urge", "所选人员目前没有待办，不用催办。"
    NOT_SUBMITTED = "not_submitted", "此件还没有提交审批。"
    SUBMITTED = "submitted", "此件已提交审批，不能重复提交。"
    RESUBMIT_INSTEAD = "resubmit_instead", "此件已退回，请修改后重新提交（resubmit）。"
    NOT_RETURNED = "not_returned", "此件没有退回，不能重新提交。"
    ACCEPTED_CHANGED = "accepted_changed", "“{}”已经通过，不能再改；需要改的，请联系退回人。"
    POST_EMPTY = "post_empty", "{}目前无人担任，请先任命，再提交。"
    NOBODY = "nobody", "各环节的审批人都已跳过，没有人可以审批，请先任命负责人或改用别的路线。"
    TOO_FEW_VOTERS = "too_few_voters", "“{}”的投票人少于通过所需票数，永远不能通过，请先任命人员或修改路线。"
    FACT_MISSING = "fact_missing", "缺少判断条件所需的数据“{}”，请补填后提交。"


@dataclass(frozen=True)
class Refusal:
    code: Why
    signer: int | None = None  # key of the decision that came first
    named: str = ""  # what the sentence is about
    hint: str = ""  # what more there is to say, a sentence

    @property
    def says(self) -> str:
        return self.code.says.format(self.named) + self.hint


def claimed_sentence(name: str) -> str:
    """For `claimed`, once the caller has looked up who."""
    return f"此件已由 {name} 领取，由其办理；放回以后您才能办理。"


def decided_sentence(name: str, when: str) -> str:
    """For `already_decided`, once the caller has looked up who and when."""
    return f"此件已由 {name} 于 {when} 办理"


def own_sentence(when: str) -> str:
    """The same, of a form that somebody sent twice."""
    return f"您已于 {when} 办理过此件"
