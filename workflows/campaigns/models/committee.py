"""指导委员会 of a campaign: a temporary body, and who is in it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from foundation.journal.models import Journaled
from foundation.organization.models import Appointment, Person
from workflows.plans.models import Plan


class Committee(Journaled):
    """`ends_on` is its last day. What its members may do hangs on the dates of their posts alone, not on this state."""

    verbs = {"create": "成立指导委员会", "join": "增加成员", "leave": "免去成员"}

    class State(models.TextChoices):
        ACTIVE = "active", "运行中"
        DISSOLVED = "dissolved", "已撤销"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="committees")
    name = models.CharField("名称", max_length=80)
    ends_on = models.DateField("撤销日期")
    state = FSMField(default=State.ACTIVE, choices=State, protected=True, max_length=10)

    class Meta:
        ordering = ["plan", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["active", "dissolved"]), name="committee_state"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state="active"), name="committee_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @transition(state, source="active", target="dissolved", custom={"says": "指导委员会撤销"})
    def dissolve(self):
        return {}


class CommitteeMember(models.Model):
    """`seat`: the post of 领导 that came with it; none where the person had one anyway, which stays."""

    class Role(models.TextChoices):
        CHAIR = "chair", "主任"
        VICE = "vice", "副主任"
        MEMBER = "member", "成员"

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField("职务", max_length=6, choices=Role, default=Role.MEMBER)
    seat = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)  # left before the end

    class Meta:
        ordering = ["role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "person"], condition=Q(until=None), name="committee_member_once"
            )
        ]
