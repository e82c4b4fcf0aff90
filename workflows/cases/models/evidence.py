"""证据 of a case, with or without a file."""

from __future__ import annotations

from django.db import models

from .kept import Kept


class Evidence(Kept):
    class Kind(models.TextChoices):
        DOCUMENT = "document", "书证"
        THING = "thing", "物证"
        MEDIA = "media", "视听资料"
        DATA = "data", "电子数据"
        WITNESS = "witness", "证人证言"
        STATEMENT = "statement", "当事人的陈述"
        OPINION = "opinion", "鉴定意见"
        RECORD = "record", "勘验笔录、现场笔录"

    kind = models.CharField("种类", max_length=9, choices=Kind)
    name = models.CharField("名称", max_length=100)
    on = models.DateField("取得日期")
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return self.name
