"""A plan: read from text, items, reporting duties, quotas, edited."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "workflows.plans"
    verbose_name = "方案"
