"""What a unit hands in for an item."""

from django.db.models import TextChoices


class Deliverable(TextChoices):
    RECORDS = "records", "活动记录"
    REPORT = "report", "书面材料（另附可编辑版本）"
    STATISTICS = "statistics", "附件2 统计表"
    SCHEDULE = "schedule", "附件3 安排表"
    EVENT = "event", "办公室活动办结"  # an event of the office's own
    CASES = "cases", "典型案例推荐"
