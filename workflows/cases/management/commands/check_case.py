"""check_case CASE.json [--json]: 一案双罚, the fines, a second fine, signs of a crime; no database."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone

from foundation.organization.commands import OwnCommand, bad_input
from foundation.organization.schemas import fault, read_json, write_json
from workflows.cases.library import DEFAULT, pack_for
from workflows.cases.pack import Pack
from workflows.cases.penalties import checker
from workflows.cases.penalties.case import Case
from workflows.cases.penalties.reading import BadCase, day, read


class Command(OwnCommand):
    help = "Whether a case is 一案双罚, whether its fines fit, whether it has to be looked at for referral."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("case", type=Path, help="CASE by docs/schemas/case.json")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, case: Path, json: bool, **_: Any) -> None:
        with bad_input(ValueError):
            found = told(read_json(case), timezone.localdate())
        self.stdout.write(write_json(found) if json else _lines(found))


def told(document: Any, today: dt.date) -> dict[str, Any]:
    """Raises BadCase or BadPack."""
    if says := fault(document, "case", "CASE"):
        raise BadCase(says)
    at = day(document["at"], "at") if "at" in document else today
    days = [day(one["date"], "decisions") for one in document.get("decisions") or () if "date" in one]
    pack = pack_for(document.get("pack", DEFAULT), min(days, default=at))
    return answered(read(document, pack, at), pack)


def answered(case: Case, pack: Pack) -> dict[str, Any]:
    """The contract's document (docs/schemas/check_case.json)."""
    rules = pack.penalties
    double = checker.double_penalty(rules, case)
    triggers = [
        (pack.cite(article) if trigger.threshold else article, trigger.offence)
        for trigger, article in checker.referral(rules, case)
    ]
    return {
        "double_penalty": {
            "qualifies": double.qualifies, "principal": double.principal, "missing": list(double.missing)
        },
        "ranges": [_range(one) for one in checker.ranges(rules, case)],
        "double_fine": [
            {"party": party, "act": act, "decisions": numbers}
            for party, act, numbers in checker.double_fines(rules, case)
        ],
        "referral": {
            "suggested": bool(triggers),
            "triggers": [{"article": article, "offence": offence} for article, offence in triggers],
        },
    }  # fmt: skip


def _range(one: checker.Checked) -> dict[str, Any]:
    told = one.decision
    known = {"party": told.party, "article": told.article, "amount": told.amount}
    return known | {"min": one.least, "max": one.most, "ok": one.ok, "verified": one.verified}


def _lines(found: dict[str, Any]) -> str:
    double = found["double_penalty"]
    lines = [f"一案双罚：{'符合' if double['qualifies'] else '不符合'}", *double["missing"]]
    words = {True: "在幅度内", False: "超出幅度", None: "无法核对"}
    lines += [
        f"{one['party']} 第{one['article']}条 {one['amount']} 元：{words[one['ok']]}"
        for one in found["ranges"]
    ]
    lines += [
        f"{one['party']} 同一行为重复罚款：{'、'.join(one['decisions'])}" for one in found["double_fine"]
    ]
    lines += [
        f"涉嫌犯罪，建议核查移送：{one['article']} → 刑法第{one['offence']}条"
        for one in found["referral"]["triggers"]
    ]
    return "\n".join(lines)
