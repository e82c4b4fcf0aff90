from foundation.files.text import decode
from tests.foundation.files.test_decode import docx
from tests.plans.reading.helpers import LEXICON, dates, quantities, uncovered, who
from workflows.plans.reading import Reading, read

ROWS = [
    ["序号", "活动内容", "时间", "责任单位", "配合单位", "备注"],
    ["1", "举办启动仪式", "6月1日", "县应急局", "", "主会场设在体育馆"],
    ["2", "安全宣传咨询日", "6月16日", "县安委办", "各成员单位", ""],
    ["3", "应急演练周", "6月17日至23日", "县消防救援大队、县教育局", "各乡镇", "不少于3场"],
]


def tabled() -> tuple[str, Reading]:
    text = decode(docx("青禾县2024年“安全生产月”活动安排", "一、重点任务", table=ROWS), "安排.docx")
    return text, read(text, LEXICON)


def test_each_row_is_an_item():
    _, plan = tabled()
    assert [(i.number, i.title, i.section) for i in plan.items] == [
        ("1", "举办启动仪式", ("重点任务",)),
        ("2", "安全宣传咨询日", ("重点任务",)),
        ("3", "应急演练周", ("重点任务",)),
    ]


def test_columns_give_days_units_and_roles():
    _, plan = tabled()
    assert [dates(i)[0] for i in plan.items] == [
        ("on", "2024-06-01", "2024-06-01"),
        ("on", "2024-06-16", "2024-06-16"),
        ("period", "2024-06-17", "2024-06-23"),
    ]
    assert [who(i.responsible) for i in plan.items] == [
        [("lead", "emergency")],
        [("lead", "office"), ("assist", "members")],
        [("lead", "fire"), ("lead", "education"), ("assist", "towns")],
    ]
    assert quantities(plan.items[2]) == [("min", 3, "场")]


def test_a_table_loses_nothing():
    assert uncovered(*tabled()) == ""


GROUPED = [
    ["类别", "序号", "活动内容", "活动时间", "牵头单位", "配合单位", "备注"],
    ["宣传教育", "1", "启动仪式", "6月1日", "应急办", "党政办、宣传办", "约150人参加"],
    ["", "2", "微视频征集，每个社区至少1部", "6月20日前", "宣传办", "各社区", "时长不超过3分钟"],
    ["应急演练", "3", "防汛演练", "6月25日", "应急办", "各社区、物业企业", ""],
]
UNNUMBERED = [
    ["工作任务", "具体措施", "责任单位", "完成时限"],
    ["企业约谈", "对辖区运输企业开展约谈，约谈率100%", "县交通运输局", "9月30日前"],
    ["路面执法", "国省道每周夜查不少于2次", "县公安局\n县交通运输局", "11月30日前"],
]


def reading_of(rows: list[list[str]], *paragraphs: str) -> Reading:
    return read(decode(docx(*paragraphs, table=rows), "清单.docx"), LEXICON)


def test_a_plan_may_be_nothing_but_a_table_with_categories():
    plan = reading_of(GROUPED, "青山街道2026年“安全生产月”任务清单")
    assert [(i.number, i.section, i.title) for i in plan.items] == [
        ("1", ("宣传教育",), "启动仪式"),
        ("2", ("宣传教育",), "微视频征集，每个社区至少1部"),
        ("3", ("应急演练",), "防汛演练"),
    ]
    assert who(plan.items[2].responsible) == [
        ("lead", "[应急办]"),
        ("assist", "communities"),
        ("assist", "enterprises"),
    ]
    assert [dates(i)[0][2] for i in plan.items] == ["2026-06-01", "2026-06-20", "2026-06-25"]


def test_rows_without_numbers_and_cells_of_two_paragraphs():
    plan = reading_of(
        UNNUMBERED, "青禾县2024年百日行动方案", "一、工作目标", "坚决遏制事故。", "二、重点工作"
    )
    assert [(i.title, dates(i)[0][2]) for i in plan.items] == [
        ("企业约谈", "2024-09-30"),
        ("路面执法", "2024-11-30"),
    ]
    assert who(plan.items[1].responsible) == [("lead", "police"), ("lead", "transport")]
    assert plan.unread == ()


ANNEX = [
    ["序号", "工作任务", "责任单位", "完成时限"],
    ["1", "举办咨询日活动，展板不少于30块", "县应急局、各街道", "6月16日"],
    ["2", "开展校园疏散演练", "县教育局", "6月20日前"],
]


def annexed(task: str) -> Reading:
    body = ["青禾县2025年活动方案", "一、主要任务", task, "二、工作要求", "各单位要高度重视。"]
    return reading_of(ANNEX, *body, "青禾县安委办", "2025年5月16日", "附件", "任务分工表")


def test_tasks_may_stand_in_an_enclosed_table():
    plan = annexed("具体任务见附件。")
    assert [(i.number, i.section, dates(i)[0][2]) for i in plan.items] == [
        ("1", ("任务分工表",), "2025-06-16"),
        ("2", ("任务分工表",), "2025-06-20"),
    ]


def test_an_enclosed_table_that_repeats_the_tasks_adds_none():
    plan = annexed("县应急局举办咨询日活动，县教育局开展校园疏散演练。")
    assert [i.number for i in plan.items] == [""]
