"""Rules in words, for people: how long, who, from what to what, under which condition. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .clocks import Status
from .counting import Limit, Roll, Unit
from .pack import Advice, Basis, ClockRule, Gate, Pack
from .penalties.rules import ANY, Fine

WHO = {
    "agency": "办案机关",
    "police": "公安机关",
    "procuratorate": "检察院",
    "party": "当事人",
    "court": "复议机关或法院",
}
FLAGS = {
    "harm": "危害生命健康安全且有后果", "complex": "情节复杂或重大", "hearing_right": "适用听证",
    "legal_review_due": "须法制审核",
}  # fmt: skip
STATUS = {
    Status.RUNNING: "进行中", Status.MET: "按期完成", Status.MET_LATE: "逾期完成", Status.OVERDUE: "已逾期",
    Status.SUSPENDED: "已中止", Status.VOID: "不再适用",
}  # fmt: skip
TRACKS = {"admin": "行政处罚", "referral": "行刑衔接"}
STAGES = {
    "first": "首次", "overdue": "逾期未改正", "refused": "拒不执行", "accident": "发生事故", "severe": "情节特别严重"
}  # fmt: skip
SUBJECTS = {"entity": "单位", "person": "个人"}
ROLES = {
    "principal": "主要负责人", "investor": "个人经营的投资人", "other_head": "其他负责人",
    "safety_manager": "安全生产管理人员", "direct": "直接责任人员",
}  # fmt: skip
FACTS = {
    "alarm_disabled": "关闭、破坏监控、报警、防护、救生设备设施，或者篡改、隐瞒、销毁相关数据",
    "order_refused": "因重大事故隐患被责令停产停业、停止使用或者整改，拒不执行",
}  # what of a case suggests a crime beside its articles
UNITS = {Unit.HOUR: "小时", Unit.NATURAL_DAY: "日", Unit.WORKING_DAY: "个工作日", Unit.MONTH: "个月"}


def limit_said(limit: Limit) -> str:
    """24小时（自当时起算）; 3日（首日不计，末日遇节假日顺延）."""
    more = []
    if limit.unit is Unit.HOUR:
        more.append("自当时起算，节假日照算" if limit.count_start else "开始的一小时不计，节假日照算")
    else:
        more.append("首日计入" if limit.count_start else "首日不计")
    if limit.roll is Roll.NEXT_WORKING_DAY:
        more.append("末日遇节假日顺延")
    years, months = divmod(limit.count, 12)
    if limit.unit is Unit.MONTH and not months:
        return f"{years}年（{'，'.join(more)}）"
    return f"{limit.count}{UNITS[limit.unit]}（{'，'.join(more)}）"


def advice_said(advice: Advice, review: str = "复议机关", court: str = "人民法院") -> str:
    """With its blanks filled: 自收到本决定书之日起15日内…"""
    limit = f"{advice.limit.count}{UNITS[advice.limit.unit]}" if advice.limit else ""
    return advice.text.format(limit=limit, review=review, court=court)


def basis_said(pack: Pack, basis: Basis) -> str:
    """3日（…）；案情需要查证的，7日（…）."""
    extended = [f"{pack.steps[step].name}的，{limit_said(limit)}" for step, limit in basis.extended]
    return "；".join([limit_said(basis.limit), *extended])


def yuan_said(least: int, most: int) -> str:
    """A range as papers write it: both ends are included."""
    if least == most:
        return f"{least:,} 元"
    return f"{least:,}–{most:,} 元" if least else f"{most:,} 元以下"


def names(pack: Pack, steps: Iterable[str]) -> str:
    return "或".join(pack.steps[one].name if one in pack.steps else "违法行为终了" for one in steps)


def clock_when(rule: ClockRule) -> str:
    return "，".join([*(FLAGS[one] for one in rule.when), *(f"不属于{FLAGS[one]}" for one in rule.unless)])


def gate_when(pack: Pack, gate: Gate) -> str:
    steps = [f"已{pack.steps[gate.after].name}"] if gate.after else []
    return "，".join([*steps, *(FLAGS[one] for one in gate.when)])


@dataclass(frozen=True)
class FineSaid:
    article: str
    who: str
    stage: str
    range: str


def fine_said(fine: Fine, levels: dict[str, str]) -> FineSaid:
    who = SUBJECTS[fine.subject] if not fine.roles else "、".join(ROLES[one] for one in fine.roles)
    return FineSaid(fine.article, who, STAGES[fine.stage], "；".join(_ranges(fine, levels)))


def _ranges(fine: Fine, levels: dict[str, str]) -> Iterable[str]:
    if fine.amount:
        yield _yuan(*fine.amount)
    for level, ends in (fine.levels or {}).items():
        yield f"{levels[level]} {_yuan(*ends)}"
    for level, (least, most) in (fine.income or {}).items():
        share = f"{least}%" if least == most else f"{least}%–{most}%"
        yield f"{'' if level == ANY else f'{levels[level]} '}上一年年收入的 {share}"
    if fine.gains:
        least, (low, high) = fine.gains
        yield f"违法所得 {_wan(least)}以上的，为 {low}–{high} 倍"


def _yuan(least: int, most: int) -> str:
    return f"{_wan(most)}以下" if not least else f"{_wan(least)}–{_wan(most)}"


def _wan(yuan: int) -> str:
    return f"{yuan / 10000:g} 万元"
