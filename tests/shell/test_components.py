import datetime as dt

import pytest
import time_machine
from django.template import Context, Template
from django.utils import timezone

from . import samples


def shown(source: str, **context) -> str:
    return Template("{% load components %}" + source).render(Context(context))


@pytest.fixture
def styleguide(client) -> str:
    return client.get("/styleguide/").content.decode()


@pytest.mark.parametrize(
    "piece",
    [
        "work-item is-unread",
        "summary-card",
        'class="tabs"',
        'class="chips"',
        'class="pager"',
        'class="empty"',
        'class="facts is-two"',
        'class="attachments"',
        'class="timeline"',
        'class="stepper"',
        'class="action-bar"',
        "menu is-up",
        "ledger is-cards",
        'class="matrix"',
        "error-summary",
        'class="choice"',
        "source-text",
        "<progress",
        'class="notice is-near"',
        'class="tag is-urgent"',
    ],
)
def test_the_styleguide_shows_every_component(styleguide, piece):
    assert piece in styleguide


@time_machine.travel(dt.datetime(2026, 6, 12, 2, tzinfo=dt.UTC))
def test_times_are_short_and_name_the_year_only_when_it_is_another():
    at = timezone.make_aware(dt.datetime(2026, 6, 9, 9, 5))
    assert shown("{{ at|moment }} {{ at|day }}", at=at) == "6月9日 09:05 6月9日"
    assert shown("{{ on|day }}", on=dt.date(2025, 12, 1)) == "2025年12月1日"
    assert shown("{{ none|day }}{{ none|moment }}", none=None) == ""


def test_a_moment_is_told_in_the_offices_time_zone():
    late = dt.datetime(2026, 6, 9, 17, 30, tzinfo=dt.UTC)
    assert shown("{{ at|moment }}", at=late).endswith("6月10日 01:30")


def test_a_post_of_the_office_is_named_without_its_unit_and_acting_is_said():
    office, town = samples.identities()
    town.acting = True
    assert shown("{{ one|seat }}", one=office) == "安办经办"
    assert shown("{{ one|seat }}", one=town) == "浛洸镇联络员（主持工作）"


def test_counts_are_capped_and_zero_is_shown():
    items = [{"label": "已办", "url": "#", "count": 340}, {"label": "待阅", "url": "#", "count": 0}]
    html = shown('{% tabs items "事项" %}', items=items)
    assert "<span>99+</span>" in html
    assert "<span>0</span>" in html


def test_words_of_people_are_escaped_everywhere():
    evil = "<script>x</script>"
    html = shown(
        "{% timeline entries %}{% attachments files %}{% facts pairs %}{% tag evil %}"
        "{% notice '' evil %}{{ evil }}{% endnotice %}{% empty evil evil %}",
        evil=evil,
        entries=[{"state": "past", "who": evil, "does": evil, "opinion": evil}],
        files=[{"name": evil, "url": "#", "size": 1}],
        pairs=[(evil, evil)],
    )
    assert "<script" not in html
    assert html.count("&lt;script") == 11


def test_the_timeline_says_its_marks_and_names_whom_a_proxy_stood_for():
    entries = [
        {"state": "returned", "who": "罗书言", "does": "退回"},
        {"state": "past", "who": "何振邦", "behalf": "周晓岚", "does": "同意"},
    ]
    html = shown("{% timeline entries %}", entries=entries)
    assert '<li class="is-past is-returned"><span class="visually-hidden">已退回：' in html
    assert "何振邦</b>（代 周晓岚） 同意" in html


def steps(count: int) -> list[dict[str, object]]:
    day = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
    return [
        {"state": "past", "who": f"第{n}人", "does": "催办", "at": day + dt.timedelta(n)}
        for n in range(count)
    ]


@pytest.mark.parametrize("latest_first", [False, True])
def test_of_a_long_past_the_latest_is_read_and_the_rest_is_folded_where_it_stands(latest_first):
    past = steps(12)[:: -1 if latest_first else 1]
    html = shown("{% timeline entries %}", entries=past)
    before, rest = html.split("<details")
    folded, after = rest.split("</details>")
    assert "更早的 6 步" in folded
    assert [one["who"] for one in past if one["who"] + "<" in folded] == [
        one["who"] for one in past[6 if latest_first else 0 :][:6]
    ]
    assert bool(before) == latest_first
    assert bool(after.strip()) != latest_first


def test_a_short_past_is_not_folded():
    assert "<details" not in shown("{% timeline entries %}", entries=steps(10))


def test_the_stepper_marks_the_current_step():
    html = shown("{% stepper steps %}", steps=[{"state": "now", "title": "签收"}])
    assert '<li class="is-now" aria-current="step">签收' in html


def test_progress_asks_again_only_until_it_is_finished():
    asking = shown('{% progress "/jobs/1/" 3 9 "正在下达" %}')
    finished = shown('{% progress "/jobs/1/" 9 9 "已下达 9 件" finished=True %}')
    assert 'hx-get="/jobs/1/" hx-trigger="every 2s"' in asking
    assert "hx-get" not in finished
    assert 'data-announce="已下达 9 件"' in finished


def test_the_pager_links_only_where_there_is_more():
    assert "上一页" not in shown('{% pager "第 1–50 件" older="?after=50" %}')


def test_files_can_be_removed_only_where_the_page_says_so():
    files = [{"name": "照片.jpg", "url": "#", "size": 1, "pk": 7}]
    assert "移除" not in shown("{% attachments files %}", files=files)
    assert 'name="remove" value="7"' in shown("{% attachments files removable=True %}", files=files)


def test_a_chip_with_nothing_behind_it_has_no_light():
    late = {"label": "超期", "url": "?", "kind": "overdue"}
    assert "is-overdue" in shown('{% chips items "筛选" %}', items=[late | {"count": 2}])
    assert "is-overdue" not in shown('{% chips items "筛选" %}', items=[late | {"count": 0}])
