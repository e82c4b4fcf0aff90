"""The contracts in docs/schemas, and what is wrong with a document that does not keep one, in a sentence."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings


def read_json(path: Path) -> Any:
    """Raises ValueError with a sentence, OSError when there is no such file."""
    try:
        return json.loads(path.read_text("utf-8-sig"), object_pairs_hook=_object, parse_float=_number)
    except (ValueError, RecursionError) as error:  # a ValueError also where an integer has too many digits
        raise ValueError(f"{path.name} 不是 UTF-8 的 JSON 文件：{_why(error)}。") from error


def write_json(found: Any) -> str:
    """What a command prints. Half a surrogate pair, which UTF-8 can't hold, stays escaped as it came."""
    return json.dumps(found, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace").decode()


class TwiceWritten(ValueError):
    """A key that is."""


def _why(error: Exception) -> str:
    """Where the parser stopped; its own sentence is English."""
    if isinstance(error, json.JSONDecodeError):
        return f"第 {error.lineno} 行第 {error.colno} 个字符处写法不对，请检查引号、逗号和括号"
    if isinstance(error, TwiceWritten):
        return str(error)
    if isinstance(error, UnicodeDecodeError):
        return "请另存为 UTF-8 编码"
    return "嵌套太深，请减少层次" if isinstance(error, RecursionError) else "有的数字太长，请改短"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Nothing is silently overwritten."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise TwiceWritten(f"键“{key}”写了两次")
        found[key] = value
    return found


def _number(text: str) -> float | int:
    """1000.0 is a whole number to JSON Schema; so it is here, and is printed as one."""
    value = float(text)
    return int(value) if value.is_integer() else value


def fault(values: Any, schema: str, what: str) -> str:
    """The first fault by docs/schemas/`schema`.json with its path (`cc[1]`); empty where there is none.

    `what` names the document for people: META.
    """
    from jsonschema import Draft202012Validator  # slow to import, and few commands need it

    errors = Draft202012Validator(_schema(schema)).iter_errors(values)
    first = min(errors, key=lambda error: [str(part) for part in error.absolute_path], default=None)
    return _sentence(first, what) if first else ""


@cache
def _schema(name: str) -> dict[str, Any]:
    return json.loads((settings.BASE_DIR / "docs" / "schemas" / f"{name}.json").read_text("utf-8"))


def _sentence(error: Any, what: str) -> str:
    at = error.json_path.removeprefix("$").removeprefix(".")
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        extra = next(key for key in error.instance if key not in known)
        return f"{what} 里有不认识的键：{f'{at}.{extra}' if at else extra}。可用的键：{'、'.join(known)}。"
    value = json.dumps(error.instance, ensure_ascii=False)[:80]
    return f"{what} 的 {at or '内容'} 不对：{value}，{_wanted(error)}。"


KINDS = {
    "object": "对象", "array": "列表", "string": "文字", "integer": "整数", "number": "数字", "boolean": "true 或 false",
    "null": "null",
}  # fmt: skip
BOUNDS = {
    "minLength": "不能为空", "minItems": "至少要有 {} 项", "maxItems": "最多 {} 项", "minimum": "不能小于 {}", "maximum": "不能大于 {}",
    "maxLength": "最长 {} 字",
}  # fmt: skip


def _wanted(error: Any) -> str:
    if error.validator == "enum":
        return f"应是{'、'.join(str(value) or '空' for value in error.validator_value)}之一"
    if error.validator == "required":
        return f"缺少 {'、'.join(key for key in error.validator_value if key not in error.instance)}"
    if error.validator == "type":
        kinds = error.validator_value
        return f"应是{'、'.join(KINDS[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds))}"
    if error.validator in BOUNDS:
        return BOUNDS[error.validator].format(error.validator_value)
    return f"应符合 {error.validator} {json.dumps(error.validator_value, ensure_ascii=False)[:80]}"
