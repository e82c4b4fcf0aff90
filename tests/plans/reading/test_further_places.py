"""More invented plans: three-year actions, fire months, drills, campaigns, tables pasted as text."""

import pytest

from tests.plans.reading.helpers import LEXICON, dates, fixture, quantities, reports, who
from workflows.plans.reading import Alternative, read


def leads(item) -> list[str]:
    return [name for role, name in who(item.responsible) if role == "lead"]


def test_who_joins_hands_stands_in_brackets_behind_the_sentence():
    _, plan = fixture("three_year_action")
    training, warning, check, *_ = plan.items
    assert who(training.responsible) == [
        ("lead", "emergency"),
        ("assist", "industry"),
        ("assist", "housing"),
        ("lead", "towns"),
    ]
    assert leads(warning) == ["education", "police", "transport"]
    assert (leads(check), dates(check)) == (["fire", "housing"], [("by", None, "2025-09-30")])


def test_two_quotas_of_one_sentence_have_their_own_units():
    _, plan = fixture("three_year_action")
    assert [(q.alternatives, who(q.who), str(q.end)) for q in plan.quotas] == [
        ((Alternative("double_penalty", 1),), [("lead", "towns")], "2025-11-30"),
        ((Alternative("referral", 1),), [("lead", "regulators")], "2025-11-30"),
    ]


def test_monthly_news_and_the_years_summary_are_reports():
    _, plan = fixture("three_year_action")
    assert [r for r in reports(plan) if r[0] == "report"] == [
        ("report", "上月工作进展", None),
        ("report", "年度工作总结", "2025-12-10"),
    ]
    assert [w.kind for w in plan.warnings if w.text == "每月5日前"] == ["recurring"]


def test_a_fire_month_behind_its_notice():
    _, plan = fixture("notice_and_fire_month")
    assert (plan.title, plan.theme) == (
        "金坪市2024年消防宣传月活动实施方案",
        "全民消防、生命至上——安全用火用电",
    )
    assert leads(plan.items[2]) == ["education", "[民政局]", "housing", "industry"]
    assert quantities(plan.items[3]) == [("min", 3000, "人次")]
    assert [due for *_, due in reports(plan)] == ["2024-11-20", "2024-11-05", None, "2024-12-03"]


def test_place_and_participants_of_a_drill_are_no_tasks():
    _, plan = fixture("flood_drill")
    assert [(i.number, i.section) for i in plan.items] == [
        ("四", ()),
        *((n, ("演练步骤",)) for n in "一二三"),
    ]
    assert leads(plan.items[1]) == ["[镇应急办]", "communities"]
    assert leads(plan.items[3]) == ["[镇应急办]"]


def test_a_gas_campaign_counts_places_and_pipes():
    _, plan = fixture("gas_campaign")
    assert [(str(p.start), str(p.end)) for p in plan.periods] == [("2023-08-25", "2023-11-30")]
    assert [[(q.value, q.unit, q.what) for q in i.quantities] for i in plan.items[2:4]] == [
        [(12, "公里", "改造")],
        [(200, "家", "餐饮场所")],
    ]
    assert dates(plan.items[2]) == [("by", None, "2023-12-31")]
    assert reports(plan) == [("report", "总结", "2023-11-25")]


def test_points_one_two_three_carry_their_own_labels():
    _, plan = fixture("sentences_one_two_three")
    assert [i.title for i in plan.items] == ["开展“敲门入户”行动", "组织媒体集中曝光", "举办“全民体验日”活动"]
    assert leads(plan.items[2]) == ["fire", "education"]
    assert dates(plan.items[2]) == [("by", None, "2025-11-15")]


def test_labels_in_headings_and_square_brackets():
    _, plan = fixture("campus_steps")
    assert leads(plan.items[0]) == ["police", "[区城管局]", "market"]
    assert dates(plan.items[2]) == [("period", "2025-09-01", "2025-10-15")]
    assert who(plan.items[2].responsible) == [
        ("lead", "education"),
        ("assist", "police"),
        ("assist", "transport"),
    ]
    assert [(r.title, who(r.who)) for r in plan.reports] == [
        ("自查报告", [("lead", "schools")]),
        ("汇总上报区安委办", [("lead", "education")]),
    ]


