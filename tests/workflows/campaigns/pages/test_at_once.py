"""Two people at once: one edits, the other is told; two presses are one dispatch."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from approvals.defaults import ensure_routes
from foundation.organization.refusals import Refused
from tests.cast import actor, engage
from tests.workflows.plans.conftest import AT, TEXT
from workflows.campaigns.drafts import import_plan
from workflows.campaigns.models import Dispatch
from workflows.campaigns.starting import start_dispatch
from workflows.plans.editing import save_item
from workflows.plans.models import Item, Plan
from workflows.plans.state import item_state, token

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Each act in a thread of its own, all started together; what each returned or was refused with."""
    gate = Barrier(len(acts))

    def run(act):
        gate.wait()
        try:
            return act()
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def plan():
    ensure_routes()
    return import_plan(text=TEXT, actor=actor(engage().clerk), at=AT)


def test_one_of_two_editors_saves_and_the_other_is_told(plan):
    row = plan.items.prefetch_related("periods", "duties").first()
    before, who = item_state(row), actor(plan.drafted_by)

    def save(title):
        return lambda: save_item(
            item=row.pk, given=before | {"title": title}, seen=token(before), actor=who, at=AT
        )

    answers = at_once(save("甲的标题"), save("乙的标题"))
    assert answers.count(True) == 1
    told = next(one for one in answers if one is not True)
    assert f"改为“{Item.objects.get(pk=row.pk).title}”" in told


def test_two_presses_are_one_dispatch(plan):
    Plan.objects.update(state="running")
    who = actor(plan.drafted_by)
    jobs = at_once(*[lambda: start_dispatch(plan=plan.pk, actor=who, at=AT).pk] * 2)
    assert len(set(jobs)) == 1
    assert Dispatch.objects.count() == 1
