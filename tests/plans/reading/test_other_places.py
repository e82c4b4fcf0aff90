"""Invented plans, each in another form."""

import pytest

from tests.plans.reading.helpers import FIXTURES, LEXICON, dates, fixture, quantities, reports, uncovered, who
from workflows.plans.reading import Alternative, read


def test_a_notice_stands_before_the_plan_and_tables_behind_it():
    _, plan = fixture("notice_before_plan")
    assert (plan.title, plan.year) == ("青禾县2024年“安全生产月”活动方案", 2024)
    assert plan.theme == "人人讲安全、个个会应急——畅通生命通道"
    assert [(b.title, b.number) for b in plan.basis] == [
        ("关于开展2024年全省“安全生产月”活动的通知", "晋安办发〔2024〕31号")
    ]
    assert [(p.name, str(p.start), str(p.end)) for p in plan.periods] == [
        ("安全生产月", "2024-06-01", "2024-06-30")
    ]
    assert [(i.number, i.section) for i in plan.items] == [
        *((n, ("重点任务",)) for n in "一二三"),
        *((n, ("重点任务", "播放公益广告")) for n in "123"),
    ]


def test_duties_stand_in_brackets_behind_the_heading():
    _, plan = fixture("notice_before_plan")
    lecture, stand, school, *_ = plan.items
    assert dates(lecture) == [("by", None, "2024-06-10")]
    assert quantities(lecture) == [("min", 1, "次"), ("max", 3, "分钟"), ("min", 5, "张")]
    assert who(lecture.responsible) == [("lead", "towns"), ("lead", "departments")]
    assert [r for r, _ in who(stand.responsible)] == ["lead", "assist", "assist", "assist"]
    assert who(school.responsible) == [("lead", "education"), ("assist", "towns")]
    assert dates(school) == [("period", "2024-06-02", "2024-06-30")]


def test_reports_of_notice_and_requirements():
    _, plan = fixture("notice_before_plan")
    assert reports(plan) == [
        ("report", "联络员名单", "2024-05-28"),
        ("report", "活动信息", None),
        ("report", "活动总结和《统计表》（附件2）", "2024-07-05"),
    ]
    assert plan.reports[2].attachments == ("附件2",)
    assert who(plan.reports[2].who) == [("lead", "towns"), ("lead", "members")]


def test_what_is_no_date_is_listed_with_its_reason():
    text, plan = fixture("notice_before_plan")
    assert [(u.text, text[slice(*u.source)]) for u in plan.unread] == [
        ("6月31日", "6月31日"),
        ("每周五前", "每周五前"),
    ]
    assert {"impossible_date", "recurring"} <= {w.kind for w in plan.warnings}


def test_stages_are_items_and_the_year_turns():
    _, plan = fixture("stages_over_new_year")
    assert plan.year == 2024
    assert [dates(i) for i in plan.items] == [
        [("period", None, "2024-11-30")],
        [("period", "2024-12-01", "2025-03-31")],
        [("period", "2025-04-01", "2025-04-15"), ("by", None, "2025-04-10")],
    ]
    assert who(plan.items[1].responsible) == [
        ("lead", "forestry"),
        ("assist", "farming"),
        ("assist", "police"),
    ]
    assert reports(plan) == [("liaison", "联络员", None), ("report", "总结", "2025-04-10")]


def test_a_value_outside_the_tasks_that_nobody_took_is_unread():
    _, plan = fixture("stages_over_new_year")
    assert [u.text for u in plan.unread] == ["落实经费20万元。"]


def test_points_in_one_line_are_items():
    _, plan = fixture("points_in_a_line")
    assert (plan.year, plan.theme) == (2025, "人人讲安全、个个会应急——查找身边安全隐患")
    assert [(i.number, i.title) for i in plan.items] == [
        ("一", "开展隐患大排查"),
        ("二", "组织应急演练"),
        ("三", "做好宣传报道"),
    ]
    assert [quantities(i) for i in plan.items] == [
        [("min", 1, "次")],
        [("min", 1, "场"), ("min", 100, "人")],
        [("min", 2, "篇")],
    ]
    assert [who(i.responsible)[0] for i in plan.items] == [
        ("lead", "communities"),
        ("lead", "[镇应急管理办公室]"),
        ("lead", "[镇党政办]"),
    ]


def test_unknown_units_are_listed_and_asked_for():
    _, plan = fixture("points_in_a_line")
    assert [w.text for w in plan.warnings if w.kind == "unknown_unit"] == ["镇应急管理办公室", "镇党政办"]


def test_sections_themselves_are_tasks():
    _, plan = fixture("sections_are_tasks")
    assert [(i.number, i.title) for i in plan.items] == [
        ("一", "组织收看公开课"),
        ("二", "开展安全生产事故警示教育周活动"),
        ("一", "企业演练"),
        ("二", "学校演练"),
    ]
    assert who(plan.items[1].responsible) == [("lead", "towns"), ("lead", "departments")]
    assert who(plan.items[3].responsible) == [("lead", "education"), ("lead", "industry")]


def test_headings_over_numbers_that_restart():
    _, plan = fixture("headings_and_steps")
    assert [i.number for i in plan.items] == ["1", "2", "3", "1", "2", "三", "一", "二", "三"]
    assert dates(plan.items[0]) == [("by", None, "2025-10-31")]
    assert who(plan.items[2].responsible) == [("lead", "police"), ("lead", "transport")]
    assert "重点查起重机械" in plan.items[1].text
    assert plan.quotas[0].alternatives == (Alternative("double_penalty", 1), Alternative("referral", 2))
    assert str(plan.quotas[0].end) == "2025-12-31"
    assert [r for r in reports(plan) if r[0] == "report"] == [
        ("report", "工作方案", "2025-09-25"),
        ("report", "进展情况（附件1）", None),
        ("report", "工作总结", "2025-12-20"),
    ]


