"""Invented plans of offices, schools, works and streets that number, bracket and break their lines otherwise."""

from tests.plans.reading.helpers import LEXICON, dates, fixture, quantities, reports, who
from workflows.plans.reading import Alternative, read


def leads(item) -> list[str]:
    return [name for role, name in who(item.responsible) if role == "lead"]


def whats(item) -> list[tuple[int | float, str, str]]:
    return [(q.value, q.unit, q.what) for q in item.quantities]


def test_stages_of_a_fire_month_hold_the_dates_of_their_points():
    _, plan = fixture("fire_month_stages")
    assert [(i.number, i.section[-1][:4]) for i in plan.items] == [
        ("1", "启动阶段"),
        ("2", "启动阶段"),
        *((n, "集中宣传") for n in "1234"),
        ("三", "主要内容"),
    ]
    assert who(plan.items[1].responsible) == [("lead", "towns")]
    assert leads(plan.items[5]) == ["media"]
    assert dates(plan.items[5]) == [("period", "2025-11-08", "2025-11-24")]
    assert whats(plan.items[6]) == [(10, "个", "先进集体"), (20, "名", "先进个人")]
    assert [due for *_, due in reports(plan)] == ["2025-10-28", "2025-11-08", "2025-11-18", "2025-12-03"]


def test_a_bracket_below_the_steps_speaks_for_all_of_them():
    _, plan = fixture("gas_hundred_days")
    assert [i.number for i in plan.items] == ["1", "2", "3", "4", "一", "二", "三"]
    assert who(plan.items[1].responsible) == [
        ("lead", "housing"),
        ("assist", "towns"),
        ("assist", "enterprises"),
    ]
    assert whats(plan.items[1])[:2] == [(1, "次", "入户安检")] * 2
    assert leads(plan.items[2]) == ["police"]


def test_the_year_is_that_in_which_the_span_begins():
    _, plan = fixture("gas_hundred_days")
    assert (plan.year, dates(plan.items[5])) == (2024, [("period", "2024-12-01", "2025-02-10")])


def test_a_schools_offices_are_named_even_if_nobody_knows_them():
    _, plan = fixture("school_points")
    assert [leads(i) for i in plan.items[:4]] == [["[德育处]"], ["[各班]"], ["[安全办]"], ["[团委]"]]
    assert quantities(plan.items[6]) == [("max", 1000, "字"), ("min", 3, "篇")]
    assert [(r.title, str(r.due), who(r.who)) for r in plan.reports] == [
        ("活动总结和图片资料", "2026-07-01", [("lead", "[各班]")])
    ]


def test_goals_of_several_years_and_deadlines_of_every_year():
    _, plan = fixture("road_three_years")
    assert who(plan.items[0].responsible) == [
        ("lead", "transport"),
        ("lead", "police"),
        ("assist", "[市财政局]"),
        ("assist", "districts"),
    ]
    assert dates(plan.items[0]) == [
        ("period", "2024-01-01", "2024-12-31"),
        ("period", "2025-01-01", "2025-12-31"),
        ("by", None, "2026-06-30"),
    ]
    assert whats(plan.items[3]) == [(n, "%", "电动自行车骑乘人员头盔佩戴率") for n in (80, 90, 95)]
    assert plan.items[4].quantities == ()
    assert [r[2] for r in reports(plan)] == ["2024-04-25", None]
    assert "每年6月20日、12月10日前" in [w.text for w in plan.warnings if w.kind == "recurring"]


def test_numbers_with_two_points_may_stand_before_a_date():
    _, plan = fixture("factory_decimals")
    assert [i.number for i in plan.items] == ["2.1.1", "2.1.2", "2.2.1", "2.2.2", "2.3.1", "2.3.2", "2.4"]
    assert [leads(i) for i in plan.items] == [
        ["[综合办公室]"],
        ["[安全环保部]"],
        ["[各车间]"],
        ["[安全环保部]"],
        ["[生产一车间]"],
        ["[仓储部]"],
        ["[工会]"],
    ]
    assert [(r.title, who(r.who)) for r in plan.reports] == [
        ("活动小结（不少于800字）及照片（不少于5张）", [("lead", "departments")]),
        ("总结", [("lead", "[安全环保部]")]),
    ]
    assert [u.text for u in plan.unread] == ["3日内"]


def test_subjects_of_a_drill_and_who_takes_part():
    _, plan = fixture("flood_subjects")
    assert [i.title for i in plan.items[:2]] == ["科目一：监测预警", "科目二：转移避险"]
    assert who(plan.items[2].responsible) == [
        ("lead", "[县水利局]"),
        ("assist", "[县人武部]"),
        ("assist", "fire"),
    ]
    assert whats(plan.items[1]) + whats(plan.items[3]) == [(80, "人", "低洼地带群众"), (4, "艘", "橡皮艇")]
    assert dates(plan.items[8]) == [("by", None, "2026-05-10"), ("by", None, "2026-05-06")]
    assert reports(plan) == [("report", "子方案", "2026-04-12"), ("report", "演练总结", "2026-05-06")]


