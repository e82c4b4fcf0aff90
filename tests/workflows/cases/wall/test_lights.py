"""What is left is said in the unit in which the law counts it."""

import pytest

from foundation.organization.calendar import WorkCalendar
from tests.workflows.cases.test_counting import CALENDAR, at
from workflows.cases.wall.lights import light_of


@pytest.mark.parametrize(
    ("unit", "due", "now", "told"),
    [
        ("hour", "03-04 10:20", "03-03 20:44", ("near", "剩 13 小时 36 分")),
        ("hour", "03-04 10:20", "03-04 10:00", ("near", "剩 20 分")),
        ("hour", "03-04 10:20", "03-04 10:20", ("near", "剩 0 分")),
        ("hour", "03-04 10:20", "03-06 12:21", ("overdue", "逾期 50 小时 1 分")),
        ("natural_day", "03-05 23:59:59", "03-02 15:00", ("ok", "剩 3 天")),
        ("natural_day", "03-05 23:59:59", "03-05 09:00", ("near", "今天 24:00 到期")),
        ("natural_day", "03-05 23:59:59", "03-05 23:59", ("near", "今天 24:00 到期")),
        ("natural_day", "03-05 23:59:59", "03-06 00:00", ("overdue", "逾期 1 天")),
        ("month", "06-05 23:59:59", "03-06 00:00", ("ok", "剩 91 天")),
        ("working_day", "02-28 23:59:59", "02-13 09:00", ("ok", "剩 6 个工作日")),  # over Spring Festival
        ("working_day", "02-13 23:59:59", "02-17 09:00", ("overdue", "逾期 1 个工作日")),  # 14 February works
        ("working_day", "02-14 23:59:59", "02-20 09:00", ("overdue", "逾期 1 个工作日")),  # none since
        ("working_day", "02-14 23:59:59", "02-25 09:00", ("overdue", "逾期 2 个工作日")),
    ],
)
def test_time_left_and_late(unit, due, now, told):
    assert light_of(at(due), unit, at(now), CALENDAR) == told


def test_one_that_stands_still_has_no_time():
    assert light_of(None, "natural_day", at("03-05 09:00"), WorkCalendar()) == ("idle", "中止，期限不计")
