"""What the units of the demo write and upload: invented, plausible, the same for the same seed."""

from __future__ import annotations

import datetime as dt
import io
import random
import struct
import zlib
from functools import lru_cache
from typing import Any

from docx import Document as Word

from documents import layout
from documents.formats.zipped import stamped
from foundation.organization.models import Unit
from workflows.plans.deliverables import Deliverable as D
from workflows.tasks.annexes import Row, Statistics
from workflows.tasks.models import Task
from workflows.tasks.services import Activity
from workflows.tasks.statistics import Held, findings, read

FORMS = ("集中宣讲", "业务培训", "座谈研讨", "应急演练", "入户宣传", "隐患排查")
PLACES = ("便民服务中心", "文化广场", "中心小学", "工业园区", "社区党群服务中心", "会议室")
EVENINGS = ("19:30-19:45", "20:10-20:25")
WORK = (
    "讲解安全生产重要论述和身边的事故教训，现场答疑并发放宣传资料",
    "围绕用电用气和消防通道讲解常见隐患，带领群众现场辨识",
    "结合本行业特点讲操作规程和应急处置，组织参加人员逐项演练",
    "按清单逐户排查，边查边讲，能当场整改的当场整改",
)
NOTES = ("照片不清，请补充现场照片。", "参加人数与签到表不一致，请核实。", "没有写明开展日期，请补充。")
WAIVERS = ("本单位无所属学校，不涉及该事项。", "辖区内没有城市社区，不涉及。", "职能已划转，由相关部门报送。")
REASONS = ("村级自办活动由镇里补登。", "与下属单位合并计算，已核对。", "上期集中开展，本期为常态化宣传。")
WIDTH, HEIGHT, PICTURES = 160, 100, 24
COLOURS = ((28, 76, 140), (29, 106, 64), (134, 84, 0), (92, 103, 121))


def activity(task: Task, chance: random.Random, day: dt.date) -> Activity:
    people = chance.randint(18, 160)
    place = f"{task.unit.short_name}{chance.choice(PLACES)}"
    text = f"{day.month}月{day.day}日，{task.unit.short_name}{chance.choice(WORK)}，共 {people} 人参加。"
    return Activity(day, chance.choice(FORMS), text, place, chance.randint(1, 2), people)


def draft_of(task: Task, chance: random.Random) -> dict[str, Any]:
    """What the unit typed, by what its item asks for."""
    parts, typed = set(task.item.deliverables), dict[str, Any]()
    if parts & {D.REPORT, D.EVENT}:
        typed["summary"] = (
            f"{task.unit.short_name}按照方案要求组织开展“{task.item.title}”，落实责任人和时间安排，"
            f"{chance.choice(WORK)}，群众知晓率和参与度进一步提高。"
        )
    if D.SCHEDULE in parts:
        typed["schedule"] = [_planned(task, chance, n) for n in range(1, chance.randint(3, 5))]
    if D.CASES in parts:
        typed |= _cases(task, chance)
    return typed


def figures(form: Statistics, held: Held, cutoff: dt.date, chance: random.Random) -> dict[str, Any]:
    """附件2 as typed: what the records add up to, now and then corrected with a reason; all else invented. Rules of
    the form hold by construction: what may not be more is less, what is needed is there."""
    typed: dict[str, Any] = {"cutoff": cutoff.isoformat()}
    for row in form.rows:
        typed[row.code] = {key: str(value) for key, value in _cells(row, held, chance).items()}
    return explained(form, typed, held, chance)


def explained(form: Statistics, typed: dict[str, Any], held: Held, chance: random.Random) -> dict[str, Any]:
    """With a reason wherever the form asks for one."""
    content, _ = read(form, typed)
    for one in findings(form, content["rows"], content["notes"], held):
        if one.row:
            typed[one.row]["note"] = chance.choice(REASONS)
    return typed


def _cells(row: Row, held: Held, chance: random.Random) -> dict[str, int]:
    earlier = held.earlier.get(row.code, {}) if held.counts_on else {}
    cells = {cell.key: chance.randint(2, 30) for cell in row.cells}
    cells |= {key: cells[key] * 25 for key in ("people", "views", "reward") if key in cells}
    cells |= {key: cells[other] - chance.randint(0, 1) for key, other in row.at_most.items()}
    cells = {key: value + earlier.get(key, 0) for key, value in cells.items()}
    more = chance.random() < 0.1  # of a village that has no account
    for key, value in held.drafted.get(row.code, {}).items():
        cells[key] = value if key in row.cases else max(value + more, earlier.get(key, 0))
    return cells


