"""Units, people and who holds which post from when to when."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from .posts import Post

FAR = dt.date(9999, 12, 31)  # an appointment without an end


class UnitGroup(models.Model):
    """A set of units that a plan names in one word: 各镇（街）, 负有安全管理职责的监管部门 …"""

    code = models.SlugField("代码", max_length=32, unique=True)
    name = models.CharField("名称", max_length=60)
    by_default = models.BooleanField("新单位自动加入", default=False)

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A town, a department or the office itself."""

    class Kind(models.TextChoices):
        OFFICE = "office", "安委办"
        TOWN = "town", "镇"
        SUBDISTRICT = "subdistrict", "街道"
        DEPARTMENT = "department", "部门"
        ENTERPRISE = "enterprise", "企事业单位"

    code = models.SlugField("编码", max_length=32, unique=True)
    name = models.CharField("全称", max_length=60, unique=True)
    short_name = models.CharField("简称", max_length=30)
    initials = models.CharField("拼音首字母", max_length=91, blank=True, editable=False)
    aliases = models.JSONField("别名", default=list, blank=True)
    kind = models.CharField("类别", max_length=12, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name="上级单位")
    order = models.PositiveIntegerField("排序", default=0)
    document_code = models.CharField("机关代字", max_length=20, blank=True)
    groups = models.ManyToManyField(UnitGroup, blank=True, related_name="units", verbose_name="所属范围")
    ended_on = models.DateField("撤销日期", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承接单位"
    )

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.short_name


class PersonManager(BaseUserManager["Person"]):
    def create_person(self, username: str, name: str, password: str | None = None) -> Person:
        person = self.model(username=username, name=name)
        person.set_password(password)
        person.save()
        return person


class Person(AbstractBaseUser):
    """Somebody who can sign in. Powers come from appointments alone; there is no superuser."""

    class TextSize(models.TextChoices):
        NORMAL = "normal", "标准"
        LARGE = "large", "大字"
        HUGE = "huge", "特大"

    username = models.CharField("账号", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=30)
    initials = models.CharField("拼音首字母", max_length=30, blank=True, editable=False)
    phone = models.CharField("联系电话", max_length=20, blank=True)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("须修改密码", default=False)  # the one in use was handed out
    code_until = models.DateTimeField("一次性密码有效至", null=True)  # of the one that was handed out
    text_size = models.CharField("字号", max_length=6, choices=TextSize, default=TextSize.NORMAL)
    high_contrast = models.BooleanField("高对比", default=False)
    shortcuts = models.BooleanField("键盘快捷键", default=True)

    objects = PersonManager()
    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """viewflow and axes ask; the product's own rules answer elsewhere, so never yes."""
        return False

    has_module_perms = has_perm


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def in_force(self, day: dt.date) -> AppointmentQuerySet:
        return self.filter(in_force(day))

    def holding(self, post: str, unit: Unit | int, day: dt.date) -> AppointmentQuerySet:
        return self.in_force(day).filter(post=post, unit=unit)


def in_force(day: object, prefix: str = "") -> Q:
    """The appointment counts on `day`: a date, or an expression for one."""
    return Q(
        **{
            f"{prefix}start__lte": day,
            f"{prefix}end__gte": day,
            f"{prefix}person__is_active": True,
            f"{prefix}revoked": False,
        }
    )


class Appointment(models.Model):
    """A person holds a post of a unit from `start` to `end`, both days included.

    This is the identity under which somebody acts: drafts, inboxes and decisions belong to it.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments", verbose_name="人员")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appointments", verbose_name="单位")
    post = models.CharField("岗位", max_length=16, choices=Post)
    acting = models.BooleanField("主持工作", default=False)
    start = models.DateField("自")
    end = models.DateField("至", default=FAR)
    revoked = models.BooleanField("作废", default=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["unit__order", "post", "start", "pk"]
        indexes = [
            models.Index(fields=["person", "end"], name="appointment_person"),
            models.Index(fields=["unit", "post", "end"], name="appointment_seat"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="appointment_dates"),
            # One at a time is checked over dates in services.appoint; this holds for the open-ended ones.
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(post=Post.LIAISON, end=FAR, revoked=False),
                name="appointment_one_liaison",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.name}（{self.unit.short_name}{self.get_post_display()}）"


class Day(models.Model):
    """One day of the working calendar, loaded a year at a time."""

    date = models.DateField("日期", unique=True)
    works = models.BooleanField("工作日")
    name = models.CharField("名称", max_length=20, blank=True)  # 春节, 国庆节; 调休 on a working weekend

    class Meta:
        ordering = ["date"]
