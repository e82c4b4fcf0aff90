"""Who reads which register and row. The office keeps them; a unit sees what names it; a private one no auditor reads."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS, Post
from foundation.organization.rules import Rule, holds

READERS = (*UNIT_POSTS, *OFFICE_POSTS, Post.AUDITOR)
SAYS = "登记册只给安委办、各单位和审计员看。"


def _sees_register(actor: Any, day: Any) -> Q:
    return holds(*OFFICE_POSTS, *UNIT_POSTS)(actor, day) | (
        Q(private=False) & holds(Post.AUDITOR)(actor, day)
    )


def _works_on(actor: Any, day: Any) -> Q:
    return holds(*OFFICE_POSTS)(actor, day) | holds(*UNIT_POSTS, unit="unit")(actor, day)


def _sees_row(actor: Any, day: Any) -> Q:
    return _works_on(actor, day) | (Q(register__private=False) & holds(Post.AUDITOR)(actor, day))


sees_register = Rule("这本登记册不给审计员看。", _sees_register)
sees_row = Rule("这条登记只给安委办和所涉单位看。", _sees_row)
may_lead = Rule("只有安委办和核查单位可以把举报转为案件。", _works_on)