def _planned(task: Task, chance: random.Random, number: int) -> dict[str, str]:
    """An activity; of a department now and then something on television, whose evenings are few."""
    first = task.plan.starts_on or task.period.due_on or task.created.date()
    day = first + dt.timedelta(days=chance.randint(0, 20) + 10 * number)
    row = {
        "date": day.isoformat(),
        "time": chance.choice(("09:00-11:00", "09:30", "15:00-16:30")),
        "title": f"{task.unit.short_name}安全宣传第 {number} 场",
        "form": chance.choice(FORMS),
        "place": chance.choice(PLACES),
        "host": task.unit.short_name,
        "people": str(chance.randint(30, 200)),
        "contact": "联络员",
    }
    if task.unit.kind != Unit.Kind.DEPARTMENT or chance.random() < 0.7:
        return row
    aired = {"time": chance.choice(EVENINGS), "form": "电视专题", "place": "英德新闻", "people": ""}
    title, material = f"{task.unit.short_name}专项整治进展", (day - dt.timedelta(days=5)).isoformat()
    return row | aired | {"title": title, "material": material}


def _cases(task: Task, chance: random.Random) -> dict[str, Any]:
    if chance.random() < 0.15:
        return {"cases": [], "cases_note": "零报告：本期检查未发现符合条件的案件，正在跟进两条线索。"}
    titles = ("安全警示标志缺失案", "特种作业人员无证上岗案", "未如实记录隐患排查案")
    cases = [
        {
            "kind": "double_penalty",
            "title": f"某企业{title}",
            "decided_on": "",
            "text": "单位和主要负责人均已处罚。",
        }
        for title in chance.sample(titles, 2)
    ]
    return {"cases": cases}


def photos(task: Task) -> list[bytes]:
    """What goes with a report: most units send three, some forget, who was asked again sends one more. Drawn by names
    (unit_work.fill)."""
    unit = task.unit.code
    chance = random.Random(f"{unit} {task.item.number} {task.period.name} {task.version} photos")  # noqa: S311
    habit = random.Random(unit).choice((0.9, 0.6, 0.2))  # noqa: S311 - not a secret
    count = 1 if task.version else 3 if chance.random() < habit else chance.randint(0, 1)
    return [photo(one) for one in chance.sample(range(PICTURES), count)]


@lru_cache(PICTURES)
def photo(number: int) -> bytes:
    """A small street as PNG: sky, houses of several heights, a red banner across, the road."""
    chance = random.Random(number)  # noqa: S311 - not a secret
    colours = (
        *((90 + n * 6, 140 + n * 5, 200 + n * 2) for n in range(16)),
        *COLOURS,
        (168, 32, 36),
        (98, 98, 94),
    )
    road, banner = len(colours) - 1, len(colours) - 2
    houses = [(chance.randint(20, 70), 16 + chance.randrange(len(COLOURS))) for _ in range(8)]
    rows = bytearray()
    for y in range(HEIGHT):
        line = [
            road if y > 84 else banner if 60 <= y < 68 else colour if y > 90 - height else min(15, y // 5)
            for height, colour in houses
        ]
        rows += b"\0" + b"".join(bytes([one]) * (WIDTH // 8) for one in line)
    return _png(bytes(rows), bytes(value for colour in colours for value in colour))


def _png(rows: bytes, palette: bytes) -> bytes:
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)),
        (b"PLTE", palette),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@lru_cache(8)
def final_paper(title: str) -> bytes:
    """The signed report as PDF: one a duty, for all units."""
    text = f"{title}\n市安委办：\n现将有关情况报告如下。\n一、工作开展情况\n按方案要求完成各项任务。\n二、下一步打算\n持续抓好落实。"
    return layout.render_notice(layout.parse(text), layout.Meta(kind="报告"))


@lru_cache(8)
def editable_paper(title: str) -> bytes:
    """The same as .docx."""
    word, out = Word(), io.BytesIO()
    word.core_properties.created = word.core_properties.modified = dt.datetime(2026, 1, 1)
    word.add_heading(title, 0)
    word.add_paragraph("按方案要求完成各项任务，持续抓好落实。")
    word.save(out)
    return stamped(out.getvalue())
