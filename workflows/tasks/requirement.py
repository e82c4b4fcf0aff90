"""What an item asks a unit to hand in: the parts, the places for files, what the plan counts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from workflows.plans.deliverables import Deliverable as D

IMAGES = ("jpg", "jpeg", "png", "webp", "heic")
FINAL = ("pdf", "ofd", "jpg", "jpeg", "png")
EDITABLE = ("docx", "doc", "wps", "xlsx", "xls", "et")
BOUNDS = {"min": "至少 ", "max": "不超过 ", "about": "约 ", "exact": ""}


@dataclass(frozen=True)
class Slot:
    """A place for files. `kinds` empty: whatever the office may upload; `least`: how many there must be."""

    code: str
    name: str
    hint: str
    kinds: tuple[str, ...] = ()
    least: int = 0


SIGN_IN = Slot("sign_in", "签到表", "PDF 或图片，须有日期和签名。", ("pdf", *IMAGES))
PHOTOS = Slot("photos", "现场照片", "JPG、PNG 等图片。", IMAGES)
VIDEO = Slot("video", "视频", "MP4 或 MOV，可以不交。", ("mp4", "mov"))
PAPER = Slot("final", "定稿", "盖章扫描件或 PDF、OFD。", FINAL, 1)
SOURCE = Slot("editable", "可编辑版本", "Word、WPS 或表格文件。", EDITABLE, 1)
CASE_FILES = Slot("case_files", "案例材料", "决定书、移送书等。")
SCAN = Slot("scan", "纸质件扫描", "代录的依据：盖章纸质件的 PDF、OFD 或图片。", FINAL, 1)
OTHER = Slot("other", "其他材料", "课件、通知等，可以不交。")

SLOTS: dict[str, tuple[Slot, ...]] = {
    D.RECORDS: (SIGN_IN, PHOTOS, VIDEO),
    D.REPORT: (PAPER, SOURCE, PHOTOS, VIDEO),
    D.EVENT: (PHOTOS, VIDEO),
    D.CASES: (CASE_FILES,),
}
SLOT_NAMES = {slot.code: slot.name for slots in SLOTS.values() for slot in slots} | {
    one.code: one.name for one in (SCAN, OTHER)
}


@dataclass(frozen=True)
class Quota:
    """Cases to recommend: any one of the alternatives (kind, at least) will do."""

    alternatives: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Requirement:
    """`parts` are codes of plans/deliverables.py; `counts` are the plan's quantities as sentences."""

    parts: frozenset[str]
    slots: tuple[Slot, ...]
    counts: tuple[str, ...] = ()
    quota: Quota = Quota()

    @property
    def needs_summary(self) -> bool:
        return bool(self.parts & {D.REPORT, D.EVENT})

    @property
    def handed_in(self) -> str:
        """活动记录、签到表、现场照片 3 个以上."""
        names = [_short(code) for code in D.values if code in self.parts]
        return "、".join([*names, *(f"{s.name} {s.least} 个以上" for s in self.slots if s.least)])

    def slot(self, code: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.code == code), None)


def requirement_of(deliverables: Iterable[str], reading: Mapping[str, Any]) -> Requirement:
    """From an item's deliverables and what was read of it (`Item.reading`)."""
    parts = frozenset(str(code) for code in deliverables)
    quantities = reading.get("quantities", [])
    slots = {slot.code: slot for code in D.values if code in parts for slot in SLOTS.get(code, ())}
    photos = _photos(quantities)
    if photos and PHOTOS.code in slots:
        slots[PHOTOS.code] = replace(
            PHOTOS, hint=f"JPG、PNG 等图片，方案要求至少 {photos} 张。", least=photos
        )
    quota = Quota(tuple((one["kind"], one["min"]) for one in reading.get("alternatives", [])))
    return Requirement(parts, (*slots.values(), OTHER), tuple(map(_sentence, quantities)), quota)


def with_scan(asked: Requirement, *, least: int) -> Requirement:
    """The paper itself has its place, first of all."""
    return replace(asked, slots=(replace(SCAN, least=least), *asked.slots))


def _photos(quantities: Iterable[Mapping[str, Any]]) -> int:
    """The least number of photos the plan names, 0 where it names none."""
    named = [q for q in quantities if q["bound"] in ("min", "exact") and "照片" in f"{q['unit']}{q['what']}"]
    return max((int(q["value"]) for q in named), default=0)


def _sentence(quantity: Mapping[str, Any]) -> str:
    what = f" {quantity['what']}" if quantity["what"] else ""
    return f"{BOUNDS[quantity['bound']]}{quantity['value']} {quantity['unit']}{what}"


def _short(code: str) -> str:
    return D(code).label.partition("（")[0]
