"""Who reads which register and row. The office keeps them; a unit sees what names it; a private one no auditor reads."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from approvals.models import Signer
from foundation.organization.models import Appointment, in_force
from foundation.organization.posts import OFFICE_POSTS, OVERSEERS, UNIT_POSTS, Post
from foundation.organization.rules import Rule, holds

from .models import Candidate

READERS = (*UNIT_POSTS, *OFFICE_POSTS, *OVERSEERS)
SAYS = "登记册只给安委办、各单位、领导和审计员看。"


def _sees_register(actor: Any, day: Any) -> Q:
    return holds(*OFFICE_POSTS, *UNIT_POSTS)(actor, day) | (Q(private=False) & holds(*OVERSEERS)(actor, day))


def _works_on(actor: Any, day: Any) -> Q:
    return holds(*OFFICE_POSTS)(actor, day) | holds(*UNIT_POSTS, unit="unit")(actor, day)


def _sees_row(actor: Any, day: Any) -> Q:
    return _works_on(actor, day) | (Q(register__private=False) & holds(*OVERSEERS)(actor, day))


def _sees_selection(actor: Any, day: Any) -> Q:
    """The judges too: whoever was asked about one of its works, in a post they still hold."""
    asked = Signer.objects.filter(
        appointment=actor, approval__subject="registers.candidate", approval__in=_approvals()
    )
    serving = Appointment.objects.filter(in_force(day), pk=actor)
    return holds(*OFFICE_POSTS, Post.AUDITOR)(actor, day) | (Q(Exists(serving)) & Q(Exists(asked)))


def _approvals() -> Any:
    return Candidate.objects.filter(selection=OuterRef(OuterRef("pk"))).values("approval")


sees_register = Rule("这本登记册不给领导和审计员看。", _sees_register)
sees_row = Rule("这条登记只给安委办和所涉单位看。", _sees_row)
may_lead = Rule("只有安委办和核查单位可以把举报转为案件。", _works_on)
sees_selection = Rule("作品评选只给安委办、审计员和它的评委看。", _sees_selection)
