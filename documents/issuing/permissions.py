"""Who sees a draft, who writes it, who handles it once it is signed."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from viewflow.workflow.models import Task

from approvals.models import Signer
from approvals.nodes import LABEL
from foundation.organization.posts import OFFICE_POSTS, Post
from foundation.organization.rules import Rule, holds

READERS = (*OFFICE_POSTS, Post.AUDITOR)


def _sees(actor: Any, day: Any) -> Q:
    """The office, the auditor, and whoever is asked to sign it."""
    asked = Signer.objects.filter(Signer.acts_q(actor, day), approval__subject=LABEL)
    tasks = Task.objects.filter(pk__in=asked.values("approval__subject_id"))
    return holds(*READERS)(actor, day) | Q(process__in=tasks.values("process"))


sees_draft = Rule("文稿在印发以前只给安委办、审计员和签批人看。", _sees)
writes_draft = Rule("文稿由安委办拟制。", holds(*OFFICE_POSTS))
arranges_draft = Rule("公文由发文的安委办归档。", holds(*OFFICE_POSTS, unit="organ"))
handles_draft = Rule("复核、登记编号、用印、印发、归档由安办经办办理。", holds(Post.OFFICE_CLERK))
