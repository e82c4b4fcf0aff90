"""What tests/workflows/tracking/matrix.py holds of 统计汇总 and 日程."""

from typing import Any

from tests.cast import Cast, actor
from tests.may import EVERYBODY, OFFICE, READERS, WORKERS, Row
from tests.workflows.tasks.minutes import AT
from workflows.tracking.schedule.feeds import open_feed

PAGES = [
    Row("schedule", READERS),
    Row("schedule_sheet", READERS, opens=404),  # of a campaign that asks for 附件3
    Row("statistics", READERS),
    Row("statistics_cells", READERS, opens=404),  # of a campaign that asks for figures
]
ACTS = [
    Row("schedule_subscribe", WORKERS),
    Row("statistics_paper", OFFICE),
    Row("statistics_export", READERS),
]
PUBLIC = [Row("schedule_feed", EVERYBODY, ("feed",))]


def world(cast: Cast) -> dict[str, Any]:
    return {"feed": open_feed(actor=actor(cast.town.liaison), at=AT).token}
