"""What somebody should look at before a plan is used, as Chinese sentences."""

from __future__ import annotations

from collections import Counter

from workflows.plans.reading.dates import Trouble
from workflows.plans.reading.model import Reading, Warning

_TROUBLE = {
    "impossible_date": "“{}”不是存在的日期，请对照原文填写正确日期。",
    "recurring": "“{}”是重复期限，请在草稿中逐次填写日期。",
    "relative": "“{}”要从另一事件起算，请填写具体日期。",
    "season": "“{}”没有写明起止日期，请填写具体日期。",
    "no_year": "“{}”没有年份，请先填写方案年份。",
}


def warnings_of(reading: Reading, troubles: list[Trouble], year: int | None) -> tuple[Warning, ...]:
    """In the order: the plan as a whole, its numbers, its dates, its units."""
    found = []
    if reading.year is None:
        hint = f"，暂按 {year} 年计算日期" if year else "，日期无法确定"
        found.append(Warning("no_year", "", None, f"方案里没有写年份{hint}，请填写年份。"))
    if not reading.items:
        found.append(
            Warning("no_items", "", None, "没有读出任务事项，请检查文件是否为活动方案，或手工添加事项。")
        )
    if not reading.title:
        found.append(Warning("no_title", "", None, "没有读出标题，请填写方案标题。"))
    found += _doubles(reading)
    text = {u.source: u.text for u in reading.unread}
    for trouble in troubles:
        words = text.get(trouble.span) or next(
            (
                t[trouble.span[0] - s[0] : trouble.span[1] - s[0]]
                for s, t in text.items()
                if s[0] <= trouble.span[0] and trouble.span[1] <= s[1]
            ),
            "",
        )
        found.append(Warning(trouble.kind, words, trouble.span, _TROUBLE[trouble.kind].format(words)))
    return (*found, *_unknown(reading))


def _doubles(reading: Reading) -> list[Warning]:
    counted = Counter((item.section, item.number) for item in reading.items if item.number)
    return [
        Warning(
            "duplicate_number",
            number,
            None,
            f"“{'、'.join(section) or '方案'}”中有 {n} 个第“{number}”项，都已保留，请核对编号。",
        )
        for (section, number), n in counted.items()
        if n > 1
    ]


def _unknown(reading: Reading) -> list[Warning]:
    named = [r for item in reading.items for r in item.responsible]
    named += [r for report in reading.reports for r in report.who]
    named += [r for quota in reading.quotas for r in quota.who]
    unknown = {r.phrase: r.source for r in reversed(named) if r.units is None and r.group is None}
    return [
        Warning("unknown_unit", phrase, source, f"不认识“{phrase}”，请为它选择责任单位。")
        for phrase, source in sorted(unknown.items(), key=lambda each: each[1])
    ]
