"""What comes first on the board and on the workbench. The light of one task: tasks/deadlines.py."""

from __future__ import annotations

from foundation.organization.lights import Light

URGENCY = ("overdue", "near", "ok", "idle", "done")  # what is shown first


def urgency(light: Light | None) -> tuple[int, int]:
    """Sort key: late before near before the rest, what has no light last; longest late and soonest due first."""
    if light is None:
        return len(URGENCY), 0
    return URGENCY.index(light.kind), -light.days if light.kind == "overdue" else light.days
