"""Who reads a document and its paper: one condition for one of them, a list, and a download."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS, Post
from foundation.organization.rules import Rule, holds

from .models import Document


def _reads(actor: Any, day: Any) -> Q:
    """A unit reads what concerns it alone, and the notices to everybody; statistics of all units it doesn't."""
    to_all = Q(unit=None, kind=Document.Kind.NOTICE) & holds(*UNIT_POSTS)(actor, day)
    own = holds(*UNIT_POSTS, unit="unit")(actor, day)
    return holds(*OFFICE_POSTS, Post.AUDITOR)(actor, day) | own | to_all


reads_document = Rule("这份公文只给相关单位、安委办和审计员看。", _reads)
