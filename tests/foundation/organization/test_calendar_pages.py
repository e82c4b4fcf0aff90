"""The working calendar on its pages: loading a year, uploading one, the banner where one is missing."""

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import reverse

from foundation.organization.models import Day
from foundation.organization.seed import seed_days
from foundation.organization.services import save_days, working_calendar

from .conftest import AT

FEASTS = "日期,是否工作日,名称\n2027-01-01,否,元旦\n2027/1/3,是,元旦调休\n"


@pytest.fixture
def clerk(cast, sign_in):
    return sign_in(cast.clerk)


def upload(client, text):
    return client.post(reverse("calendar_upload"), {"file": SimpleUploadedFile("放假.csv", text.encode())})


def confirm(client, preview):
    return client.post(reverse("calendar_upload"), {"rows": preview.context["rows"]})


def test_a_year_is_loaded_from_the_package(clerk):
    clerk.post(reverse("calendar_seed"), {"year": "2026"})
    calendar = working_calendar(2026, 2026)
    assert (len(calendar.days), calendar.works(dt.date(2026, 2, 14))) == (365, True)
    page = clerk.get(reverse("calendar"), {"year": "2026"}).content.decode()
    assert "春节" in page
    assert "<span>班</span>" in page


def test_a_year_the_package_does_not_hold_asks_for_an_upload(clerk):
    answer = clerk.post(reverse("calendar_seed"), {"year": "2027"}, follow=True)
    assert "请上传放假安排表" in answer.content.decode()
    assert not Day.objects.exists()


def test_a_new_year_is_filled_by_the_week_around_what_was_uploaded(clerk):
    preview = upload(clerk, FEASTS)
    assert preview.context["reading"].filled == [2027]
    assert not Day.objects.exists()
    confirm(clerk, preview)
    calendar = working_calendar(2027, 2027)
    assert len(calendar.days) == 365
    assert [calendar.works(dt.date(2027, 1, n)) for n in (1, 2, 3, 4)] == [False, False, True, True]


def test_the_preview_shows_only_what_changes(clerk):
    save_days(seed_days(2026), at=AT)
    text = "日期,是否工作日,名称\n2026-01-01,否,元旦\n2026-06-10,否,停工\n"
    (change,) = upload(clerk, text).context["reading"].changes
    assert (change.date, change.before, change.after) == (dt.date(2026, 6, 10), "工作日", "休息日（停工）")


def test_a_change_leaves_the_other_days_alone(clerk):
    save_days(seed_days(2026), at=AT)
    confirm(clerk, upload(clerk, "日期,是否工作日,名称\n2026-06-10,否,停工\n"))
    works = [works for works, _ in seed_days(2026).values()]
    assert Day.objects.filter(date__year=2026, works=True).count() == sum(works) - 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("2027-02-29,否,元旦", "没有2027-02-29这一天"),
        ("元旦,否,元旦", "日期“元旦”看不懂"),
        ("2027-01-01,也许,元旦", "请填“是”或“否”"),
        ("1027-01-01,否,元旦", "年份1027"),
        (f"2027-01-01,否,{'长' * 21}", "最多 20 个字"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_written(clerk, line, says):
    answer = upload(clerk, f"{FEASTS}{line}\n")
    assert answer.status_code == 422
    ((number, sentence),) = answer.context["reading"].errors
    assert number == 4
    assert says in sentence
    assert confirm(clerk, answer).status_code == 422
    assert not Day.objects.exists()


def test_a_day_written_twice_is_an_error(clerk):
    answer = upload(clerk, f"{FEASTS}2027-01-01,是,\n")
    assert answer.context["reading"].errors == [(4, "2027-01-01写了两次，请留一行。")]


def test_a_file_that_is_no_table_is_refused_on_the_page(clerk):
    answer = upload(clerk, "随便写的")
    assert answer.status_code == 422
    assert "第一行缺少列" in answer.content.decode()


@pytest.mark.parametrize("year", ["", "x", "99999", "1"])
def test_a_year_that_makes_no_sense_shows_this_one(clerk, year):
    assert clerk.get(reverse("calendar"), {"year": year}).status_code == 200


def missing(client):
    request = client.get(reverse("address_book")).wsgi_request
    return render_to_string("organization/calendar_banner.html", request=request).strip()


@pytest.mark.parametrize(
    ("today", "loaded", "banner"),
    [
        ("2026-11-30T10:00+08:00", (2026,), ""),
        ("2026-12-01T10:00+08:00", (2026,), "2027 年工作日历尚未导入"),
        ("2026-12-01T00:30+08:00", (2025,), "2026 年工作日历尚未导入"),
        ("2027-01-01T10:00+08:00", (2026,), "2027 年工作日历尚未导入"),
    ],
)
def test_the_banner_names_the_year_that_is_missing(cast, sign_in, today, loaded, banner):
    for year in loaded:
        save_days(seed_days(year), at=AT)
    with time_machine.travel(today, tick=False):
        shown = missing(sign_in(cast.clerk))
    assert (banner in shown) if banner else shown == ""


def test_only_who_keeps_the_calendar_is_warned(cast, sign_in):
    warned = {seat.post for seat in cast if missing(sign_in(seat))}
    assert warned == {"office_clerk", "office_head", "administrator"}
