"""Who reads a document and its paper: one condition for one of them, a list, and a download."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS, Post
from foundation.organization.rules import Rule, holds

from .models import Document
from .models.document import OFFICIAL
from .subjects import RESERVED

TO_ALL = [code for code, kind in OFFICIAL.items() if kind.to_all]
# Numbered, and not sealed or printed yet: the office's own business.
UNDER_WAY = ~Q(state=Document.State.ISSUED) & Q(subject="documents.draft")


def _reads(actor: Any, day: Any) -> Q:
    """A unit reads what concerns it alone, and what goes down to everybody; statistics of all units it doesn't. What is
    reserved (subjects.py) is read by those who see the thing it is about."""
    to_all = Q(unit=None, kind__in=TO_ALL) & ~UNDER_WAY & holds(*UNIT_POSTS)(actor, day)
    own = holds(*UNIT_POSTS, unit="unit")(actor, day)
    issued = holds(Post.LEADER)(actor, day) & ~UNDER_WAY
    found = (holds(*OFFICE_POSTS, Post.AUDITOR)(actor, day) | issued | own | to_all) & ~Q(
        subject__in=list(RESERVED)
    )
    for subject, (model, rule) in RESERVED.items():
        seen = model._base_manager.filter(rule.q(actor, day)).values("pk")
        found |= Q(subject=subject, subject_id__in=seen)
    return found


reads_document = Rule("这份公文只给相关单位、安委办、领导和审计员看，案件文书只给能看案件的人看。", _reads)


def goes_to_all(document: Document) -> bool:
    """Whether it is for every unit; which they read once it is issued."""
    return document.unit_id is None and document.kind in TO_ALL and document.subject not in RESERVED
