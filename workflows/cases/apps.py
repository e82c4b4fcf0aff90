"""Typical cases: penalties, referral to criminal justice, statutory clocks."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "workflows.cases"
    verbose_name = "案件"

    def ready(self) -> None:
        from documents import subjects
        from foundation.files import readers
        from foundation.journal import verbs
        from foundation.organization import searching
        from foundation.organization.ending import ESTATES
        from foundation.organization.services import DAYS_CHANGED

        from .findable import FINDS_CASES
        from .jobs import days_changed
        from .models import Case, CaseExport, Evidence
        from .permissions import own_export, sees_case, sees_evidence
        from .register import look_at_file, look_at_paper
        from .succession import CASES

        searching.register(FINDS_CASES)
        DAYS_CHANGED.append(days_changed)
        ESTATES.extend(one for one in [CASES] if one not in ESTATES)
        readers.register(CaseExport, own_export)
        readers.register(Evidence, sees_evidence, look_at_file)
        subjects.reserve(Case, sees_case, look_at_paper)
        subjects.PAGES["cases.case"] = "case"
        verbs.register({"journal.book.rules.load": "装入规则包", "journal.book.rules.choose": "选定时限依据"})
