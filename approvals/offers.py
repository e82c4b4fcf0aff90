"""What a person may do to an approval beside agreeing: its words, and what follows, said before the button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .engine.terms import Do


@dataclass(frozen=True)
class Offer:
    """`needed` is the sentence where words are needed and there are none; `people` how many are named."""

    do: Do
    act: str  # what the button says
    hint: str  # in the menu
    after: tuple[str, ...]
    text: str = "说明"
    needed: str = ""
    people: Literal["", "one", "many"] = ""
    whom: str = ""
    files: bool = False  # may be enclosed: it is an opinion, and closes one's row


OFFERS = {
    offer.do.value: offer
    for offer in (
        Offer(
            Do.CLAIM,
            "领取",
            "几个人都可以办，领取以后由您办理",
            ("这一件进入您的待办，由您办理。", "其他人不再办理，直到您放回。", "办理以前，您可以放回。"),
        ),
        Offer(
            Do.DISAGREE,
            "不同意",
            "不同意这件事项，须写明理由",
            ("本次审批到此结束，后面的人不再办理。", "需要修改后再报的，请用“退回”。"),
            "理由",
            "请写明不同意的理由。",
            files=True,
        ),
        Offer(
            Do.ABSTAIN,
            "弃权",
            "不投同意票，也不投反对票",
            ("您的一票记为弃权，不算同意。", "票数够或不可能够时，本环节即有结果。"),
            files=True,
        ),
        Offer(
            Do.TRANSFER,
            "转办",
            "交给别人，由对方决定",
            (
                "由对方代替您办理这一步，您不再办理。",
                "办理过程同时记下您和对方。",
                "对方办理以前，您可以取回。",
            ),
            people="one",
            whom="转给",
            files=True,
        ),
        Offer(
            Do.DELEGATE,
            "委派",
            "先听别人的意见，再由您决定",
            (
                "对方只提意见，不作决定。",
                "对方提出意见以后，这一件回到您的待办。",
                "对方提出意见以前，您可以取回。",
            ),
            "请对方看什么",
            people="one",
            whom="委派给",
        ),
        Offer(
            Do.OPINE,
            "提出意见",
            "",
            ("您的意见交给委派人，由委派人决定。",),
            "意见",
            "请写明您的意见。",
            files=True,
        ),
        Offer(
            Do.ADD_BEFORE,
            "前加签",
            "请别人先同意，再轮到您",
            ("所选的人都同意以后，才轮到您办理。", "其中有人不同意的，作为本环节的不同意处理。"),
            people="many",
            whom="请谁先办理",
        ),
        Offer(
            Do.ADD_AFTER,
            "后加签",
            "您同意以后，再请别人同意",
            ("您同意以后，再由所选的人办理。", "他们都同意，本环节才算通过。"),
            people="many",
            whom="请谁随后办理",
        ),
        Offer(
            Do.REMOVE,
            "减签",
            "减去您加签的人",
            ("所选的人不再办理，办理过程保留加签和减签的记录。",),
            people="many",
            whom="减去谁",
        ),
        Offer(
            Do.RELEASE,
            "放回",
            "不由您办理了，其他人可以领取",
            ("这一件回到可领取，您和其他人都可以再领取。",),
        ),
        Offer(
            Do.TAKE_BACK,
            "取回",
            "撤销您刚才的办理",
            ("您刚才的办理撤销，这一件回到您的待办。", "后面还没有办理的人，待办里不再有这一件。"),
        ),
        Offer(
            Do.URGE,
            "催办",
            "提醒现在的办理人",
            ("现在的办理人会收到提醒，催办记入办理过程。", "每人每天只能催办一次。"),
        ),
        Offer(
            Do.WITHDRAW,
            "撤回",
            "收回修改，之后可以重新提交",
            ("审批人的待办里不再有这一件。", "修改后可以重新提交，从第一步开始审批。"),
            "理由",
        ),
    )
}
HEARD_ON = ("您的意见记为不同意。", "本环节还要听取其他人的意见，审批不在这里结束。")
ASKED_FIRST = (
    "已有人办理，撤回须经同意。",
    "征求意见期间，审批照常进行。",
    "同意撤回以后，可以修改并重新提交。",
)