def test_duty_lines_below_steps_belong_to_the_task():
    _, plan = fixture("duty_lines")
    assert [i.number for i in plan.items] == ["一", "二", "三", "四"]
    assert who(plan.items[0].responsible) == [("lead", "fire"), ("lead", "media")]
    assert dates(plan.items[0]) == [("on", "2024-11-09", "2024-11-09")]
    assert who(plan.items[2].responsible) == [("lead", "[区民政局]"), ("lead", "health"), ("lead", "towns")]
    assert quantities(plan.items[3]) == [("exact", 300, "名"), ("exact", 10000, "份"), ("about", 2000, "张")]
    assert [due for *_, due in reports(plan)] == [None, "2024-11-15", "2024-11-30"]


def test_brackets_hold_dates_and_units_for_the_tasks_below():
    _, plan = fixture("brackets")
    assert [i.number for i in plan.items] == ["一", "1", "2", "3", "三"]
    assert [r for r, _ in who(plan.items[0].responsible)] == ["lead", "assist", "assist"]
    assert dates(plan.items[1]) == [("period", "2025-06-01", "2025-06-30")]
    assert dates(plan.items[2]) == [("by", None, "2025-06-20")]
    assert who(plan.items[4].responsible) == [("lead", "regulators"), ("lead", "towns"), ("lead", "fire")]
    assert reports(plan)[:2] == [
        ("report", "方案", "2025-05-31"),
        ("report", "典型经验材料1篇、照片5张", "2025-06-25"),
    ]


def test_a_notice_can_be_the_plan():
    _, plan = fixture("notice_is_the_plan")
    assert plan.title.endswith("关于开展2025年“安全生产月”活动的通知")
    assert [i.number for i in plan.items] == ["1", "2", "二", "三", "四"]
    assert who(plan.items[0].responsible) == [("lead", "publicity"), ("lead", "emergency")]
    assert who(plan.items[2].responsible)[1:4] == [
        ("lead", "education"),
        ("lead", "police"),
        ("lead", "transport"),
    ]
    assert dates(plan.items[3]) == [("period", "2025-06-11", "2025-06-20")]
    assert [due for *_, due in reports(plan)] == [
        "2025-05-25",
        "2025-06-10",
        "2025-06-20",
        "2025-06-30",
        "2025-07-03",
    ]


@pytest.mark.parametrize("name", [p.stem for p in sorted(FIXTURES.glob("*.txt"))])
def test_nothing_is_lost(name):
    text, plan = fixture(name)
    assert uncovered(text, plan) == ""


@pytest.mark.parametrize("name", [p.stem for p in sorted(FIXTURES.glob("*.txt"))])
def test_every_span_is_the_phrase(name):
    text, plan = fixture(name)
    assert all(text[slice(*i.source)] == i.text for i in plan.items)
    named = [r for i in plan.items for r in i.responsible] + [r for x in plan.reports for r in x.who]
    assert all(text[slice(*r.source)] == r.phrase for r in named)
    assert all(text[slice(*u.source)] == u.text for u in plan.unread)
    assert all(text[slice(*s.source)] == s.name for s in plan.systems)


def test_an_enclosed_plan_with_several_days_and_square_brackets():
    _, plan = fixture("plan_is_enclosed")
    assert plan.title == "金塘县2025年“安全生产月”活动实施方案"
    assert [(p.name, str(p.end)) for p in plan.periods] == [
        ("安全生产月", "2025-06-30"),
        ("集中启动周", "2025-06-07"),
    ]
    series = plan.items[1]
    assert [end for _, _, end in dates(series)] == [f"2025-06-{d}" for d in ("05", "12", "19", "26")]
    assert who(series.responsible) == [("lead", "emergency"), ("lead", "media"), ("lead", "towns")]
    assert [r[2] for r in reports(plan)] == ["2025-05-25", None, "2025-07-05"]


def test_stages_of_a_time_section_that_say_who_acts_are_items_too():
    _, plan = fixture("stages_with_acts")
    assert [i.section for i in plan.items] == [("检查重点",)] * 2 + [("时间安排",)] * 3
    assert who(plan.items[1].responsible) == [("lead", "[公安北岭分局]"), ("lead", "transport")]
    assert quantities(plan.items[3]) == [("exact", 6, "个"), ("min", 3, "人"), ("min", 200, "家")]
    assert [p.name for p in plan.periods] == ["自查自改阶段", "集中检查阶段", "总结阶段"]
    assert reports(plan) == [("report", "自查报告", "2024-09-30")]


def test_a_number_before_a_month_is_the_items_number():
    _, plan = fixture("winter_street")
    assert [(i.number, dates(i)) for i in plan.items] == [
        ("1", [("by", None, "2025-01-31")]),
        ("2", [("by", None, "2024-12-20")]),
        ("3", [("period", "2025-01-20", "2025-02-15")]),
        ("4", [("by", None, "2025-02-28")]),
    ]
    assert reports(plan) == [("report", "工作进展", None), ("report", "总结", "2025-03-25")]


def test_a_list_of_days_before_the_verb_is_a_report_each():
    text = "某县2025年活动方案\n一、工作要求\n各乡镇6月6日、13日、20日下班前报送《统计表》（见附件2）。\n"
    plan = read(text, LEXICON)
    assert [(str(r.due), r.attachments) for r in plan.reports] == [
        (f"2025-06-{d}", ("附件2",)) for d in ("06", "13", "20")
    ]
    assert {w for r in plan.reports for w in who(r.who)} == {("lead", "towns")}
