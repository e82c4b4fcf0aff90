"""What is composed is read back: random headings, items, duties, dates and amounts."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from tests.plans.reading.helpers import LEXICON, dates, quantities, uncovered, who
from workflows.plans.reading import read

CHINESE = "一二三四五六七八九"
NUMBERINGS = ("{}、", "{}.", "{}．", "（{}）", "({})")
LEADS = {
    "县教育局": "education",
    "县公安局": "police",
    "各乡镇": "towns",
    "各成员单位": "members",
    "县应急管理局": "emergency",
}
ASSISTS = {"县农业农村局": "farming", "县林业局": "forestry", "各企业": "enterprises"}
ACTS = ("组织隐患排查", "张贴宣传海报", "播放公益短片", "走访重点场所", "办好专题宣讲")


@dataclass(frozen=True)
class Duty:
    act: str
    leads: tuple[str, ...]
    assists: tuple[str, ...]
    month: int
    first: int
    last: int
    times: int
    form: int

    def words(self) -> str:
        lead, assist = "、".join(self.leads), "、".join(self.assists)
        when, much = f"{self.month}月{self.first}日至{self.last}日", f"不少于{self.times}次"
        labels = f"责任单位：{lead}；配合单位：{assist}；完成时限：{when}"
        if self.form == 0:
            return f"{self.act}。{when}，{lead}开展检查{much}，{assist}配合。"
        if self.form == 1:
            return f"{self.act}。{when}开展检查{much}。此项工作由{lead}负责，{assist}配合。"
        if self.form == 2:
            return f"{self.act}，检查{much}。（{labels}）"
        if self.form == 3:
            return f"{self.act}，检查{much}。\n{labels}"
        return f"{self.act}（{lead}牵头，{assist}配合，{when}）\n检查{much}。"


def some(names: dict[str, str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(names)), min_size=1, max_size=3, unique=True).map(tuple)


duties = st.builds(
    Duty,
    act=st.sampled_from(ACTS),
    leads=some(LEADS),
    assists=some(ASSISTS),
    month=st.integers(1, 12),
    first=st.integers(1, 14),
    last=st.integers(15, 28),
    times=st.integers(2, 40),
    form=st.integers(0, 4),
)
sections = st.lists(st.lists(duties, min_size=1, max_size=4), min_size=1, max_size=3)


def compose(year: int, numbering: str, parts: list[list[Duty]]) -> str:
    lines = [
        f"青禾县{year}年安全宣传活动方案",
        "一、工作目标",
        "（一）全面提高意识。",
        "（二）坚决防住事故。",
        "二、重点任务",
    ]
    for i, part in enumerate(parts):
        outer = "（{}）" if "（" not in numbering and "(" not in numbering else "{}、"
        lines.append(outer.format(CHINESE[i] if outer == "（{}）" else i + 1) + f"第{CHINESE[i]}类工作")
        lines += [numbering.format(n) + duty.words() for n, duty in enumerate(part, 1)]
    return "\n".join([*lines, "三、工作要求", "（一）加强领导。", "（二）务求实效。", ""])


@given(year=st.integers(2020, 2040), numbering=st.sampled_from(NUMBERINGS), parts=sections)
def test_every_duty_is_read_back(year, numbering, parts):
    text = compose(year, numbering, parts)
    plan = read(text, LEXICON)
    composed = [(n, d) for part in parts for n, d in enumerate(part, 1)]
    assert plan.year == year
    assert [i.number for i in plan.items] == [str(n) for n, _ in composed]
    for item, (_, duty) in zip(plan.items, composed, strict=True):
        day = f"{year}-{duty.month:02}-"
        assert dates(item) == [("period", f"{day}{duty.first:02}", f"{day}{duty.last:02}")]
        assert quantities(item) == [("min", duty.times, "次")]
        assert set(who(item.responsible)) == {("lead", LEADS[n]) for n in duty.leads} | {
            ("assist", ASSISTS[n]) for n in duty.assists
        }
        assert item.inherited is None


@given(year=st.integers(2020, 2040), numbering=st.sampled_from(NUMBERINGS), parts=sections)
def test_composed_plans_lose_nothing(year, numbering, parts):
    text = compose(year, numbering, parts)
    assert uncovered(text, read(text, LEXICON)) == ""


PIECES = (
    "一、", "二、", "（一）", "1.", "①", "一是", "第一阶段", "附件1", "附件：", "\n", "\n\n", "。", "；", "：", "（", "）", "《", "》", "“", "”",
    "重点任务", "活动主题", "活动时间", "工作要求", "县教育局", "各乡镇", "牵头", "配合", "责任单位：", "6月1日", "至", "30日", "前", "6月31日",
    "2024年", "报送", "总结", "不少于", "5张", "照片", "序号", "任务", "时间", "1", "2", "联络员", "一案双罚", "行刑衔接", "每周五前", "联系人：",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_no_text_breaks_the_reading_or_loses_words(text):
    plan = read(text, LEXICON, fallback_year=2024)
    assert uncovered(text, plan) == ""
    assert all(item.title and item.text for item in plan.items)
    assert all(text[slice(*i.source)] == i.text for i in plan.items)
