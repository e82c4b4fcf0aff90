"""The accounts that the sign-in page of the demo lists. The demo command writes ANBAN_DATA/demo.json:

{"password": "…", "accounts": ["username", …]}
"""

from __future__ import annotations

import json

from django.conf import settings
from django.utils import timezone

from .models import Appointment


def demo_accounts() -> tuple[list[tuple[str, str, str, str]], str]:
    """([(username, name, unit, post)] in the order of the file, one line a person; their password)."""
    path = settings.DATA_DIR / "demo.json"
    if not settings.DEMO or not path.exists():
        return [], ""
    known = json.loads(path.read_text())
    wanted: list[str] = known["accounts"]
    held = Appointment.objects.in_force(timezone.localdate()).filter(person__username__in=wanted)
    posts: dict[str, list[Appointment]] = {}
    for seat in held.select_related("person", "unit"):
        posts.setdefault(seat.person.username, []).append(seat)
    return [_line(posts[user]) for user in wanted if user in posts], known["password"]


def _line(seats: list[Appointment]) -> tuple[str, str, str, str]:
    first = seats[0].person
    units = dict.fromkeys(seat.unit.short_name for seat in seats)
    labels = [seat.get_post_display() for seat in seats]
    return first.username, first.name, "、".join(units), "、".join(labels)
