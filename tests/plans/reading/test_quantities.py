import pytest

from workflows.plans.reading.quantities import find_quantities


def found(words: str):
    return [(q.bound, q.value, q.unit, q.what) for q in find_quantities(words, (0, len(words)))]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("约200台网约车在广场发车", ("about", 200, "台", "网约车")),
        ("发放资料2000余份", ("about", 2000, "份", "资料")),
        ("至少开展2次演练", ("min", 2, "次", "演练")),
        ("照片不少于5张", ("min", 5, "张", "照片")),
        ("视频不超过3分钟", ("max", 3, "分钟", "视频")),
        ("组织一场综合演练", ("min", 1, "场", "综合演练")),
        ("开展1次以上综合演练", ("min", 1, "次", "综合演练")),
        ("绘制一张逃生路线图", ("exact", 1, "张", "逃生路线图")),
        ("挑选12个优秀作品", ("exact", 12, "个", "优秀作品")),
        ("开展两次培训", ("exact", 2, "次", "培训")),
        ("观看人数不少于1.5万人次", ("min", 15000, "人次", "观看人数")),
        ("落实经费20万元", ("exact", 200000, "元", "经费")),
        ("在主要街道悬挂横幅，每个乡镇不少于10条", ("min", 10, "条", "横幅")),
    ],
)
def test_a_phrase_means_this_amount(words, expected):
    assert found(words) == [expected]


def test_a_range_is_a_least_and_a_most():
    assert [q[:2] for q in found("照片3—5张")] == [("min", 3), ("max", 5)]


def test_at_least_holds_for_both_alternatives():
    assert [q[:3] for q in found("至少推荐2个“一案双罚”，或1个行刑衔接案例")] == [
        ("min", 2, "个"),
        ("min", 1, "个"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "第22个",
        "第三届",
        "落实“安全生产十五条措施”",
        "七十四条措施",
        "企业一把手",
        "一线职工",
        "五进",
        "新一轮",
        "一部分",
        "《六十条规定》",
    ],
)
def test_ordinals_idioms_and_names_are_no_amounts(words):
    assert found(words) == []


def test_a_name_in_a_list_before_is_not_what_is_counted():
    words = "县消防大队、县融媒体中心于119宣传月刊播公益广告不少于20条次，广播不少于3次"
    assert [(q.value, q.what) for q in find_quantities(words, (0, len(words)))] == [
        (20, "公益广告"),
        (3, "广播"),
    ]
