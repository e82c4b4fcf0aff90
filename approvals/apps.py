"""The approval engine: routes, steps, signers, decisions, proxies. Knows no subject."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ApprovalsConfig(AppConfig):
    name = "approvals"
    verbose_name = "审批"

    def ready(self) -> None:
        from .defaults import ensure_routes
        from .nodes import register_subject

        register_subject()
        post_migrate.connect(ensure_routes, sender=self, dispatch_uid="default-routes")