def test_deadlines_in_the_bracket_of_units():
    _, plan = fixture("list_with_deadlines")
    assert leads(plan.items[0]) == ["emergency", "housing", "transport", "industry"]
    assert [dates(i)[-1:] for i in plan.items[:4]] == [
        [("by", None, "2025-12-31")],
        [("by", None, "2025-09-30")],
        [("by", None, "2025-11-30")],
        [("period", "2025-01-01", "2025-06-30")],
    ]
    assert dates(plan.items[8]) == [("by", None, "2025-09-30")]
    assert quantities(plan.items[1]) == [("exact", 100, "%"), ("min", 80, "%")]
    assert [q.alternatives for q in plan.quotas] == [
        (Alternative("double_penalty", 5),),
        (Alternative("referral", 1),),
    ]


def test_groups_of_inspectors_are_tasks():
    _, plan = fixture("new_year_groups")
    assert [leads(i) for i in plan.items[:6]] == [
        ["[应急办]"],
        ["[城建办]"],
        ["[市场监管所]"],
        ["[综治中心]"],
        ["[文教办]"],
        ["communities"],
    ]
    assert dates(plan.items[8]) == [("period", "2026-03-01", "2026-03-15")]
    assert "元旦、春节、元宵等重要节点前" in [w.text for w in plan.warnings if w.kind == "season"]
    assert [(r.title, r.due and str(r.due)) for r in plan.reports] == [
        ("自查表", "2025-12-12"),
        ("检查发现的重大隐患", None),
        ("检查情况统计表", None),
        ("总结", "2026-03-20"),
    ]


def test_page_numbers_and_running_heads_do_not_part_sentences():
    text, plan = fixture("pasted_pages")
    assert plan.title == "2025 年“安全生产月”和“安全生产海棠行”活动实施方案"
    assert [(p.name, str(p.start), str(p.end)) for p in plan.periods] == [
        ("安全生产月", "2025-06-01", "2025-06-30"),
        ("安全生产海棠行", "2025-06-01", "2025-12-31"),
    ]
    assert plan.items[1].text.endswith("发放宣传品3000份。")
    assert leads(plan.items[3]) == ["towns", "transport", "housing"]
    assert plan.items[3].responsible[2].phrase == "区\n住房建设局"
    assert reports(plan) == [
        ("report", "活动方案和联络员信息", "2025-05-25"),
        ("report", "“安全生产月”总结和统计表（附件2）", "2025-07-02"),
        ("report", "“安全生产海棠行”总结", "2025-12-20"),
    ]
    assert "- 2 -\n海棠区安委办文件" in "\n".join(text[slice(*s)] for s in plan.preamble)


def test_a_unit_before_a_colon_has_the_duty_and_the_documents_number_the_year():
    _, plan = fixture("units_with_colons")
    assert plan.year == 2024
    assert [leads(i) for i in plan.items[:5]] == [
        ["emergency"],
        ["housing"],
        ["farming"],
        ["[县水利局]"],
        ["towns"],
    ]
    assert reports(plan) == [("report", "方案", "2024-07-15"), ("report", "总结及附件表格", "2024-09-25")]


def test_articles_indented_with_tabs():
    _, plan = fixture("articles_with_tabs")
    assert [(i.number, i.section) for i in plan.items] == [
        *((n, ("重点内容",)) for n in "1234"),
        *((n, ("工作步骤",)) for n in "123"),
    ]
    assert who(plan.items[0].responsible) == [
        ("lead", "[乡应急办]"),
        ("assist", "[派出所]"),
        ("assist", "[市场监管所]"),
    ]
    assert [(r.kind, r.attachments) for r in plan.reports] == [
        ("liaison", ()),
        ("report", ("附件2",)),
        ("report", ()),
    ]


def test_paragraphs_one_two_three_that_each_name_somebody_are_tasks():
    _, plan = fixture("holiday_notice")
    assert [(i.number, i.section) for i in plan.items] == [
        ("一", ()),
        *((n, ("突出重点行业",)) for n in "一二三四"),
        ("三", ()),
        ("四", ()),
    ]
    assert quantities(plan.items[4]) == [("min", 200, "家")]
    assert plan.items[5].quantities == ()
    assert [due for *_, due in reports(plan)] == ["2025-09-25", None, "2025-10-09"]


def test_bullets_are_tasks_and_a_quota_may_stand_among_the_requirements():
    _, plan = fixture("bullets_and_forms")
    assert [i.title for i in plan.items] == ["主题宣讲", "知识竞赛", "咨询日活动", "警示教育"]
    assert [(q.alternatives, str(q.end)) for q in plan.quotas] == [
        ((Alternative("double_penalty", 2), Alternative("referral", 1)), "2026-06-25")
    ]
    assert [(r.title, r.due and str(r.due), who(r.who)) for r in plan.reports[:1]] == [
        ("活动方案", "2026-05-28", [("lead", "towns"), ("lead", "members")])
    ]


