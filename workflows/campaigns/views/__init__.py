"""The pages of plans and campaigns."""

from .acts import archive, begin_closing, dispatch, resume, send, statistics, take_back
from .plans import plan, plans
from .uploads import plan_new

__all__ = [
    "archive", "begin_closing", "dispatch", "plan", "plan_new", "plans", "resume", "send", "statistics", "take_back",
]  # fmt: skip
