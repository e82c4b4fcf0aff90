"""CASE of `check_case` (docs/schemas/case.json) → penalties.case.Case, and what is wrong with it in a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ..identifiers import credit_code_fault, person_number_fault
from ..pack import Pack
from .case import Act, Case, Decision, Harm, Party
from .in_force import out_of_force


class BadCase(ValueError):
    """CASE 有误。"""


def read(document: Mapping[str, Any], pack: Pack, today: dt.date) -> Case:
    """A document that keeps the schema; raises BadCase with the path of the first fault."""
    parties = [_party(one, f"parties[{n}]") for n, one in enumerate(document["parties"])]
    known = {one.id: one for one in parties}
    for n, one in enumerate(parties):
        if [other.id for other in parties].index(one.id) != n:
            raise BadCase(f"CASE 的 parties[{n}].id “{one.id}”出现两次，一个当事人只写一次。")
        if one.of and (one.of not in known or known[one.of].kind != "entity"):
            raise BadCase(f"CASE 的 parties[{n}].of “{one.of}”不是 parties 里的单位。")
    facts = document.get("facts") or {}
    case = Case(
        known, tuple(_decision(one, f"decisions[{n}]", today) for n, one in enumerate(document.get("decisions") or ())),
        tuple(Act(one["id"], one.get("article", ""), one.get("stage", "")) for one in document.get("acts") or ()),
        frozenset(name for name in ("alarm_disabled", "order_refused") if facts.get(name)),
        Harm(facts.get("dead", 0), facts.get("injured", 0), facts.get("loss", 0)),
        (document.get("options") or {}).get("principal", False),
    )  # fmt: skip
    _check(case, pack)
    return case


def _party(one: Mapping[str, Any], path: str) -> Party:
    if one["kind"] == "entity" and ("of" in one or "role" in one or "income" in one):
        raise BadCase(f"CASE 的 {path} 是单位，of、role、income 只用于自然人。")
    if code := one.get("code"):
        says = credit_code_fault(code) if one["kind"] == "entity" else person_number_fault(code)
        if says:
            raise BadCase(f"CASE 的 {path}.code 不对：{says}")
    return Party(
        one["id"], one["kind"], one.get("name", ""), one.get("of", ""), one.get("role", ""), one.get("income")
    )


def _decision(one: Mapping[str, Any], path: str, today: dt.date) -> Decision:
    if one["amount"] < 0:
        raise BadCase(
            f"CASE 的 {path}.amount 是负数：{one['amount']}，罚款金额按元填写正整数，没有罚款填 0。"
        )
    date = day(one["date"], f"{path}.date") if "date" in one else None
    if date and date > today:
        raise BadCase(f"CASE 的 {path}.date 晚于 {today}：{date}，决定日期不能在将来。")
    told = {key: one.get(key, "") for key in ("act", "stage")}
    return Decision(
        one["number"], one["party"], one["article"], one["amount"], date=date, gains=one.get("gains", 0),
        effective=one.get("effective", True), **told,
    )  # fmt: skip


def day(text: str, path: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadCase(f"CASE 的 {path} 不是日期：{text}，请写成 2026-06-12。") from None


def _check(case: Case, pack: Pack) -> None:
    acts, numbers = {one.id for one in case.acts}, set[str]()
    for n, one in enumerate(case.decisions):
        if one.party not in case.parties:
            raise BadCase(f"CASE 的 decisions[{n}].party “{one.party}”不在 parties 里。")
        if acts and one.act and one.act not in acts:
            raise BadCase(f"CASE 的 decisions[{n}].act “{one.act}”不在 acts 里。")
        if one.number in numbers:
            raise BadCase(f"CASE 的 decisions[{n}].number “{one.number}”出现两次，一个决定书文号只写一次。")
        numbers.add(one.number)
        if one.date and (says := out_of_force(pack, one.article, one.date)):
            raise BadCase(f"CASE 的 decisions[{n}].article 不对：{says}")
