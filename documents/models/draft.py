"""文稿: an official document on its way from the first word to the archive."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition
from viewflow.workflow.models import Process

from foundation.journal.models import Journaled
from foundation.organization.models import Appointment, Unit

from ..issuing.permissions import arranges_draft, handles_draft, seals_draft, writes_draft
from .document import Document
from .letterhead import Letterhead
from .pattern import Pattern


class Urgency(models.TextChoices):
    NONE = "", "平件"
    URGENT = "urgent", "加急"
    EXTRA = "extra", "特急"


class Draft(Journaled):
    """What becomes a `Document` once it is signed, checked and registered. Its text is what render_document takes."""

    verbs = {"create": "起草", "change": "修改文稿", "amend": "复核修改", "place": "机关用印"}

    class State(models.TextChoices):
        DRAFTING = "drafting", "起草中"
        IN_APPROVAL = "in_approval", "核签中"  # exactly one approval is pending
        RETURNED = "returned", "已退回"  # with reasons; may be sent again
        WITHDRAWN = "withdrawn", "已撤回"  # by whoever sent it; may be sent again
        SIGNED = "signed", "已签发"  # waits for 复核
        SIGNING_AGAIN = "signing_again", "复审中"  # changed in substance at 复核: the signer reads it again
        CHECKED = "checked", "已复核"  # waits for its number
        REGISTERED = "registered", "已登记编号"  # its Document exists
        SEALED = "sealed", "已用印"
        ISSUED = "issued", "已印发"
        ARCHIVED = "archived", "已归档"
        VOID = "void", "已作废"  # a number it had stays taken

    kind = models.CharField("文种", max_length=16, choices=Document.OFFICIAL)
    title = models.CharField("标题", max_length=200, blank=True)  # as read from the text
    text = models.TextField("正文", blank=True)
    organ = models.ForeignKey(Unit, models.PROTECT, related_name="drafts", verbose_name="发文机关")
    code = models.CharField("机关代字", max_length=20, blank=True)  # of the number it will get
    head = models.ForeignKey(
        Letterhead, models.PROTECT, null=True, related_name="+", verbose_name="版头"
    )  # None: the organ's own name, and `code` as it stands
    urgency = models.CharField("紧急程度", max_length=6, choices=Urgency, blank=True)
    to = models.JSONField("主送", default=list, blank=True)  # names, where the text has none
    cc = models.JSONField("抄送", default=list, blank=True)
    cosigners = models.JSONField("会签单位", default=list, blank=True)  # codes of units
    joint = models.BooleanField("联合行文", default=False)  # the cosigners sign and seal the paper too
    main_head = models.BooleanField("由主要负责人签发", default=False)
    signer = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="+", verbose_name="签发人"
    )  # who said the last yes
    signed_on = models.DateField("签发日期", null=True)  # the 成文日期
    corrects = models.ForeignKey(
        Document, models.PROTECT, null=True, related_name="corrections", verbose_name="更正的公文"
    )
    pattern = models.ForeignKey(
        Pattern, models.PROTECT, null=True, related_name="+", verbose_name="范本"
    )  # it began with this version
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="draft")
    revision = models.PositiveIntegerField(default=1)  # of what is written: who saves names the one they read
    drafted_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name="拟稿人")
    state = FSMField(default=State.DRAFTING, choices=State, protected=True, max_length=16)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "drafting", "in_approval", "returned", "withdrawn", "signed", "signing_again", "checked",
                        "registered", "sealed", "issued", "archived", "void",
                    ]
                ),
                name="draft_state",
            ),
            models.CheckConstraint(
                condition=Q(document=None)
                | Q(signed_on__isnull=False, state__in=["registered", "sealed", "issued", "archived", "void"]),
                name="draft_number_after_signing",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "-id"], name="draft_list")]

    @property
    def issuer(self) -> str:
        """发文机关, as the paper names it."""
        return self.head.name if self.head else self.organ.name

    def __str__(self) -> str:
        return self.title or f"（无标题{self.get_kind_display()}）"

    # Moved by its flow (issuing/flows.py); the approval has checked who may sign.
    @transition(
        state, source=["drafting", "returned", "withdrawn"], target="in_approval", permission=writes_draft,
        custom={"says": "送签"},
    )  # fmt: skip
    def send(self) -> dict[str, Any]:
        return {}

    @transition(
        state,
        source=["in_approval", "signing_again", "signed"],
        target="returned",
        custom={"says": "退回修改"},
    )
    def send_back(self) -> dict[str, Any]:
        return UNSIGNED

    @transition(state, source=["in_approval", "signing_again"], target="withdrawn", custom={"says": "撤回"})
    def take_back(self) -> dict[str, Any]:
        return UNSIGNED

    @transition(state, source="in_approval", target="signed", custom={"says": "签发"})
    def sign(self, *, signer: int | None, signed_on: dt.date) -> dict[str, Any]:
        return {"signer": signer, "signed_on": signed_on}

    @transition(
        state, source="signed", target="checked", permission=handles_draft, custom={"says": "复核"}
    )  # fmt: skip
    def pass_check(self) -> dict[str, Any]:
        return {}

    @transition(
        state, source="signed", target="signing_again", permission=handles_draft,
        custom={"says": "复核有实质改动，送原签批人复审"},
    )  # fmt: skip
    def ask_again(self) -> dict[str, Any]:
        return {}

    @transition(state, source="signing_again", target="checked", custom={"says": "复审同意"})
    def sign_again(self, *, signer: int | None, signed_on: dt.date) -> dict[str, Any]:
        return {"signer": signer, "signed_on": signed_on}

    @transition(
        state, source="checked", target="registered", permission=handles_draft, custom={"says": "登记编号"}
    )
    def register(self, *, document: int) -> dict[str, Any]:
        return {"document": document}

    @transition(state, source="registered", target="sealed", permission=seals_draft, custom={"says": "用印"})
    def seal(self) -> dict[str, Any]:
        return {}

    @transition(state, source="sealed", target="issued", permission=handles_draft, custom={"says": "印发"})
    def issue(self) -> dict[str, Any]:
        return {}

    @transition(state, source="issued", target="archived", permission=arranges_draft, custom={"says": "归档"})
    def archive(self) -> dict[str, Any]:
        return {}

    @transition(
        state, source=[
            "drafting", "in_approval", "returned", "withdrawn", "signed", "signing_again", "checked", "registered", "sealed",
        ], target="void", permission=handles_draft, custom={"says": "作废文稿"},
    )  # fmt: skip
    def void(self) -> dict[str, Any]:
        return {}


class DraftProcess(Process):
    """The viewflow process that takes it from the first word to the archive."""

    draft = models.OneToOneField(Draft, models.PROTECT, related_name="process")


# What was signed is no longer what stands there.
UNSIGNED: dict[str, Any] = {"signer": None, "signed_on": None}
OPEN = ("drafting", "returned", "withdrawn")  # its text may be changed and sent
MOVING = (
    "in_approval",
    "signed",
    "signing_again",
    "checked",
    "registered",
    "sealed",
)  # under way: neither written nor out
