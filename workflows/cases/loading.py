"""An administrator loads a new version of a rule pack: read, compared, checked, kept for ever."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from foundation.organization.actors import Actor
from foundation.organization.audit import tell
from foundation.organization.refusals import Refused

from .library import DEFAULT, PACKS, document, packs, parsed
from .models import RulePack
from .pack import BadPack, Pack
from .pack_diff import Change, pack_diff


@dataclass(frozen=True)
class Preview:
    """A pack that may be loaded, and what it changes."""

    pack: Pack
    before: Pack | None
    changes: list[Change]


def every_pack() -> list[Pack]:
    """Those of the product and those loaded, by code and version. One query."""
    loaded = [parsed(text) for text in RulePack.objects.values_list("text", flat=True)]
    return sorted([*packs(), *loaded], key=lambda one: (one.code, one.version))


def newest() -> Pack:
    """The last version of the product's own pack."""
    return [one for one in every_pack() if one.code == DEFAULT][-1]


def text_of(code: str, version: int) -> str | None:
    """The pack as a file, to be changed and loaded again."""
    row = RulePack.objects.filter(code=code, version=version).first()
    if row:
        return row.text
    texts = (path.read_text("utf-8") for path in PACKS.glob("*.yaml"))
    return next(
        (text for text in texts if (one := parsed(text)).code == code and one.version == version), None
    )


def preview(text: str) -> Preview:
    """Raises BadPack with what has to be put right."""
    pack = parsed(text)
    earlier = [one for one in every_pack() if one.code == pack.code]
    last = earlier[-1] if earlier else None
    if wanted := _next(pack, last):
        raise BadPack(wanted)
    before = document(text_of(last.code, last.version) or "") if last else {}
    changes = pack_diff(before, document(text))
    if not changes:
        raise BadPack("与现行版本相同，没有改动。")
    return Preview(pack, last, changes)


def _next(pack: Pack, last: Pack | None) -> str:
    number = last.version + 1 if last else 1
    if pack.version != number:
        return f"规则包的 version 应是 {number}，现在写的是 {pack.version}，请改正。"
    if last and pack.effective_from < last.effective_from:
        return f"规则包的 effective_from 早于第 {last.version} 版（{last.effective_from}），请核对施行日期。"
    return ""


@transaction.atomic
def load(*, text: str, actor: Actor, at: dt.datetime) -> RulePack:
    """Cases that are opened from its day on are under it; earlier ones keep theirs. Raises BadPack or Refused."""
    if actor.post is None:
        raise Refused("只有在任的人员可以装入规则包。")
    found = preview(text)
    row = RulePack.objects.create(
        code=found.pack.code, version=found.pack.version, effective_from=found.pack.effective_from, text=text,
        loaded_by_id=actor.post, at=at,
    )  # fmt: skip
    data = {"pack": row.code, "version": row.version, "changes": len(found.changes)}
    tell("rules.load", actor=actor, at=at, data=data)
    return row