def test_blanks_between_characters_and_wide_digits_do_no_harm():
    _, plan = fixture("stray_blanks")
    assert [dates(i) for i in plan.items[1:]] == [
        [("by", None, "2024-12-20")],
        [("by", None, "2025-02-28")],
        [("by", None, "2025-03-28")],
    ]
    assert quantities(plan.items[2]) == [("min", 120, "个")]


def test_a_season_without_days_is_asked_for():
    for name, words in (("stray_blanks", "元旦、春节、元宵节期间"), ("holiday_check", "“五一”前")):
        _, plan = fixture(name)
        assert [(w.kind, w.text) for w in plan.warnings if w.kind == "season"] == [("season", words)]


def test_deadlines_that_share_one_verb_are_a_report_each():
    _, plan = fixture("table_with_empty_cells")
    assert reports(plan) == [
        ("report", "本单位活动方案和联络员名单（姓名、职务、电话）", "2025-05-28"),
        ("report", "“安全生产月”活动总结", "2025-07-03"),
        ("report", "“安全生产古塘行”总结", "2025-12-05"),
    ]


def test_names_of_columns_are_not_asked_about():
    _, plan = fixture("table_with_empty_cells")
    assert [u.text for u in plan.unread] == ["典型案例每月至少报送1篇。"]
    assert [who(i.responsible)[0][1] for i in plan.items] == ["office", "emergency", "[县总工会]", "towns"]


def test_cases_of_both_kinds_are_two_quotas():
    _, plan = fixture("cases_of_both_kinds")
    assert [[(a.kind, a.min) for a in q.alternatives] for q in plan.quotas] == [
        [("double_penalty", 3)],
        [("referral", 1)],
    ]
    assert who(plan.items[1].responsible)[1:] == [
        ("assist", "emergency"),
        ("assist", "market"),
        ("assist", "[县自然资源局]"),
    ]


def test_a_plan_on_one_line_is_taken_apart():
    text, plan = fixture("one_line")
    assert plan.title == "临江镇2025年“安全生产月”活动安排"
    assert [(i.number, i.section, i.title) for i in plan.items][1:] == [
        ("2", ("内容",), "各村开展应急演练1次"),
        ("3", ("内容",), "中心小学开展主题班会"),
    ]
    assert reports(plan) == [("report", "总结", "2025-06-28")]
    assert text.count("\n") == 1


def test_lines_cut_at_the_page_are_joined():
    text, plan = fixture("cut_at_the_page")
    assert plan.title == "芦花县2025年有限空间作业安全专项整治工作方案"
    assert leads(plan.items[0]) == ["towns", "departments", "emergency", "housing"]
    assert plan.items[0].responsible[3].phrase == "县住\n建局"
    assert dates(plan.items[1])[-1] == ("by", None, "2025-07-31")
    assert reports(plan) == [("report", "工作总结", "2025-09-05")]
    assert all(text[slice(*i.source)] == i.text for i in plan.items)


def test_departments_without_place_and_points_within_a_line():
    _, plan = fixture("winter_battle")
    assert [i.number for i in plan.items] == ["1", "2", "3", "4", "①", "②", "③"]
    assert leads(plan.items[0]) == ["[公安交警大队]", "transport"]
    assert who(plan.items[3].responsible) == [("lead", "forestry"), ("assist", "towns")]
    assert dates(plan.items[5]) == [("period", "2024-12-01", "2025-02-15")]


def test_rows_with_tabs_are_a_table():
    text, plan = fixture("rows_with_tabs")
    assert [(i.number, i.title) for i in plan.items] == [
        ("1", "排查经营性自建房"),
        ("2", "整治C、D级危房，整治率达到100%"),
        ("3", "开展“回头看”不少于2轮次"),
    ]
    assert who(plan.items[1].responsible) == [("lead", "housing"), ("assist", "[市财政局]")]
    assert plan.items[0].text == text[slice(*plan.items[0].source)]


