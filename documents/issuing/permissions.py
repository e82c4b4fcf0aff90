"""Who sees a draft, who writes it, who handles it once it is signed, who seals it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
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
    return holds(*READERS)(actor, day) | Q(process__in=tasks.values("process")) | _keeps_place(actor, day)


def my_places(actor: Any, day: Any) -> QuerySet:
    """Of joint papers: the places of organs whose seal this appointment may use."""
    from ..models import Seal, SealPlace
    from ..sealing.permissions import usable

    return SealPlace.objects.filter(organ__in=Seal.objects.filter(usable(actor, day)).values("organ"))


def _keeps_place(actor: Any, day: Any) -> Q:
    return Q(pk__in=my_places(actor, day).values("draft"))


def _asked_to_seal(actor: Any, day: Any) -> Q:
    return Q(pk__in=my_places(actor, day).filter(at=None).values("draft"))


def waits_for_seal(seat: Any, day: Any) -> Q:
    """Of drafts: those that wait for a seal which `seat` may use."""
    return Q(state="registered", pk__in=my_places(seat and seat.pk, day).filter(at=None).values("draft"))


sees_draft = Rule("文稿在印发以前只给安委办、审计员、签批人和联合行文的用印人看。", _sees)
writes_draft = Rule("文稿由安委办拟制。", holds(*OFFICE_POSTS))
arranges_draft = Rule("公文由发文的安委办归档。", holds(*OFFICE_POSTS, unit="organ"))
handles_draft = Rule("复核、登记编号、用印、印发、归档由安办经办办理。", holds(Post.OFFICE_CLERK))
SEALS = "公文由安办经办用印，联合行文的各机关由它的用印人用印。"
seals_draft = Rule(SEALS, lambda actor, day: holds(Post.OFFICE_CLERK)(actor, day) | _keeps_place(actor, day))
asked_to_seal = Rule(
    SEALS, lambda actor, day: holds(Post.OFFICE_CLERK)(actor, day) | _asked_to_seal(actor, day)
)
