"""Typical cases: penalties, referral to criminal justice, statutory clocks."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "workflows.cases"
    verbose_name = "案件"

    def ready(self) -> None:
        from foundation.journal import verbs
        from foundation.organization.services import DAYS_CHANGED

        from .jobs import days_changed

        DAYS_CHANGED.append(days_changed)
        verbs.register({"journal.book.rules.load": "装入规则包"})
