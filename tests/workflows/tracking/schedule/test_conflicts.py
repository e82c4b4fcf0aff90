"""One slot, one programme; material before the day it is shown; all within the campaign."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.tracking.schedule.conflicts import Rule, Slot, conflicts
from workflows.tracking.schedule.times import DAY, span_of

ON = dt.date(2026, 6, 16)
WINDOW = (dt.date(2026, 6, 1), dt.date(2026, 12, 31))


def slot(key="a", unit="jia", on=ON, time="19:30-19:45", title="安全专题", place="英德新闻", **more) -> Slot:
    return Slot(key, unit, on, time, title, place=place, **{"broadcast": True} | more)


def found(*slots, window=WINDOW) -> list[tuple[str, str, str]]:
    return [(one.slot.key, one.rule.value, one.other.key if one.other else "") for one in conflicts(slots, window)]  # fmt: skip


def test_two_programmes_in_one_slot_are_named_at_both_sides():
    assert found(slot("a"), slot("b", "yi", time="19：40")) == [("a", "slot", "b"), ("b", "slot", "a")]


@pytest.mark.parametrize(
    "other",
    [
        {"time": "19:45-20:00"}, {"on": ON + dt.timedelta(1)}, {"place": "英德访谈"}, {"place": ""}, {"time": ""},
    ],
)  # fmt: skip
def test_what_follows_or_lies_elsewhere_collides_with_nothing(other):
    assert found(slot("a"), slot("b", **other)) == []


def test_an_activity_collides_with_those_of_its_own_unit_alone():
    hall = {"place": "会议室", "broadcast": False}
    assert found(slot("a", "jia", **hall), slot("b", "yi", **hall)) == []
    assert len(found(slot("a", "jia", **hall), slot("b", "jia", **hall))) == 2


def test_times_that_nobody_can_tell_collide_when_they_read_the_same():
    assert len(found(slot("a", time="黄金时段"), slot("b", time="黄金时段"))) == 2
    assert found(slot("a", time="黄金时段"), slot("b", time="随新闻")) == []


@pytest.mark.parametrize(("days", "rules"), [(1, []), (0, ["material"]), (-1, ["material"])])
def test_material_comes_before_the_day_it_is_shown(days, rules):
    assert [rule for _, rule, _ in found(slot(material=ON - dt.timedelta(days)))] == rules


@pytest.mark.parametrize(
    ("on", "rules"),
    [(WINDOW[0], []), (WINDOW[1], []), (dt.date(2026, 5, 31), ["window"]), (dt.date(2027, 1, 1), ["window"])],
)
def test_it_lies_within_the_campaign(on, rules):
    assert [rule for _, rule, _ in found(slot(on=on))] == rules
    assert found(slot(on=on), window=(None, None)) == []


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("19:30", (1170, 1171)), ("19:30-19:45", (1170, 1185)), ("１９：３０—１９：４５", (1170, 1185)), ("9点半至10点", (570, 600)),
        ("晚上8点至9点30分", (1200, 1290)), ("下午3时", (900, 901)), ("上午", (480, 720)), ("全天", (0, DAY)), ("20:00-19:00", (1200, 1201)),
        ("25:00", None), ("黄金时段", None), ("", None), ("12:00", (720, 721)), ("中午12点", (720, 721)),
        ("上午9-11时", (540, 660)), ("9—11:30", (540, 690)), ("22:00-24:00", (1320, DAY)), ("中午1点至2点", (780, 840)), ("24:01", None),
    ],
)  # fmt: skip
def test_times_as_people_write_them(text, span):
    assert span_of(text) == span


times = st.tuples(st.integers(0, 23), st.integers(0, 59), st.integers(1, 90)).map(
    lambda one: (one[0] * 60 + one[1], min(one[0] * 60 + one[1] + one[2], DAY - 1))
)
many = st.lists(
    st.tuples(times, st.sampled_from(["新闻", "访谈"]), st.sampled_from(["jia", "yi"]), st.booleans()),
    max_size=9,
)


def clock(span) -> str:
    start, end = span
    return f"{start // 60}:{start % 60:02}-{end // 60}:{end % 60:02}"


@given(many)
def test_collisions_are_those_a_slow_look_at_every_pair_finds(drawn):
    slots = [
        slot(str(n), unit, time=clock(span), place=place, broadcast=air)
        for n, (span, place, unit, air) in enumerate(drawn)
    ]
    spans = [(span[0], max(span[1], span[0] + 1)) for span, *_ in drawn]
    slow = {
        (a.key, b.key)
        for n, a in enumerate(slots)
        for m, b in enumerate(slots)
        if n != m and a.place == b.place and a.broadcast == b.broadcast and (a.broadcast or a.unit == b.unit)
        and spans[n][0] < spans[m][1] and spans[m][0] < spans[n][1]
    }  # fmt: skip
    fast = conflicts(slots, WINDOW)
    assert {(one.slot.key, one.other.key) for one in fast if one.rule == Rule.SLOT and one.other} == slow
    assert len(fast) == len(slow)