def test_a_plan_without_year_guesses_no_day():
    _, plan = fixture("four_weeks")
    assert (plan.year, [i.dates for i in plan.items]) == (None, [()] * 4)
    assert leads(plan.items[0]) == ["[镇安办]"]


def test_a_units_head_acts_for_the_unit():
    _, plan = fixture("three_levels")
    assert [i.section[-1] for i in plan.items] == [
        x for x in ("县级层面", "乡镇层面", "企业层面") for _ in "12"
    ]
    assert [leads(i) for i in plan.items[2:5]] == [["towns"], ["towns"], ["enterprises"]]
    assert quantities(plan.items[4]) == [("exact", 1, "堂")]
    assert reports(plan)[2] == ("report", "总结（电子版和纸质版）、统计表（附件2）", "2026-07-05")


def test_what_is_looked_at_is_no_task():
    _, plan = fixture("summer_checks")
    assert [(i.number, i.section) for i in plan.items] == [(n, ("检查安排",)) for n in "一二三"]
    assert [q.what for q in plan.items[1].quantities] == ["检查组", "", "对辖区单位检查"]


def test_a_notice_with_sections_as_tasks():
    _, plan = fixture("flood_season")
    assert leads(plan.items[3]) == ["towns", "fire", "health", "transport"]
    assert [q.what for q in plan.items[3].quantities][1:] == ["储备编织袋", "水泵", "转移避险演练"]
    assert [due for *_, due in reports(plan)] == ["2025-05-10", "2025-07-10", "2025-09-10"]


def test_a_choice_of_cases_is_one_quota():
    _, plan = fixture("call_for_cases")
    assert [([(a.kind, a.min) for a in q.alternatives], who(q.who)) for q in plan.quotas] == [
        ([("double_penalty", 1)], [("lead", "departments")]),
        ([("double_penalty", 3), ("referral", 1)], [("lead", "districts")]),
    ]


def test_items_with_the_same_number_are_all_kept():
    _, plan = fixture("double_number")
    assert [i.number for i in plan.items] == ["1", "2", "3", "3", "4"]
    assert {("duplicate_number", "3"), ("season", "清明前后")} <= {(w.kind, w.text) for w in plan.warnings}
    assert leads(plan.items[3]) == ["media"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("各镇人民政府、街道办事处要开展巡查。", ["towns"]),
        ("县教育局、县公安局按职责分工负责。", ["education", "police"]),
        ("此项工作由县住建局等有关部门负责。", ["housing"]),
        ("应急局会同镇安监所检查。", ["emergency"]),
        ("（县林业局牵头，各镇（街道）落实）", ["forestry", "towns"]),
        ("县教育局9月1日前完成。", ["education"]),
        ("负有安全生产监督管理职责的部门组织检查。", ["regulators"]),
    ],
)
def test_a_phrase_names_these_units(words, expected):
    plan = read(f"青禾县2025年方案\n一、重点任务\n（一）隐患整治。{words}\n（二）其他。\n", LEXICON)
    assert leads(plan.items[0]) == expected


@pytest.mark.parametrize(
    ("words", "kind", "end"),
    [
        ("完成时限：2025年9月底", "by", "2025-09-30"),
        ("（完成时间：2025.9.20）", "by", "2025-09-20"),
        ("办结时限: 2025-09-20", "by", "2025-09-20"),
        ("时限：９月２０日", "by", "2025-09-20"),
        ("最迟9月20日完成", "by", "2025-09-20"),
        ("9月20日下午5点前完成", "by", "2025-09-20"),
        ("9月20日之前完成", "by", "2025-09-20"),
        ("于9月1日～20日开展", "period", "2025-09-20"),
        ("自即日起至9月20日", "period", "2025-09-20"),
    ],
)
def test_a_deadline_has_many_spellings(words, kind, end):
    plan = read(f"青禾县2025年方案\n一、重点任务\n（一）隐患整治。{words}\n（二）其他。\n", LEXICON)
    assert [(k, e) for k, _, e in dates(plan.items[0])] == [(kind, end)]
