"""META of render_document: JSON to Meta, unknown keys and wrong values named by their path."""

from datetime import date
from pathlib import Path
from typing import Any

from foundation.organization.schemas import fault, read_json

from .document import Meta


class BadMeta(ValueError):
    """META 有误。"""


def read_meta(path: Path) -> Meta:
    """Raises BadMeta with the path of what is wrong (`cc[1]`), OSError when there is no such file."""
    try:
        return make_meta(read_json(path))
    except ValueError as error:
        raise BadMeta(str(error)) from error


def make_meta(values: Any) -> Meta:
    if says := fault(values, "render_document", "META"):
        raise BadMeta(says)
    found = dict(values)
    _refuse_spare_seals(found)
    for name in {"to", "cc"} & found.keys():
        found[name] = _several(found[name])
    for name in {"organ", "signer", "seal"} & found.keys():
        found[name], *rest = _several(found[name]) or ("",)
        found[f"joint_{name}s"] = tuple(rest)
    if "issued_on" in found:
        found["issued_on"] = _date(found["issued_on"])
    return Meta(**found)


def _refuse_spare_seals(values: dict[str, Any]) -> None:
    """One seal an organ; where no organ is named, one."""
    seals, organs = _several(values.get("seal", "")), _several(values.get("organ", ""))
    if any(seals[max(1, len(organs)) :]):
        raise BadMeta(
            f"META 的 seal 有 {len(seals)} 枚印章，organ 只有 {len(organs)} 个机关：每个机关盖一枚，请删去多的，或在 organ 里写全机关。"
        )


def _several(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadMeta(f"META 的 issued_on 不是日历上的日期：{text}。") from error