def test_a_bureau_of_every_district_is_named_whole():
    _, plan = fixture("levels_of_checks")
    named = plan.items[3].responsible[0]
    assert (named.phrase, named.group) == ("各县（市、区）应急管理局", "districts")
    assert (plan.items[4].quantities[0].what, plan.items[3].quantities[0].what) == ("整改率", "专家")
    assert reports(plan) == [
        ("report", "自查报告", "2025-09-05"),
        ("report", "总结报告、问题清单、整改清单", "2025-11-28"),
    ]


def test_goals_called_tasks_are_no_tasks():
    _, plan = fixture("street_duties")
    assert [i.number for i in plan.items] == list("123456")
    assert [leads(i) for i in plan.items[2:]] == [
        ["[街道综合行政执法队]"],
        ["[派出所]"],
        ["communities"],
        ["[物业服务企业]"],
    ]
    assert [(p.name, str(p.start)) for p in plan.periods] == [
        ("宣传发动", "2024-05-01"),
        ("集中整治", "2024-05-21"),
        ("总结验收", "2024-12-01"),
    ]


def test_the_year_in_the_name_of_a_document_is_no_date():
    plan = read(
        "青禾县2025年方案\n一、重点任务\n（一）落实《2024年6月检查通报》要求。\n（二）其他。\n", LEXICON
    )
    assert plan.items[0].dates == ()


def test_who_takes_part_in_an_event_does_not_lead_it():
    _, plan = fixture("events_with_places")
    assert [leads(i) for i in plan.items] == [
        ["office", "emergency", "media"],
        ["towns"],
        ["media"],
        ["emergency", "education", "forestry"],
    ]
    assert whats(plan.items[1]) == [(5, "场", ""), (300, "人次", "受众")]
    assert [(r.title, r.due and str(r.due)) for r in plan.reports] == [
        ("联络员", "2025-05-26"),
        ("活动信息", None),
        ("总结及统计表（见附件）", "2025-06-30"),
    ]


def test_a_breakdown_of_tasks_stands_behind_its_notice():
    _, plan = fixture("breakdown_behind_notice")
    assert plan.title == "沙洲市重大事故隐患专项排查整治行动任务分解"
    assert [i.number for i in plan.items] == [
        "一",
        "二",
        "三",
        "四",
        "五",
        "六",
        "七",
        "八",
        "九",
        "十",
        "十一",
    ]
    assert [who(q.who) for q in plan.quotas] == [[("lead", "emergency"), ("lead", "fire")]] * 2
    assert [who(r.who) for r in plan.reports if r.kind == "report"] == [
        [("lead", "districts"), ("lead", "departments")]
    ] * 3


def test_the_name_above_the_date_signs_and_does_nothing():
    _, plan = fixture("clinic_points")
    assert [(i.number, leads(i)) for i in plan.items] == [
        ("2", ["[各科室]"]),
        ("3", ["[总务科]"]),
        ("4", []),
        ("5", []),
        ("6", ["[各科室]", "[总务科]"]),
    ]
    assert plan.items[4].text.endswith("汇总报院办公室。")
    assert quantities(plan.items[2])[-1] == ("max", 30000, "元")


def test_a_heading_with_its_units_in_a_bracket_is_named_without_them():
    _, plan = fixture("brackets_in_headings")
    assert [(i.number, i.section[-1], i.title) for i in plan.items[1:3]] == [
        ("2", "烟花爆竹", "严打私存私售，除夕前再检查一遍"),
        ("2", "排查重点及责任分工", "道路交通"),
    ]
    assert who(plan.items[0].responsible) == [
        ("lead", "[镇应急管理所]"),
        ("assist", "[派出所]"),
        ("assist", "communities"),
    ]
    assert [(i.number, dates(i)) for i in plan.items[6:]] == [
        ("一", [("period", "2025-12-25", "2025-12-31")]),
        ("二", [("period", "2026-01-01", "2026-02-28")]),
        ("三", [("period", "2026-03-01", "2026-03-05")]),
    ]


def test_a_liaison_officer_named_by_a_day_is_due_then():
    _, plan = fixture("media_tour")
    assert reports(plan) == [
        ("report", "联络员", "2024-06-10"),
        ("report", "回执（附件）", "2024-06-10"),
    ]
    assert quantities(plan.items[3]) == [
        ("min", 1, "个"),
        ("max", 2, "个"),
        ("about", 1500, "字"),
        ("min", 3, "张"),
        ("max", 5, "张"),
    ]


def test_numbers_with_half_brackets_below_bare_ones():
    _, plan = fixture("half_brackets")
    assert [(i.number, i.section[-1]) for i in plan.items] == [
        *((n, "摸底排查") for n in "12"),
        *((n, "集中整治") for n in "123"),
        *((n, "源头管控") for n in "12"),
    ]
    assert dates(plan.items[2]) == [("by", None, "2025-09-30")]
    assert leads(plan.items[4]) == ["[区安委会]"]
    assert [(r.title, r.due) for r in plan.reports] == [("进展情况", None)]
