"""Random commands by random people: whatever they do, the task stays in order."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.test import TestCase
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from approvals import services as approvals
from approvals.models import Approval
from foundation.files.models import Attachment
from foundation.journal.models import Entry
from foundation.journal.moves import create
from foundation.journal.verify import first_bad
from foundation.organization.actors import SYSTEM
from foundation.organization.refusals import Refused
from tests.cast import actor, engage
from workflows.plans.models import Item, Period, Plan
from workflows.tasks import services
from workflows.tasks.models import Submission, Task, Waiver
from workflows.tasks.outcomes import digest
from workflows.tasks.querysets import IN_REVIEW

from .minutes import AT

SEATS = ("liaison", "handler", "deputy", "head", "clerk", "office_head", "auditor", "stranger")
WHO = st.sampled_from(SEATS)
HOUR = dt.timedelta(hours=1)
LEGAL = {  # from -> to, as the procedure has it; the journal must hold no other step
    ("issued", "received"), ("received", "unit_review"), ("returned", "unit_review"), ("issued", "waiver_review"),
    ("received", "waiver_review"), ("returned", "waiver_review"), ("unit_review", "office_review"),
    ("unit_review", "received"), ("office_review", "received"), ("waiver_review", "received"),
    ("office_review", "returned"), ("office_review", "accepted"), ("office_review", "rejected"),
    ("waiver_review", "waived"), ("accepted", "archived"), ("accepted", "returned"), ("archived", "returned"),
    ("rejected", "returned"), ("waived", "returned"),
    *((state, "cancelled") for state in ("issued", "received", "returned", *IN_REVIEW)),
}  # fmt: skip


class TaskMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        cast = engage()
        self.seats = {
            **{post: getattr(cast.town, post) for post in ("liaison", "handler", "deputy", "head")},
            "clerk": cast.clerk, "office_head": cast.office_head, "auditor": cast.auditor,
            "stranger": cast.other.liaison,
        }  # fmt: skip
        (plan,) = create(Plan, {"title": "方案", "text": "…", "organ": cast.office}, actor=SYSTEM, at=AT)
        item = Item.objects.create(
            plan_id=plan, order=1, number="1", title="培训", text="…", deliverables=["records"]
        )
        values = {"plan": plan, "item": item, "period": Period.objects.create(item=item), "unit": cast.town.unit, "role": "lead"}  # fmt: skip
        (self.pk,) = create(Task, values, actor=SYSTEM, at=AT)
        self.at, self.first, self.frozen = AT, None, {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def attempt(self, who: str, command, **arguments) -> None:
        """A refusal is an answer; nothing of it may stay behind."""
        self.at += HOUR
        before = Entry.objects.count()
        refused = None
        try:
            command(actor=actor(self.seats[who]), at=self.at, **arguments)
        except Refused as error:
            refused = str(error)
        assert refused is None or (refused.endswith("。") and Entry.objects.count() == before)

    @property
    def task(self) -> Task:
        return Task.objects.get(pk=self.pk)

    @rule()
    def go_on(self):
        """What the procedure expects next, so that late states are reached too."""
        state = self.task.state
        if state == "issued":
            self.attempt("liaison", services.receive, tasks=self.pk)
        elif state in ("received", "returned"):
            activity = services.Activity(dt.date(2026, 6, 1), "宣讲", "内容")
            self.attempt("liaison", services.add_record, task=self.pk, activity=activity, token="once")
            self.attempt("liaison", services.submit, task=self.pk, version=self.task.version)
        elif state in IN_REVIEW:
            pending = Approval.objects.get(state="pending")
            turn = set(pending.signers.filter(state="open").values_list("appointment", flat=True))
            who = next(name for name, one in self.seats.items() if one.pk in turn)
            self.attempt(who, approvals.decide, approval_id=pending.pk, do="agree")
        elif state == "accepted":
            self.attempt("clerk", services.archive, tasks=self.pk)
        else:
            self.attempt("office_head", services.reopen, task=self.pk, reason="重开")

    @rule(who=WHO)
    def receive(self, who):
        self.attempt(who, services.receive, tasks=self.pk)

    @rule(who=WHO, form=st.sampled_from(["宣讲", "演练"]))
    def add_record(self, who, form):
        activity = services.Activity(dt.date(2026, 6, 1), form, "内容")
        self.attempt(who, services.add_record, task=self.pk, activity=activity, token=f"{self.at:%d%H}")

    @rule(who=WHO, summary=st.sampled_from(["一", "二"]), revision=st.integers(0, 3))
    def save_draft(self, who, summary, revision):
        self.attempt(who, services.save_draft, task=self.pk, content={"summary": summary}, revision=revision)

    @rule(who=WHO)
    def upload(self, who):
        self.attempt(who, services.attach, task=self.pk, slot="other", source=b"text", name="a.txt")

    @precondition(lambda self: Attachment.objects.filter(removed_at=None).exists())
    @rule(who=WHO)
    def detach(self, who):
        self.attempt(who, services.detach, task=self.pk, attachment=Attachment.objects.latest("pk").pk)

    @rule(who=WHO)
    def hand_over(self, who):
        self.attempt(who, services.hand_over, task=self.pk, handler=self.seats["handler"].pk)

    @rule(who=WHO)
    def take_back(self, who):
        self.attempt(who, services.take_back, task=self.pk)

    @rule(who=st.sampled_from(["liaison", "handler", "stranger"]), stale=st.integers(0, 1))
    def submit(self, who, stale):
        self.attempt(who, services.submit, task=self.pk, version=max(0, self.task.version - stale))

    @rule(who=WHO)
    def ask_waiver(self, who):
        self.attempt(who, services.ask_waiver, task=self.pk, reason="不涉及")

    @rule(who=WHO)
    def withdraw(self, who):
        self.attempt(who, services.withdraw, task=self.pk)

    @precondition(lambda self: self.task.state in IN_REVIEW)
    @rule(who=st.sampled_from(["deputy", "head", "clerk", "office_head", "liaison"]), do=st.sampled_from(["agree", "agree", "agree", "return", "disagree"]))  # fmt: skip
    def decide(self, who, do):
        approval = Approval.objects.get(state="pending").pk
        self.attempt(who, approvals.decide, approval_id=approval, do=do, opinion="意见")

    @rule(who=WHO)
    def urge(self, who):
        self.attempt(who, services.urge, tasks=self.pk)

    @rule(who=WHO)
    def archive(self, who):
        self.attempt(who, services.archive, tasks=self.pk)

    @rule(who=WHO)
    def reopen(self, who):
        self.attempt(who, services.reopen, task=self.pk, reason="重开")

    @precondition(lambda self: self.task.version > 1)
    @rule(who=WHO)
    def cancel(self, who):
        self.attempt(who, services.cancel, task=self.pk, reason="取消")

    @invariant()
    def exactly_one_approval_is_pending_while_it_is_being_reviewed(self):
        assert Approval.objects.filter(state="pending").count() == (self.task.state in IN_REVIEW)

    @invariant()
    def what_is_signed_is_what_is_there(self):
        for approval in Approval.objects.filter(state="pending"):
            assert approval.digest == digest(self.pk)

    @invariant()
    def the_first_submission_fixes_timeliness(self):
        now = self.task.first_submitted_at
        assert self.first in (None, now)
        self.first = now
        assert (now is None) == (self.task.version == 0)

    @invariant()
    def versions_count_up_and_never_change(self):
        rows = list(Submission.objects.order_by("version").values_list("version", "digest"))
        assert [version for version, _ in rows] == list(range(1, self.task.version + 1))
        assert all(self.frozen.setdefault(version, digest) == digest for version, digest in rows)

    @invariant()
    def every_step_is_a_legal_one(self):
        moves = Entry.objects.filter(target="tasks.task", to__gt="", source__gt="")
        assert set(moves.values_list("source", "to")) <= LEGAL

    @invariant()
    def the_journal_holds(self):
        assert first_bad()[1] is None
        assert Waiver.objects.count() == Entry.objects.filter(verb="tasks.task.ask_waiver").count()


class TestTasks(TestCase):
    def test_random_commands_keep_it_in_order(self):
        profile = settings(
            max_examples=max(20, settings.default.max_examples // 5),
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        TaskMachine.TestCase.settings = profile
        TaskMachine.TestCase("runTest").runTest()
