"""Every number of the board that is a link leads to the ledger, which finds just as many."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pytest

from foundation.organization.models import Appointment
from tests.cast import actor
from tests.workflows.tasks.minutes import AT, Minutes
from workflows.tasks import services
from workflows.tasks.models import Task
from workflows.tracking.facts import Fact
from workflows.tracking.views import board
from workflows.tracking.waiting import standings

from .conftest import DUE, NOW, SENT, add_item, give, move

BOARD = "/board/"
COUNT = re.compile(r'<a class="count[^"]*" href="(/tasks/[^"]*)">(.*?)</a>', re.DOTALL)


@pytest.fixture
def swing(settings, campaign, cast):
    """In every state, with a unit whose liaison officer is gone, a handler, signers of two steps."""
    settings.ROOT_URLCONF = "config.urls"
    states = ("received", "returned", "accepted", "archived", "waived", "cancelled", "rejected")
    for number, state in enumerate(states, 11):
        give(add_item(campaign.plan, str(number), DUE["2"]), cast.department.unit, state=state)
    told = Minutes(campaign.tasks["jia", "1"], cast, AT)
    told.receive()
    told.hold()
    told.submit()
    given = campaign.tasks["jia", "2"]
    move(Task.receive, given, seat=cast.town.liaison, at=SENT)
    services.hand_over(task=given, handler=cast.town.handler.pk, actor=actor(cast.town.liaison), at=SENT)
    Task.objects.filter(pk=given).update(changed=NOW - dt.timedelta(days=3))
    Appointment.objects.filter(pk=cast.other.liaison.pk).update(end=NOW.date() - dt.timedelta(days=1))
    return campaign


def numbers(html: str) -> list[tuple[str, str, int]]:
    """(address, spoken, number)"""
    found = []
    for address, text in COUNT.findall(html):
        spoken = "".join(re.findall(r"visually-hidden\">(.*?)</span>", text))
        number = re.sub(r"<span class=\"visually-hidden\">.*?</span>|<i.*?</i>", "", text)
        found.append((unescape(address), spoken.strip(), int(number)))
    return found


@pytest.mark.parametrize(
    "query",
    ["?range=all", "?range=towns", "?range=group-departments&by=items", "?range=all&by=items&light=overdue"],
)
def test_every_number_is_that_of_the_ledger_it_leads_to(swing, cast, sign_in, query):
    client = sign_in(cast.office_head)
    shown = dict.fromkeys(numbers(client.get(BOARD + query).content.decode()))
    assert len(shown) > 15
    wrong = {one: got for one in shown if (got := client.get(one[0]).context["count"]) != one[2]}
    assert not wrong


def test_a_unit_reads_its_own_numbers(swing, cast, sign_in):
    client = sign_in(cast.town.head)
    shown = numbers(client.get(BOARD).content.decode())
    assert [number for _, name, number in shown if name == "应办"] == [3]
    assert not {one: got for one in shown if (got := client.get(one[0]).context["count"]) != one[2]}


def test_items_go_down_on_request_with_units_across(swing, cast, sign_in):
    table = sign_in(cast.clerk).get(BOARD + "?by=items").context["table"]
    assert [head.title for head in table.heads] == ["甲镇", "乙镇"]
    assert [(row.number, [spot.light and spot.light.kind for spot in row.cells]) for row in table.rows][:2] == [
        ("1", ["ok", "overdue"]), ("2", ["near", None]),
    ]  # fmt: skip
    assert [one.number for one in table.rows[0].sums] == [2, 0, 1]


def test_only_items_with_something_late_on_request(swing, cast, sign_in):
    table = sign_in(cast.clerk).get(BOARD + "?by=items&light=overdue").context["table"]
    assert [row.number for row in table.rows] == ["1"]


def test_it_says_what_stands_where_and_for_how_long(swing, cast, sign_in):
    bands = sign_in(cast.clerk).get(BOARD + "?range=all").context["bands"]
    told = {row.name: (count.number, [one.number for one, _ in spans]) for row, count, spans in bands}
    assert told["单位填报"] == (2, [0, 1, 0, 1])
    assert told["单位审批"][0] == 1


def test_who_holds_what_begins_with_what_is_late(swing, cast, sign_in):
    hands = sign_in(cast.clerk).get(BOARD + "?range=all").context["hands"]
    assert [(hand.name, hand.unit, hand.count.number, hand.overdue.number) for hand in hands][:2] == [
        ("范昇", "市丙局", 3, 1), ("无联络员", "", 1, 1),
    ]  # fmt: skip
    assert {"何振邦", "黄立诚", "赖安宁"} < {hand.name for hand in hands}


def test_an_average_is_of_working_days():
    def fact(day: int) -> Fact:
        return Fact(
            day, 1, 1, "received", None, None, changed=dt.datetime(2026, 6, day, 9, tzinfo=NOW.tzinfo)
        )

    from foundation.organization.calendar import WorkCalendar

    (found,) = standings([fact(5), fact(11)], NOW.date(), WorkCalendar())  # two Fridays ago and yesterday
    assert (found.count, found.average, found.longest) == (2, 3.0, 5)


def test_on_a_wall_it_is_read_anew_every_minute_until_it_is_stopped(swing, cast, sign_in):
    client = sign_in(cast.clerk)
    page = client.get(BOARD + "?screen=1&range=all")
    html = page.content.decode()
    assert '<meta http-equiv="refresh" content="60;url=?plan=' in html
    still = client.get(BOARD + page.context["pause"])
    assert "http-equiv" not in still.content.decode()
    assert "http-equiv" in client.get(BOARD + still.context["resume"]).content.decode()
    assert "http-equiv" not in client.get(BOARD + page.context["leave"]).content.decode()


def test_a_wall_that_holds_not_all_units_turns_from_page_to_page_and_round(swing, cast, sign_in, monkeypatch):
    monkeypatch.setattr(board, "WALL_ROWS", 1)
    client = sign_in(cast.clerk)
    seen, address = [], client.get(BOARD + "?range=all&by=items").context["enter"]
    while address not in seen:
        seen.append(address)
        page = client.get(BOARD + address)
        assert [row.name for row in page.context["table"].rows] == [page.context["page"].rows[0].short_name]
        (address,) = re.findall(r'http-equiv="refresh" content="20;url=([^"]+)"', page.content.decode())
        address = address.replace("&amp;", "&")
    assert (len(seen), address) == (page.context["page"].count, seen[0])
