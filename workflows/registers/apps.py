"""登记册 of the systems around the office."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RegistersConfig(AppConfig):
    name = "workflows.registers"
    verbose_name = "登记册"

    def ready(self) -> None:
        from .ensuring import ensure_registers

        post_migrate.connect(ensure_registers, sender=self, dispatch_uid="registers")
