"""Saving an item: compared with what was seen, told in the journal field by field."""

import pytest

from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.refusals import Refused
from tests.cast import actor
from workflows.plans.conflicts import Conflict
from workflows.plans.editing import check_item, save_item
from workflows.plans.models import Plan
from workflows.plans.state import item_state, token

from .conftest import AT


def save(row, seat, *, seen=None, position=None, **fields):
    before = item_state(row)
    return save_item(
        item=row.pk, given=before | fields, seen=seen or token(before), position=position, actor=actor(seat),
        at=AT,
    )  # fmt: skip


def last():
    return Entry.objects.filter(target="plans.plan").order_by("-seq").first()


def test_the_journal_names_item_and_fields(plan, item, cast):
    assert save(item("1"), cast.clerk, title="农机培训", deliverables=["records", "report"])
    assert item("1").title == "农机培训"
    assert (last().verb, last().data["number"]) == ("plans.plan.edit", "1")
    assert last().data["fields"]["title"] == ["开展进农村活动", "农机培训"]
    assert set(last().data["fields"]) == {"title", "deliverables"}
    assert first_bad()[1] is None


def test_nothing_changed_is_nothing_written(plan, item, cast):
    count = Entry.objects.count()
    assert save(item("1"), cast.clerk) is False
    assert Entry.objects.count() == count


def test_periods_and_duties_are_replaced(plan, item, cast):
    unit = cast.department.unit.pk
    save(
        item("2"), cast.clerk, periods=[["一", None, "2026-06-10"], ["二", "2026-06-11", "2026-06-20"]],
        duties=[["lead", unit, None, "消防部门", [106, 110]]],
    )  # fmt: skip
    assert [str(one.due_on) for one in item("2").periods.all()] == ["2026-06-10", "2026-06-20"]
    assert [(one.unit_id, one.phrase, one.source) for one in item("2").duties.all()] == [
        (unit, "消防部门", [106, 110])
    ]


def test_an_item_takes_its_place(plan, item, cast):
    save(item("3"), cast.clerk, position=1)
    assert list(plan.items.order_by("order").values_list("number", flat=True)) == ["3", "1", "2", "R1"]
    assert last().data["fields"]["order"] == [3, 1]
    save(item("3"), cast.clerk, position=99)
    assert plan.items.order_by("order").last().number == "3"


def test_the_second_of_two_editors_is_told_what_the_first_did(plan, item, cast):
    seen = token(item_state(item("1")))
    save(item("1"), cast.office_head, title="农机培训")
    with pytest.raises(Conflict, match="谢长青 在 09:00 改了标题（改为“农机培训”）"):
        save(item("1"), cast.clerk, seen=seen, text="…")
    assert item("1").text != "…"


def test_two_editors_of_two_items_do_not_meet(plan, item, cast):
    seen = token(item_state(item("1")))
    save(item("2"), cast.office_head, title="别的")
    assert save(item("1"), cast.clerk, seen=seen, title="农机培训")


@pytest.mark.parametrize("who", ["auditor", "administrator"])
def test_only_the_office_edits(plan, item, cast, who):
    with pytest.raises(Refused, match="安委办"):
        save(item("1"), getattr(cast, who), title="农机培训")
    assert item("1").title == "开展进农村活动"


def test_what_is_in_approval_is_not_edited(plan, item, cast):
    Plan.objects.update(state="in_approval")
    with pytest.raises(Refused, match="审批中"):
        save(item("1"), cast.clerk, title="农机培训")
    with pytest.raises(Refused, match="审批中"):
        check_item(item=item("1").pk, checked=True, actor=actor(cast.clerk), at=AT)


def test_checking_twice_is_told_once(plan, item, cast):
    count = Entry.objects.count()
    for _ in range(2):
        check_item(item=item("1").pk, checked=True, actor=actor(cast.clerk), at=AT)
    assert (item("1").checked, Entry.objects.count()) == (True, count + 1)
