"""The feed keeps RFC 5545: line breaks, folding, escaping, required properties, times."""

import datetime as dt
import re

from hypothesis import given
from hypothesis import strategies as st

from workflows.tracking.schedule.ics import Event, calendar, escaped, folded

STAMP = dt.datetime(2026, 5, 29, 16, 5, tzinfo=dt.timezone(dt.timedelta(hours=8)))
texts = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\\;,"), max_size=200)


def event(**more) -> Event:
    told = {
        "uid": "1-a@anban",
        "title": "安全专题",
        "on": dt.date(2026, 6, 16),
        "span": (570, 600),
        "stamp": STAMP,
    }
    return Event(**told | more)


def read(feed: bytes) -> list[str]:
    """Unfolded lines, as a reader of the standard has them."""
    text = feed.decode()
    assert text.endswith("\r\n")
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", text)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def unescaped(text: str) -> str:
    return re.sub(r"\\([\\;,nN])", lambda found: "\n" if found[1] in "nN" else found[1], text)


def test_a_calendar_has_what_the_standard_asks_for():
    lines = read(calendar("甲镇日程", [event()]))
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert "VERSION:2.0" in lines
    assert any(line.startswith("PRODID:") for line in lines)
    assert lines[lines.index("BEGIN:VEVENT") :] == [
        "BEGIN:VEVENT", "UID:1-a@anban", "DTSTAMP:20260529T080500Z", "DTSTART:20260616T013000Z", "DTEND:20260616T020000Z",
        "SUMMARY:安全专题", "SEQUENCE:0", "STATUS:CONFIRMED", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip


def test_without_a_time_it_is_the_whole_day_and_ends_before_the_next():
    lines = read(calendar("", [event(span=None, settled=False)]))
    assert "DTSTART;VALUE=DATE:20260616" in lines
    assert "DTEND;VALUE=DATE:20260617" in lines
    assert "STATUS:TENTATIVE" in lines


def test_early_morning_in_china_is_the_day_before_in_utc():
    assert "DTSTART:20260615T160000Z" in read(calendar("", [event(span=(0, 30))]))


def test_an_empty_schedule_is_a_calendar_too():
    assert read(calendar("空", []))[-1] == "END:VCALENDAR"


@given(texts, texts)
def test_whatever_is_typed_comes_back_and_no_line_is_too_long(title, text):
    lines = read(calendar("日程", [event(title=title, text=text)]))
    (summary,) = [line for line in lines if line.startswith("SUMMARY:")]
    assert unescaped(summary.removeprefix("SUMMARY:")) == title
    if text:
        (described,) = [line for line in lines if line.startswith("DESCRIPTION:")]
        assert unescaped(described.removeprefix("DESCRIPTION:")) == text


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=300))
def test_folding_cuts_no_character(line):
    parts = folded(line).split("\r\n")
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line
    assert all(part.startswith(" ") for part in parts[1:])


def test_nobody_writes_a_property_of_their_own():
    lines = read(calendar("x", [event(title="一\r\nATTACH:http://a", place="二\nEND:VEVENT\x00")]))
    assert [line for line in lines if line.startswith(("ATTACH", "END:VEVENT"))] == ["END:VEVENT"]
    assert escaped("a\x00b\x7f") == "ab"


def test_the_same_slots_give_the_same_bytes():
    assert calendar("甲镇", [event()]) == calendar("甲镇", [event()])
