"""The approval engine: routes, steps, signers, decisions, proxies. Knows no subject."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "approvals"
    verbose_name = "审批"

    def ready(self) -> None:
        from .nodes import register_subject

        register_subject()
