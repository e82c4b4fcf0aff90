"""The difference of two submissions, part by part. Pure; the characters are compared by diff-match-patch."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from diff_match_patch import diff_match_patch

from .content import Content
from .parts import Part, parts_of
from .requirement import SLOT_NAMES

OPS = {-1: "delete", 0: "equal", 1: "insert"}
LONGEST = 0.3  # seconds for one part: after that the difference is coarser, never wrong
STAND_IN = 0x100000  # signs of plane 16, private use: each stands for a number while texts are compared
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?|[\U00100000-\U0010ffff]")  # or for such a sign of the text itself
Ops = list[tuple[str, str]]  # ("equal" | "delete" | "insert", text)


@dataclass(frozen=True)
class Change:
    """One part that differs; `kind`: added, removed or changed."""

    part: str
    label: str
    kind: str
    before: str
    after: str
    ops: Ops

    @property
    def old(self) -> Ops:
        return [(op, text) for op, text in self.ops if op != "insert"]

    @property
    def new(self) -> Ops:
        return [(op, text) for op, text in self.ops if op != "delete"]


def diff(before: Content, after: Content) -> list[Change]:
    """Changed and added parts in the order of the new version, then what was removed."""
    old = {part.key: part for part in parts_of(before)}
    new = {part.key: part for part in parts_of(after)}
    found = [_change(old.get(key), part) for key, part in new.items() if old.get(key) != part]
    return found + [_gone(part) for key, part in old.items() if key not in new]


def differences(before: str, after: str) -> Ops:
    """Readable pieces of text: what is equal, what went, what came. A number changes as a whole."""
    engine = diff_match_patch()
    engine.Diff_Timeout = LONGEST
    known: dict[str, str] = {}

    def one(number: re.Match[str]) -> str:
        return known.setdefault(number[0], chr(STAND_IN + len(known)))

    pieces = engine.diff_main(NUMBER.sub(one, before), NUMBER.sub(one, after))
    engine.diff_cleanupSemantic(pieces)
    back = {ord(sign): number for number, sign in known.items()}
    return [(OPS[op], text.translate(back)) for op, text in pieces]


def file_counts(before: Content, after: Content) -> list[str]:
    """现场照片：由 2 个增至 6 个."""
    counts = [_counted(before), _counted(after)]
    slots = [slot for slot in SLOT_NAMES if counts[0].get(slot, 0) != counts[1].get(slot, 0)]
    return [_count_says(slot, counts[0].get(slot, 0), counts[1].get(slot, 0)) for slot in slots]


def _counted(content: Content) -> dict[str, int]:
    slots = [one["slot"] for one in content.get("attachments", [])]
    return {slot: slots.count(slot) for slot in set(slots)}


def _count_says(slot: str, old: int, new: int) -> str:
    return f"{SLOT_NAMES[slot]}：由 {old} 个{'增至' if new > old else '减为'} {new} 个"


def _change(old: Part | None, new: Part) -> Change:
    if old is None:
        return Change(new.key, new.label, "added", "", new.text, [("insert", new.text)])
    return Change(new.key, new.label, "changed", old.text, new.text, differences(old.text, new.text))


def _gone(old: Part) -> Change:
    return Change(old.key, old.label, "removed", old.text, "", [("delete", old.text)])


def texts(changes: Sequence[Change]) -> dict[str, Ops]:
    """By part, for a page that marks the difference where it stands."""
    return {change.part: change.ops for change in changes}
