"""Reads an official plan (方案) into dates, duties, reports and quotas by rules; pure Python, no Django.

`foundation.files.text` turns an upload into text, `read` turns it into a `Reading`; every value carries the half-open
code-point span of its source, and what was not understood is listed, never dropped.
"""

from workflows.plans.reading.assemble import read
from workflows.plans.reading.lexicon import Lexicon
from workflows.plans.reading.model import (
    Alternative,
    Basis,
    Item,
    Period,
    PlanDate,
    Quantity,
    Quota,
    Reading,
    Report,
    Responsible,
    System,
    Unread,
    Warning,
)

__all__ = [
    "Alternative",
    "Basis",
    "Item",
    "Lexicon",
    "Period",
    "PlanDate",
    "Quantity",
    "Quota",
    "Reading",
    "Report",
    "Responsible",
    "System",
    "Unread",
    "Warning",
    "read",
]
