"""Two processes on one referral at the same moment: what is decided and where the flow stands never come apart."""

from __future__ import annotations

import pytest
from viewflow.workflow.models import Task as FlowTask

from foundation.journal.verify import first_bad
from tests.pairs import pairs
from tests.workflows.cases.test_counting import at

from .minutes import Minutes

pytestmark = pytest.mark.django_db(transaction=True)
MOMENT = at("03-03 10:00").isoformat()


def act(what: str, seat, **kw) -> dict:
    return {"act": what, "seat": seat.pk, "kw": kw, "at": MOMENT}


def test_the_heads_yes_against_stopping(cast, together):
    """Each holds the process first. The yes counts only where it came first, and nothing waits afterwards."""
    for _ in pairs(together):
        case = Minutes(cast)
        case.reports()
        yes = act("decide", cast.town.head, approval_id=case.pending.pk, do="agree")
        said = together(
            yes, act("stop_referral", cast.town.liaison, case=case.pk, why="改在本机关系统中审批")
        )
        last = {"": "approved head", "此件审批已结束，不能再办理。": "reported"}[said[0]]
        assert (said[1], case.steps[-1], case.status, case.waits) == ("", last, "CANCELED", set())
    assert not FlowTask.objects.filter(finished=None).exists()
    assert first_bad()[1] is None


def test_two_who_hand_it_over_hand_it_over_once(cast, together):
    for _ in pairs(together):
        case = Minutes(cast)
        case.reports()
        case.decides(cast.town.head, "agree", "03-03 09:00")
        both = [
            act("take_step", seat, case=case.pk, step="handed_over", number="甲移〔2026〕1号")
            for seat in (cast.town.liaison, cast.clerk)
        ]
        assert sorted(together(*both)) == ["", "移送已不在这一步，请刷新后查看。"]
        assert (case.steps.count("handed_over"), case.waits) == (1, {"copied"})
    assert first_bad()[1] is None
