"""The opinions of approvals, as the content of an approval form keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from approvals.given import Given


def opinions_of(given: Iterable[Given]) -> list[dict[str, Any]]:
    return [_opinion(one) for one in given]


def _opinion(one: Given) -> dict[str, Any]:
    return {
        "step": one.step,
        "person": one.person,
        "post": one.post,
        "on_behalf_of": one.behalf,
        "decision": one.decision,
        "text": one.text,
        "at": timezone.localtime(one.at).isoformat() if one.at else None,
        "signed": one.signed,
        "signature": one.picture.file.sha256 if one.picture else "",
        "files": [file.name for file in one.files],
    }
