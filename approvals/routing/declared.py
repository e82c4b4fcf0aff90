"""Facts that a subject declares against those that a route has conditions on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..engine.routes import Route
from ..subjects import SUBJECTS

KINDS = {str: "文字", int: "数字", bool: "是或否"}


def declared_of(subject: str) -> Mapping[str, type]:
    found = SUBJECTS.get(subject)
    return found.facts if found else {}


def undeclared(route: Route, subject: str) -> list[str]:
    """Why a condition could never be judged: what starts on this route would be refused."""
    return list(_faults(route, declared_of(subject)))


def _faults(route: Route, declared: Mapping[str, type]) -> Iterator[str]:
    for number, step in enumerate(route.steps, 1):
        for one in step.when:
            kind = declared.get(one.fact)
            if kind is None:
                known = (
                    f"可用的有：{'、'.join(declared)}。" if declared else "这类事项不提供数据项，不能设条件。"
                )
                yield f"第{number}步的条件“{one.fact}”：没有这个数据项。{known}"
            elif kind is not type(one.value):
                yield f"第{number}步的条件“{one.fact}”：它是{KINDS[kind]}，不能与“{one.value}”比较。"
