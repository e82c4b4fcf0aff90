"""Approvals: routes as data, one row for every run, one row for every signer of it.

Definition and run are apart: a route version that was ever used is frozen, and a running approval keeps it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, transition

from foundation.journal.models import Journaled
from foundation.journal.prepared import AT, Among
from foundation.organization.models import Appointment, Unit, in_force

from .enclosures import OpinionDraft as OpinionDraft
from .engine import terms
from .groups import SignerGroup as SignerGroup  # a model lives where Django finds it
from .saved_filters import SavedFilter as SavedFilter
from .signatures import Signature as Signature


class Route(models.Model):
    """审批路线: what it is called and which version new approvals take."""

    code = models.SlugField("代码", max_length=32, unique=True)
    name = models.CharField("名称", max_length=60)
    subject = models.CharField("适用事项", max_length=40)  # "tasks.task", "workflow.task"
    retired = models.BooleanField("停用", default=False)

    def __str__(self) -> str:
        return self.name


class RouteVersion(models.Model):
    """One version of a route; `definition` is the JSON of approvals/engine/routes.py."""

    route = models.ForeignKey(Route, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版本")
    definition = models.JSONField()
    made_by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["route", "-number"]
        constraints = [models.UniqueConstraint(fields=["route", "number"], name="route_version")]


UNDONE = tuple(sorted(state.value for state in terms.UNDONE))
OWN = ("", "held")  # claims of signers: nobody has to claim the step, or this one has


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """The boxes of a post. `seat` is an appointment, its id, or a parameter of a prepared statement."""

    def todo_of(self, seat: Any, day: Any, claim: Iterable[str] = OWN) -> ApprovalQuerySet:
        """待办: those in which this post, or somebody it is a proxy for, can decide now; `arrived` says since
        when, `proxied` that it is for somebody else, who is then `behalf`."""
        seat = getattr(seat, "pk", seat)
        found = Signer.objects.waiting_for(seat, day, claim).values("approval")
        return self.filter(pk__in=found, state="pending").seen_by(seat, day)

    def seen_by(self, seat: Any, day: Any) -> ApprovalQuerySet:
        """With what `todo_of` tells of each, whatever is in it."""
        waiting = Signer.objects.filter(state="open", approval=models.OuterRef("pk")).order_by("opened_at")
        mine, own = waiting.filter(Signer.acts_q(seat, day)), waiting.filter(Signer.own_q(seat, day))
        return self.annotate(
            arrived=models.Subquery(mine.values("opened_at")[:1]),
            proxied=~models.Exists(own),
            behalf=models.Subquery(mine.values("appointment__person__name")[:1]),
        )

    def claimable_by(self, seat: Any, day: Any) -> ApprovalQuerySet:
        """可领取: those that this post could decide like others, and that nobody has claimed yet."""
        return self.todo_of(seat, day, claim=("free",))

    def claimed_before(self, seat: Any, day: Any) -> ApprovalQuerySet:
        """已被领取: those that wait for whoever of the others was faster; theirs until it is put back."""
        seat = getattr(seat, "pk", seat)
        held = Signer.objects.filter(Among("claim", ["held"]), Among("state", UNDONE))
        beside = held.filter(approval=models.OuterRef("approval"), step=models.OuterRef("step"))
        mine = Signer.objects.filter(
            Signer.acts_q(seat, day), models.Exists(beside), state="waiting",
            approval__in=held.values("approval"),
        ).exclude(claim="held")  # fmt: skip
        return self.filter(pk__in=mine.values("approval"), state="pending")

    def started_by(self, seat: Any) -> ApprovalQuerySet:
        """我发起."""
        return self.filter(initiator=seat)

    def told_to(self, seat: Any, box: str) -> ApprovalQuerySet:
        """待阅, 已办 or 已阅."""
        return self.filter(pk__in=Signer.objects.told_to(seat, box).values("approval"))


class Approval(Journaled):
    """One run of a route on one subject."""

    verbs = {
        "create": "发起审批", "read": "已阅", "urge": "催办", "claim": "领取", "release": "放回",
        "move_due": "期限随事项调整",
    }  # fmt: skip

    class State(models.TextChoices):
        PENDING = "pending", "审批中"
        APPROVED = "approved", "同意"
        REJECTED = "rejected", "不同意"
        RETURNED = "returned", "已退回"
        WITHDRAWN = "withdrawn", "已撤回"
        VOID = "void", "已作废"  # its subject was cancelled

    subject = models.CharField(max_length=40)  # label of the model
    subject_id = models.BigIntegerField()
    version = models.ForeignKey(RouteVersion, models.PROTECT, related_name="approvals", db_index=False)
    title = models.CharField("事项", max_length=200)
    brief = models.CharField("摘要", max_length=300, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    initiator = models.ForeignKey(Appointment, models.PROTECT, related_name="+", db_index=False)
    authors = models.JSONField(default=list)  # ids of the people who submitted or drafted: they never sign
    digest = models.CharField("内容摘要值", max_length=64)  # SHA-256 of what is signed
    facts = models.JSONField(default=dict)  # what the subject declares, for the route's conditions
    corrections = models.JSONField(null=True)  # of a 部分退回: {"items": [keys], "only": 仅补正}
    began = models.PositiveSmallIntegerField(default=1)  # the round in which the last submission began
    step = models.PositiveSmallIntegerField("当前步骤", default=1)
    due_on = models.DateField("期限", null=True)
    state = FSMField(default=State.PENDING, choices=State, protected=True, max_length=12)
    created = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    arrived: dt.datetime  # annotated by todo_of
    proxied: bool
    behalf: str

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["subject", "subject_id", "-id"], name="approval_subject"),
            models.Index(fields=["initiator", "-id"], name="approval_started"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "subject_id"], condition=Q(state="pending"), name="approval_one_pending"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["pending", "approved", "rejected", "returned", "withdrawn", "void"]),
                name="approval_state",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    # The engine decided (approvals/engine); these only write it down.
    @transition(state, source="pending", target="pending", custom={"says": "办理"})
    def sign(self, *, step: int) -> dict[str, Any]:
        return {"step": step, "moved_at": AT}

    @transition(state, source="pending", target="approved", custom={"says": "同意"})
    def approve(self) -> dict[str, Any]:
        return {"moved_at": AT, "ended_at": AT}

    @transition(state, source="pending", target="rejected", custom={"says": "不同意"})
    def reject(self) -> dict[str, Any]:
        return {"moved_at": AT, "ended_at": AT}

    @transition(state, source="pending", target="returned", custom={"says": "退回"})
    def send_back(self, *, corrections: dict[str, Any] | None = None) -> dict[str, Any]:
        return {"moved_at": AT, "ended_at": AT, "corrections": corrections}

    @transition(state, source="returned", target="pending", custom={"says": "重新提交"})
    def resubmit(self, **sent: Any) -> dict[str, Any]:
        return sent | {"moved_at": AT, "ended_at": None, "corrections": None}

    @transition(state, source="pending", target="withdrawn", custom={"says": "撤回"})
    def withdraw(self) -> dict[str, Any]:
        return {"moved_at": AT, "ended_at": AT}

    @transition(state, source="pending", target="void", custom={"says": "作废"})
    def void(self) -> dict[str, Any]:
        return {"moved_at": AT, "ended_at": AT}


class SignerQuerySet(models.QuerySet["Signer"]):
    def waiting_for(self, seat: Any, day: Any, claim: Iterable[str] = OWN) -> SignerQuerySet:
        """Those that the post `seat` may decide now. The posts are looked up first and the signers found by them:
        an inbox never reads what isn't its own, however much waits for others."""
        heirs = Signer.ended_like(seat, day).order_by().values("pk")
        owners = Proxy.named(seat, day).order_by().values("owner")
        posts = Appointment.objects.filter(pk=seat).order_by().values("pk").union(heirs, owners)
        return self.filter(Signer.acts_q(seat, day), state="open", claim__in=claim, appointment__in=posts)

    def told_to(self, seat: Any, box: str) -> SignerQuerySet:
        """The post's own rows of 待阅, 已办 or 已阅. Each has an index that holds their approvals in order, so that a list
        reads as many rows as it shows, not all that ever came into the box. (No index for a list of states: SQLite finds
        none for that, nor for one that comes as a parameter.)"""
        if box == "done":
            return self.filter(decided_by=seat)
        return self.filter(Among("state", [box]), appointment=seat)


