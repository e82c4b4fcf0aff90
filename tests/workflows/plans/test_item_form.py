"""The form of an item: rows are added by sending it, nothing typed is lost, nothing is saved before “保存”."""

import pytest
from django.urls import reverse

TYPED = {
    "number": "2", "title": "充电安全自查", "text": "指导社区开展自查。\r\n分两批。", "kind": "activity",
    "disposition": "dispatch", "deliverables": ["records"], "position": "2",
    "periods-TOTAL_FORMS": "1", "periods-0-name": "", "periods-0-starts_on": "",
    "periods-0-due_on": "2026-06-15", "duties-TOTAL_FORMS": "0",
}  # fmt: skip


@pytest.fixture
def send(plan, item, clerk):
    """send(do="save", …) -> the answer to the form of item 2, filled in as a browser would."""
    url = reverse("plan_item", args=[plan.pk, item("2").pk])
    seen = clerk.get(url).context["seen"]
    return lambda **typed: clerk.post(url, {**TYPED, "seen": seen, "do": "save", **typed})


def test_what_was_typed_is_saved(send, item, cast):
    key = f"u{cast.department.unit.pk}"
    answer = send(**{"duties-TOTAL_FORMS": "1", "duties-0-who": key, "duties-0-role": "lead"})
    assert answer.status_code == 302
    saved = item("2")
    assert (saved.title, saved.text) == ("充电安全自查", "指导社区开展自查。\n分两批。")
    assert [one.unit_id for one in saved.duties.all()] == [cast.department.unit.pk]


def test_saving_and_checking_leads_to_the_next_item(send, item, plan):
    answer = send(do="check")
    assert item("2").checked
    assert answer.url == reverse("plan_item", args=[plan.pk, item("3").pk])


def test_one_more_period_keeps_what_was_typed(send, item):
    page = send(do="period", title="还没保存")
    assert [len(page.context["editor"].periods.forms), item("2").title] == [2, "开展进社区活动"]
    assert "还没保存" in page.content.decode()


def test_an_empty_row_of_periods_is_no_period(send, item):
    send(**{"periods-TOTAL_FORMS": "3"})
    assert [str(one.due_on) for one in item("2").periods.all()] == ["2026-06-15"]


def test_a_period_can_be_removed(send, item):
    send(**{"periods-0-DELETE": "on"})
    assert not item("2").periods.exists()


@pytest.mark.parametrize("words", ["丙局", "bj", "某市丙", "丙部门"])
def test_units_are_found_by_name_and_initials(send, words, cast):
    cast.department.unit.initials = "bj"
    cast.department.unit.save()
    found = send(do="find", words=words).context["editor"].found
    assert [one.name for one in found] == ["市丙局"]


def test_groups_are_found_too(send):
    found = send(do="find", words="各镇").context["editor"].found
    assert "各镇（街）" in [one.name for one in found if one.hint == "范围"]


def test_nobody_found_is_said(send):
    assert "没有找到“戊局”" in send(do="find", words="戊局").content.decode()


def test_a_unit_found_for_an_unknown_phrase_settles_it(send, item, cast):
    key = f"u{cast.department.unit.pk}"
    page = send(do="", find="消防部门")
    assert page.context["editor"].phrase == "消防部门"
    send(**{f"add-{key}": "lead", "phrase": "消防部门"})
    duty = item("2").duties.get()
    assert (duty.unit_id, duty.phrase, duty.source) == (
        cast.department.unit.pk, "消防部门", item("2").reading["responsible"][0]["source"],
    )  # fmt: skip


def test_a_phrase_can_be_told_to_mean_nobody(send, item):
    send(settled=["消防部门"])
    assert item("2").settled == ["消防部门"]


def test_who_stands_there_twice_leads_once(send, item, cast):
    key = f"u{cast.department.unit.pk}"
    send(**{
        "duties-TOTAL_FORMS": "2", "duties-0-who": key, "duties-0-role": "assist",
        "duties-1-who": key, "duties-1-role": "lead",
    })  # fmt: skip
    assert [one.role for one in item("2").duties.all()] == ["lead"]


@pytest.mark.parametrize("key", ["u999999", "x1", "u", "g0", "u1; drop"])
def test_a_unit_that_was_made_up_is_left_out(send, item, key):
    send(**{"duties-TOTAL_FORMS": "1", "duties-0-who": key, "duties-0-role": "lead"})
    assert not item("2").duties.exists()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"title": ""}, "标题"),
        ({"text": "长" * 8001}, "内容"),
        ({"periods-0-due_on": "2026-06-31"}, "截止"),
        ({"periods-0-starts_on": "2026-06-20"}, "早于开始的 6月20日"),
        ({"kind": "nonsense"}, "类型"),
        ({"disposition": ""}, "处理"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_lost(send, item, typed, says):
    page = send(**{"title": "还没保存", **typed})
    assert page.status_code == 422
    assert says in page.content.decode()
    assert "分两批" in page.content.decode() or "text" in typed
    assert item("2").title == "开展进社区活动"


def test_two_editors_at_once_keep_both_words_on_the_page(send, item, plan):
    send(title="第一个人的标题")
    page = send(title="第二个人的标题")
    text = page.content.decode()
    assert page.status_code == 422
    assert "罗书言" in text
    assert "改为“第一个人的标题”" in text
    assert 'value="第二个人的标题"' in text
    again = send(title="第二个人的标题", seen=page.context["seen"])
    assert (again.status_code, item("2").title) == (302, "第二个人的标题")


def test_what_was_typed_about_a_removed_item_stays_on_the_page(send, item, plan, clerk):
    clerk.post(reverse("plan_item_act", args=[plan.pk, item("2").pk, "remove"]))
    page = send()
    assert page.status_code == 422
    assert "刚刚被别人删除" in page.content.decode()
    assert "分两批" in page.content.decode()


def test_a_new_item_is_made_from_words_of_the_text(plan, clerk):
    start = plan.text.index("请各镇")
    url = reverse("plan_item_new", args=[plan.pk]) + f"?from={start}&to={start + 5}"
    assert clerk.get(url).context["item"].text == "请各镇（街"
    clerk.post(url, {**TYPED, "number": "4", "do": "save", "position": "1"})
    made = plan.items.get(number="4")
    assert (made.source, made.order) == ([start, start + 5], 1)


@pytest.mark.parametrize(
    "span", ["from=5&to=2", "from=0&to=999999", "from=a&to=b", "from=-1&to=3", f"from=0&to={'1' * 5000}"]
)
def test_a_span_that_is_none_gives_an_empty_form(plan, clerk, span):
    page = clerk.get(reverse("plan_item_new", args=[plan.pk]) + "?" + span)
    assert page.context["item"].text == ""


@pytest.mark.parametrize("count", ["", "x", "-1", "100000000000", "1" * 5000])
def test_a_form_with_a_wrong_count_of_rows_does_no_harm(send, item, count):
    assert send(**{"duties-TOTAL_FORMS": count}).status_code == 302
    assert send(**{"periods-TOTAL_FORMS": count}).status_code in (302, 422)
