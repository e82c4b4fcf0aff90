"""Who issues to many units at once, and who sees how far it is; a unit reads its own copy (documents/permissions.py)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from foundation.organization.posts import OFFICE_POSTS, Post
from foundation.organization.rules import Rule, holds

from ..models import Document
from ..permissions import reads_document

READERS = (*OFFICE_POSTS, Post.AUDITOR)
OFFICIAL = [kind for kind, _ in Document.OFFICIAL]


def _copied(actor: Any, day: Any) -> Q:
    issued = Q(kind__in=OFFICIAL, state=Document.State.ISSUED, number__isnull=False, original=None)
    own = holds(Post.OFFICE_CLERK, unit="organ")(actor, day)
    return issued & own & reads_document.q(actor, day)


sees_batch = Rule("批量印发只给安委办和审计员看。", holds(*READERS))
runs_batch = Rule("批量印发由安办经办办理。", holds(Post.OFFICE_CLERK))
copies = Rule("只有本安委办已印发、编了号的公文可以批量印发。", _copied)
