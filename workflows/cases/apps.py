"""Typical cases: penalties, referral to criminal justice, statutory clocks."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "workflows.cases"
    verbose_name = "案件"
