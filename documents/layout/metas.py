"""META of render_document: JSON to Meta, unknown keys and wrong values named by their path."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from .document import Meta


class BadMeta(ValueError):
    """META 有误。"""


def read_meta(path: Path) -> Meta:
    """Raises BadMeta with the path of what is wrong (`cc[1]`), OSError when there is no such file."""
    try:
        values = json.loads(path.read_text("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadMeta(f"{path.name} 不是 UTF-8 的 JSON 文件：{error}。") from error
    return make_meta(values)


def make_meta(values: Any) -> Meta:
    from jsonschema import Draft202012Validator

    errors = sorted(
        Draft202012Validator(_schema()).iter_errors(values), key=lambda error: list(error.absolute_path)
    )
    if errors:
        raise BadMeta(_sentence(errors[0]))
    found = dict(values)
    for name in {"to", "cc"} & found.keys():
        found[name] = tuple([found[name]] if isinstance(found[name], str) else found[name])
    if "issued_on" in found:
        found["issued_on"] = _date(found["issued_on"])
    return Meta(**found)


@cache
def _schema() -> dict[str, Any]:
    return json.loads((settings.BASE_DIR / "docs" / "schemas" / "render_document.json").read_text())


def _sentence(error: Any) -> str:
    at = error.json_path.removeprefix("$").removeprefix(".")
    if error.validator == "additionalProperties":
        known = error.schema["properties"]
        extra = next(key for key in error.instance if key not in known)
        return f"META 里有不认识的键：{f'{at}.{extra}' if at else extra}。可用的键：{'、'.join(known)}。"
    return (
        f"META 的 {at or '内容'} 不对：{json.dumps(error.instance, ensure_ascii=False)}，{_wanted(error)}。"
    )


def _wanted(error: Any) -> str:
    if error.validator == "enum":
        return f"应是{'、'.join(value or '空' for value in error.validator_value)}之一"
    if error.validator == "type":
        return f"类型应是 {error.validator_value}"
    return f"应符合 {error.validator} {json.dumps(error.validator_value, ensure_ascii=False)[:80]}"


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadMeta(f"META 的 issued_on 不是日历上的日期：{text}。") from error
