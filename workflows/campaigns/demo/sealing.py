"""The demo's seal: drawn, and used by whoever dispatches for the office."""

from __future__ import annotations

import datetime as dt

from documents.sealing.drawing import demo_seal
from documents.sealing.services import add_seal
from foundation.organization.actors import Actor
from foundation.organization.posts import OFFICE_POSTS

from .people import seat


def add_demo_seal(at: dt.datetime) -> None:
    boss = seat("anweiban.zhuren")
    organ = boss.unit
    add_seal(
        organ=organ, name=f"{organ.short_name}印章（演示）", picture=demo_seal(organ.name), file_name="演示印章.png",
        start=at.date(), posts=OFFICE_POSTS, actor=Actor.of(boss), at=at,
    )  # fmt: skip
