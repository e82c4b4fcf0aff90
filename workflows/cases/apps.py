"""Typical cases: penalties, referral to criminal justice, statutory clocks."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "workflows.cases"
    verbose_name = "案件"

    def ready(self) -> None:
        from foundation.files import readers
        from foundation.journal import verbs
        from foundation.organization.services import DAYS_CHANGED

        from .jobs import days_changed
        from .models import Evidence
        from .permissions import sees_evidence
        from .register import look_at_file

        DAYS_CHANGED.append(days_changed)
        readers.register(Evidence, sees_evidence, look_at_file)
        verbs.register({"journal.book.rules.load": "装入规则包"})
