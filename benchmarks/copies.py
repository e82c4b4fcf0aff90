"""What a copy costs in a batch, against the same papers made one at a time in a process that is warm.

    DJANGO_SETTINGS_MODULE=benchmarks.settings ANBAN_DATA=$(mktemp -d) .venv/bin/python -m benchmarks.copies [COPIES] [SINGLES]

Prints seconds of processor time a paper, of everything: words to pages, pages to PDF, file, rows, journal. Half of the
singles are made before the batch, half after it. `script/bench --pdf` runs it too.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections.abc import Callable
from typing import Any

import django
from django.core.management import call_command
from django.utils import timezone

DUTY = (
    "各单位要切实提高认识，落实主要负责人的责任，按照《安全生产法》第19条和方案的规定，确定一名联络员，每月25日前报送当月进展。"
    "不涉及的事项请说明理由，由市安委办核定。"
)
PARTS = [line for mark in "一二三四" for line in (f"{mark}、工作要求", DUTY * 2)]
TEXT = "\n".join(
    ["关于报送安全生产月活动材料的通知", "{单位}：", *PARTS, "请{称呼}于每月25日前报送。", "附件：任务清单"]
)
COLUMNS = ("序号", "事项", "完成时限", "应交材料")
WORDS = "安全生产宣传培训演练检查隐患排查治理农机危化品消防燃气道路交通建筑施工矿山特种设备"
AT = dt.datetime(2026, 6, 12, 1, tzinfo=dt.UTC)


def rows_of(unit: int) -> list[list[str]]:
    """Eight rows, none like those of another unit."""
    return [
        [str(n), WORDS[(unit * 3 + n) % 25 :][:12] + "工作", f"2026年{n}月{(unit + n) % 28 + 1}日", "总结、照片、统计表"]
        for n in range(1, 9)
    ]  # fmt: skip


class World:
    """An office, its clerk, and units; its notice is issued."""

    def __init__(self, count: int) -> None:
        from documents.sealing.services import mark
        from documents.services import produce, register_document
        from foundation.organization.actors import Actor
        from foundation.organization.models import Appointment, Person, Unit

        name = "某市安全生产委员会办公室"
        self.office = Unit.objects.create(
            code="office", name=name, short_name="市安委办", kind="office", document_code="某安办"
        )
        person = Person.objects.create_person("clerk", "经办人")
        seat = Appointment.objects.create(
            person=person, unit=self.office, post="office_clerk", start=dt.date(2020, 1, 1)
        )
        self.actor = Actor.of(seat)
        self.units = [
            Unit.objects.create(
                code=f"u{n}", name=f"第{n}镇人民政府", short_name=f"第{n}镇", kind="town", order=n
            )
            for n in range(count)
        ]
        told: dict[str, Any] = {
            "kind": "notice", "title": "通知", "organ": self.office, "subject": "plans.plan", "subject_id": 1,
            "content": {"text": TEXT}, "numbered": True, "printed": False, "actor": self.actor, "at": AT,
        }  # fmt: skip
        self.source = register_document(**told)
        mark(document=self.source, actor=self.actor, at=AT)
        produce(self.source, actor=self.actor, at=AT)

    def single(self, number: int) -> None:
        """As any other document is made: registered, marked, produced."""
        from documents.batches.filling import content_for
        from documents.sealing.services import mark
        from documents.services import produce, register_document

        unit = self.units[number]
        content = content_for(unit, {"text": TEXT}, annex="任务清单", columns=COLUMNS, rows=rows_of(unit.pk))
        pk = register_document(
            kind="notice", title="通知", organ=self.office, unit=unit, subject="plans.plan", subject_id=1, content=content,
            numbered=True, printed=False, actor=self.actor, at=AT,
        )  # fmt: skip
        mark(document=pk, actor=self.actor, at=AT)
        produce(pk, actor=self.actor, at=AT)

    def some(self, count: int) -> None:
        for number in range(count):
            self.single(number)

    def batch(self) -> int:
        from documents.batches.services import begin_batch, prepare_batch
        from documents.batches.table import UnitTable
        from documents.models import BatchItem
        from foundation.jobs import queue

        table = UnitTable(COLUMNS, {unit.pk: rows_of(unit.pk) for unit in self.units})
        to, by = [unit.pk for unit in self.units], {"actor": self.actor, "at": timezone.now()}
        pk = prepare_batch(source=self.source, units=to, table=table, annex="任务清单", **by)
        begin_batch(batch=pk, **by)
        queue.run_due(timezone.now())
        return BatchItem.objects.filter(state="made").count()


def taken(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def main() -> None:
    copies, singles = (int(one) for one in (sys.argv[1:] + ["500", "40"][len(sys.argv) - 1 :]))
    django.setup()
    call_command("migrate", verbosity=0)
    world = World(copies)
    world.single(0)
    half = singles // 2
    alone = taken(lambda: world.some(half))
    began = time.process_time()
    made = world.batch()
    together = (time.process_time() - began) / made
    alone = (alone + taken(lambda: world.some(half))) / (2 * half)
    told = {"copies": made, "single": round(alone, 4), "copy": round(together, 4)}
    print(json.dumps(told | {"ratio": round(together / alone, 3)}))


if __name__ == "__main__":
    main()
