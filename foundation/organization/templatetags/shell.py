"""The frame around every page: where one can go, and how it looks to this person. Used by base.html."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.urls import NoReverseMatch, reverse

from foundation.organization.models import Person
from foundation.organization.posts import OFFICE_POSTS, OVERSEERS, UNIT_POSTS, Post

register = template.Library()

WORKERS = (*UNIT_POSTS, *OFFICE_POSTS)
READERS = (*WORKERS, *OVERSEERS)

#: Numbers beside an entry, from the room that owns them (set in AppConfig.ready): url name -> count.
COUNTS: dict[str, Callable[[HttpRequest], int]] = {}


@dataclass(frozen=True)
class Entry:
    name: str  # of the url
    label: str
    icon: str
    posts: tuple[str, ...]  # who sees it; the page itself decides who may open it
    on_phone: bool = False  # in the tab bar; the others are under 更多


ENTRIES = (
    Entry("workbench", "工作台", "house", tuple(Post), on_phone=True),
    Entry("inbox", "待办", "inbox", WORKERS, on_phone=True),
    Entry("plans", "方案", "file-earmark-text", (*OFFICE_POSTS, *OVERSEERS)),
    Entry("tasks", "任务", "list-check", READERS, on_phone=True),
    Entry("board", "看板", "grid-3x3", READERS, on_phone=True),
    Entry("statistics", "统计", "bar-chart", READERS),
    Entry("cases", "案件", "briefcase", WORKERS),
    Entry("case_numbers", "案件", "briefcase", (Post.LEADER,)),
    Entry("rules", "案件规则", "briefcase", (Post.AUDITOR, Post.ADMINISTRATOR)),
    Entry("registers", "登记册", "table", READERS),
    Entry("archive", "公文", "archive", READERS),
    Entry("address_book", "通讯录", "people", tuple(Post)),
    Entry("administration", "管理", "gear", (Post.ADMINISTRATOR, *OFFICE_POSTS, Post.AUDITOR)),
)

TABS = 4  # of a phone, beside 更多

SIZES = {"normal": ("large", "大字"), "large": ("huge", "特大字"), "huge": ("normal", "标准字")}


@register.simple_tag
def office() -> str:
    return settings.OFFICE_NAME


@register.filter
def decides(identity: Any) -> bool:
    """Its post has an inbox: administrators, auditors and leaders decide nothing."""
    return getattr(identity, "post", "") in WORKERS


@register.simple_tag
def lockout() -> str:
    """What happens after wrong passwords, as the settings say."""
    pause = span(dt.timedelta(hours=settings.AXES_COOLOFF_TIME))
    return f"连续输错 {settings.AXES_FAILURE_LIMIT} 次，账号锁定 {pause}。"


@register.filter
def span(time: dt.timedelta) -> str:
    minutes = round(time.total_seconds() / 60)
    return f"{minutes} 分钟" if minutes % 60 else f"{minutes // 60} 小时"


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> list[dict[str, Any]]:
    """The entries this identity may see and the site has. A page may set `section` to its entry's name."""
    request = context.get("request")
    identity = getattr(request, "identity", None)
    if request is None or identity is None:
        return []
    seen = [(entry, url) for entry in ENTRIES if identity.post in entry.posts and (url := _url(entry.name))]
    here = context.get("section") or _section(request.path, seen)
    few = len(seen) <= TABS
    return [
        {
            "label": entry.label,
            "icon": entry.icon,
            "on_phone": entry.on_phone or few,
            "url": url,
            "current": entry.name == here,
            "count": COUNTS[entry.name](request) if entry.name in COUNTS else 0,
        }
        for entry, url in seen
    ]


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _section(path: str, seen: list[tuple[Entry, str]]) -> str:
    under = [
        (len(url), entry.name) for entry, url in seen if path == url or (url != "/" and path.startswith(url))
    ]
    return max(under, default=(0, ""))[1]


@register.simple_tag(takes_context=True)
def appearance(context: Context) -> dict[str, str]:
    """Size and contrast of this person; before signing in, of this session."""
    request = context.get("request")
    user = getattr(request, "user", None)
    session = getattr(request, "session", {})
    if isinstance(user, Person):
        size, high = user.text_size, user.high_contrast
    else:
        size, high = session.get("text_size", "normal"), session.get("high_contrast", False)
    larger, label = SIZES[size]
    keys = "on" if getattr(user, "shortcuts", False) else "off"
    contrast = "high" if high else "normal"
    return {"size": size, "contrast": contrast, "next_size": larger, "next_label": label, "keys": keys}
