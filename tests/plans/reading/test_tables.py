from tests.plans.reading.helpers import LEXICON, dates, quantities, uncovered, who
from tests.plans.reading.test_decode import docx
from workflows.plans.reading import Reading, decode, read

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
