"""Files by content, and where they are attached."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from foundation.organization.models import Appointment


def path_of(sha256: str) -> Path:
    """Two levels of folders keep each of them small: 65,536 folders hold millions of files."""
    return settings.FILES_DIR / sha256[:2] / sha256[2:4] / sha256


class StoredFile(models.Model):
    """One content, kept once however often it is uploaded. Never changed, never deleted."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField("大小")
    media_type = models.CharField("类型", max_length=100)
    created = models.DateTimeField("存入时间")

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> Path:
        return path_of(self.sha256)


class Attachment(models.Model):
    """A file in a place (`slot`) of a row of any room, under the name its uploader gave it."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments", verbose_name="文件")
    subject = models.CharField(max_length=40)  # "tasks.task"
    subject_id = models.BigIntegerField()
    slot = models.CharField("位置", max_length=40)  # which field of the form: "photos", "report"
    name = models.CharField("文件名", max_length=120)
    added_by = models.ForeignKey(
        Appointment, models.PROTECT, null=True, db_index=False, related_name="+", verbose_name="上传人"
    )  # None: the system made it
    at = models.DateTimeField("上传时间")
    removed_at = models.DateTimeField("移除时间", null=True)
    removed_by = models.ForeignKey(
        Appointment, models.PROTECT, null=True, db_index=False, related_name="+", verbose_name="移除人"
    )

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject", "subject_id"], name="attachment_subject")]
        constraints = [
            # A form sent twice attaches its files once.
            models.UniqueConstraint(
                fields=["subject", "subject_id", "slot", "file"],
                condition=Q(removed_at=None),
                name="attachment_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def size(self) -> int:
        return self.file.size

    @property
    def url(self) -> str:
        return reverse("file", args=[self.pk])
