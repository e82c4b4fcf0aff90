"""A package beside the archive here: whether its 件 are those that are kept, and this office's key signed them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError

from foundation.journal import keys
from foundation.journal.models import Entry

from ..models import ArchiveItem
from . import verify
from .package import about, as_json

OTHER = (
    "包里是本单位的件，签名却不是本单位的密钥（{kept}）做的，公钥的指纹是 {found}：包是别人做的，或被改动以后另签了名。"
    "密钥换过的，请用 --key 写明原来的指纹。"
)
NO_DATABASE = "没有可用的数据库，没有和这里的档案比对，只核对了包和签名。"


@dataclass
class Compared:
    reasons: list[str]
    notes: list[str] = field(default_factory=list)  # what was not compared
    says: str = ""  # whose key it is


def verified(path: str, key: str = "") -> Compared:
    """By itself first: what is said of this office's archive needs a package that is whole."""
    if reasons := verify.check(path, key):
        return Compared(reasons)
    found, own = verify.signer(path), keys.known_fingerprint()
    with verify.opened(path) as source:
        kept, notes = verify.read_json(source, verify.ABOUT), list[str]()
        try:
            items = {one.reference: one for one in _items(kept["items"])}
        except DatabaseError:
            items, notes = {}, [NO_DATABASE]
        ours = bool(items) or kept.get("key") == own != ""
        if ours and not key and found != own:
            return Compared([OTHER.format(kept=keys.KEPT, found=found)])
        reasons = [says for one in items.values() for says in _faults(source, one)]
    if not notes and (strange := len(kept["items"]) - len(items)):
        notes = [f"{strange} 件不在这里的档案里，只核对了包和签名。"]
    return Compared(reasons, notes, verify.by(found, key or (own if ours else "")))


def _items(references: Any) -> Any:
    wanted = ArchiveItem.objects.filter(reference__in=list(references))
    return wanted.select_related("document").order_by("reference")


def _faults(source: Any, item: ArchiveItem) -> Iterator[str]:
    base = f"{verify.FOLDER}{item.reference}/"
    try:
        told = verify.read_json(source, base + verify.METADATA)
        chains = verify.read_json(source, base + verify.EVENTS)["chains"]
        yield from (f"{item.reference}：{says}" for says in _differences(item, told, chains))
    except verify.UNREADABLE:
        yield f"{item.reference}：包里的记录看不懂：被改动过。"


def _differences(item: ArchiveItem, told: dict[str, Any], chains: list[Any]) -> Iterator[str]:
    """All of it but the state, which may have moved on since; so may the chains, that only grow."""
    kept = json.loads(as_json(about(item)))
    wrong = [name for name in sorted(kept.keys() | told.keys()) if kept.get(name) != told.get(name)]
    if wrong := [name for name in wrong if name != "state"]:
        yield f"与这里的档案不同（{'、'.join(wrong)}）。"
    rows = {row._meta.label_lower: row.pk for row in (item, item.document)}
    if {one["target"]: one["id"] for one in chains} != rows:
        yield "办理过程说的不是这一件。"
        return
    for one in chains:
        entries = Entry.objects.filter(target=one["target"], target_id=one["id"], seq=one["seq"])
        if [one["head"]] != list(entries.values_list("hash", flat=True)):
            yield f"办理过程“{one['target']}”与这里的留痕不同。"
