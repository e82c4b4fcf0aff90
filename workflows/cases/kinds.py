"""The kinds of typical cases that a plan may ask for."""

from django.db.models import TextChoices


class CaseKind(TextChoices):
    DOUBLE_PENALTY = "double_penalty", "一案双罚"
    REFERRAL = "referral", "行刑衔接"
