"""Whatever anybody does in whatever order: a number only after signing, never two, never lost; what is issued stays."""

from __future__ import annotations

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.models import Document, Draft
from foundation.jobs import queue
from foundation.organization.refusals import Refused

from .desk import TEXT, Desk

PEOPLE = ("clerk", "twice_office", "office_head", "auditor")
LAWFUL = ["send", "agree", "agree", "right", "register", "seal", "issue", "print", "archive"]
ACTS = ("send", "agree", "return", "withdraw", "right", "editorial", "substantial", "back", "register", "seal", "issue", "print", "archive", "void")  # fmt: skip
steps = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(ACTS)), max_size=6)
NUMBERED = {"registered", "sealed", "issued", "archived"}


def take(desk: Desk, who: str, do: str) -> None:
    seat = getattr(desk.cast, who)
    if do in ("agree", "return"):
        desk.decide(seat, do, "有误。" if do == "return" else "")
    elif do in ("right", "editorial", "substantial", "back"):
        desk.act("check", seat, found=do, text=f"{TEXT}\n（{desk.now:%H%M}）", reason="有误。")
    elif do == "print":
        queue.run_due(desk.now)
    else:
        desk.act(do, seat, **({"reason": "有误。"} if do == "void" else {}))


def lawful(number: int) -> tuple[str, str]:
    do = LAWFUL[number]
    return {1: "twice_office", 2: "office_head"}.get(number, "clerk"), do


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(chaos=st.lists(steps, min_size=len(LAWFUL), max_size=len(LAWFUL)))
def test_no_order_of_acts_breaks_a_number_or_an_issued_paper(cast, chaos):
    desk, before, issued = Desk(cast).start(), None, None
    for number, others in enumerate(chaos):
        for who, do in [*others[: number % 4], lawful(number)]:
            try:
                with transaction.atomic():
                    take(desk, who, do)
            except (Refused, desk.nothing_waits):
                pass
            row = Draft.objects.select_related("document").get(pk=desk.pk)
            if row.document:
                assert row.signed_on
                assert row.document.issued_on == row.signed_on
                assert before in (None, row.document.full_number)
                before = row.document.full_number
                if row.document.state == Document.State.ISSUED:
                    assert issued in (None, row.document.digest)
                    issued = row.document.digest
            assert (row.document is not None) >= (row.state in NUMBERED)
            assert before is None or row.document
    numbers = list(Document.objects.filter(code="某安办").order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