class Signer(models.Model):
    """One person's place in one step; never deleted. Its words are those of approvals/engine/terms.py."""

    approval = models.ForeignKey(Approval, models.PROTECT, related_name="signers", db_index=False)
    key = models.PositiveSmallIntegerField()  # from 1 in the order in which people are asked
    step = models.PositiveSmallIntegerField()  # from 1
    round = models.PositiveSmallIntegerField(default=1)
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="+", null=True, db_index=False)
    state = models.CharField(max_length=10)
    note = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    closed_by = models.PositiveSmallIntegerField(null=True)
    link = models.CharField(max_length=8, default="route")
    anchor = models.PositiveSmallIntegerField(null=True)  # key of the row it hangs on
    place = models.PositiveSmallIntegerField(
        default=0
    )  # key of the row of the route it belongs to; 0: itself
    nudge = models.CharField(max_length=9, blank=True)
    urged = models.DateField(null=True)
    claim = models.CharField(max_length=4, blank=True)
    opinion = models.TextField("意见", blank=True)
    digest = models.CharField(max_length=64, blank=True)  # of the content as it was signed
    opened_at = models.DateTimeField(null=True)
    due = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+", db_index=False)
    # The picture it was decided with; None: the name.
    signature = models.ForeignKey(Signature, models.PROTECT, null=True, related_name="+", db_index=False)

    acts: bool  # annotated by store.signers_of

    objects = SignerQuerySet.as_manager()

    class Meta:
        ordering = ["approval", "key"]
        constraints = [models.UniqueConstraint(fields=["approval", "key"], name="signer_key")]
        indexes = [
            models.Index(fields=["appointment", "-id"], name="signer_inbox", condition=Q(state="open")),
            models.Index(fields=["decided_by", "-approval"], name="signer_done"),
            models.Index(
                fields=["appointment", "-approval"], name="signer_to_read", condition=Q(state="to_read")
            ),
            models.Index(fields=["appointment", "-approval"], name="signer_read", condition=Q(state="read")),
            models.Index(
                fields=["approval"], name="signer_claimed", condition=Q(claim="held", state__in=UNDONE)
            ),
            models.Index(fields=["due"], name="signer_due", condition=Q(state="open", due__isnull=False)),
            models.Index(fields=["signature"], name="signer_signature", condition=Q(signature__isnull=False)),
        ]

    @staticmethod
    def acts_q(seat: Any, day: Any) -> Q:
        """The post `seat` may decide for this signer: its own place, or that of somebody whose proxy it is."""
        me = Appointment.objects.filter(in_force(day), pk=seat)
        named = Proxy.named(seat, day)
        here = named.filter(Proxy.covers("approval"), owner=models.OuterRef("appointment"))
        wholly = Q(appointment__in=named.filter(routes=None, units=None).values("owner"))
        partly = Q(models.Exists(here), appointment__in=named.values("owner"))
        return Q(models.Exists(me)) & (Signer.own_q(seat, day) | wholly | partly)

    @staticmethod
    def own_q(seat: Any, day: Any) -> Q:
        """This signer is the post `seat`, or its predecessor."""
        return Q(appointment=seat) | Q(appointment__in=Signer.ended_like(seat, day).values("pk"))

    @staticmethod
    def ended_like(seat: Any, day: Any) -> models.QuerySet[Appointment]:
        """The predecessors of a post: the same post of the same unit, out of office."""
        me = Appointment.objects.filter(in_force(day), pk=seat)
        same = Appointment.objects.filter(unit__in=me.values("unit"), post__in=me.values("post"))
        return same.exclude(in_force(day))


