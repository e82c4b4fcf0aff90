"""YAML as people write it: text stays text, a key stands once, faults are sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

MOST = 100_000  # values of a document, those it repeats by alias counted each time


class Loader(yaml.SafeLoader):
    """Dates stay as they are typed, and nothing is silently overwritten."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _mapping(loader: Loader, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key, _ in node.value:
        name = loader.construct_object(key, deep=True)
        if isinstance(name, dict | list):
            continue
        if name in seen:
            raise yaml.constructor.ConstructorError(None, None, f"键“{name}”写了两次", key.start_mark)
        seen.add(name)
    return loader.construct_mapping(node, deep=True)


Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _weigh(value: Any, known: dict[int, int]) -> int:
    """How many values it holds when written out; a few lines of aliases can mean millions, or no end of them."""
    if not isinstance(value, dict | list):
        return 1
    if id(value) not in known:
        known[id(value)] = MOST  # as long as it is being weighed: one that holds itself has no end
        parts = value.values() if isinstance(value, dict) else value
        known[id(value)] = 1 + sum(_weigh(part, known) for part in parts)
    return known[id(value)]


def read_yaml(path: Path) -> Any:
    """Raises ValueError with a sentence that names the line, OSError when there is no such file."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path.name} 不是 UTF-8 文本，请另存为 UTF-8。") from error
    return parse_yaml(text, path.name)


def parse_yaml(text: str, name: str) -> Any:
    """Raises ValueError with a sentence that names the line."""
    try:
        found = yaml.load(text, Loader)  # noqa: S506 (a SafeLoader)
        if _weigh(found, {}) >= MOST:
            raise yaml.YAMLError
        return found
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第 {mark.line + 1} 行" if mark else "内容"
        problem = getattr(error, "problem", None) or "层次太深、内容太多或不是 YAML"
        raise ValueError(f"{name} 的{where}不是正确的 YAML：{problem}。") from error
