"""A plan: read from text, items, reporting duties, quotas, edited."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "workflows.plans"
    verbose_name = "方案"

    def ready(self) -> None:
        from foundation.files import readers

        from .models import Plan
        from .permissions import sees_plan

        readers.register(Plan, sees_plan)