class QuickOpinions(models.Model):
    """常用意见 of one post, in the order in which they are offered."""

    DEFAULTS = ("同意。", "同意报送。", "已核，情况属实。")

    seat = models.OneToOneField(Appointment, models.PROTECT, related_name="+")
    lines = models.JSONField("常用意见", default=list)

    @classmethod
    def of(cls, seat: Appointment) -> list[str]:
        own = cls.objects.filter(seat=seat).values_list("lines", flat=True).first()
        return list(cls.DEFAULTS) if own is None else own


class Proxy(models.Model):
    """代理: `to` may decide for `owner` from `start` to `end` (both included), on these routes and in the matters
    of these units; none named means all."""

    owner = models.ForeignKey(Appointment, models.PROTECT, related_name="proxies", verbose_name="委托人")
    to = models.ForeignKey(Appointment, models.PROTECT, related_name="proxy_for", verbose_name="代理人")
    routes = models.ManyToManyField(Route, related_name="proxies", blank=True, verbose_name="审批路线")
    units = models.ManyToManyField(Unit, related_name="proxies", blank=True, verbose_name="单位")
    start = models.DateField("自")
    end = models.DateField("至")
    reason = models.CharField("事由", max_length=60, blank=True)
    revoked_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-start", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="proxy_dates"),
            models.CheckConstraint(condition=~Q(owner=F("to")), name="proxy_somebody_else"),
        ]

    @staticmethod
    def in_force(day: Any) -> Q:
        return Q(start__lte=day, end__gte=day, revoked_at=None)

    @staticmethod
    def named(seat: Any, day: Any) -> models.QuerySet[Proxy]:
        """Those in force that name the post `seat`, of owners who are in office."""
        return Proxy.objects.filter(Proxy.in_force(day), in_force(day, "owner__"), to=seat)

    @staticmethod
    def covers(approval: str) -> Q:
        """Inside a subquery: its scope takes in the approval named by this column of the query around it."""
        matter = Approval.objects.filter(pk=models.OuterRef(models.OuterRef(approval)))
        on_route = matter.filter(version__route__proxies=models.OuterRef("pk"))
        of_unit = matter.filter(unit__proxies=models.OuterRef("pk"))
        return (Q(routes=None) | Q(models.Exists(on_route))) & (Q(units=None) | Q(models.Exists(of_unit)))

    @property
    def scope(self) -> str:
        """单位审批、方案审批，甲镇、乙镇的事项; 全部审批."""
        routes = "、".join(route.name for route in self.routes.all())
        units = "、".join(unit.short_name for unit in self.units.all())
        return "，".join(filter(None, (routes, f"{units}的事项" if units else ""))) or "全部审批"
