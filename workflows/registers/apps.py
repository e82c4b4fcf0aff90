"""登记册 of the systems around the office."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RegistersConfig(AppConfig):
    name = "workflows.registers"
    verbose_name = "登记册"

    def ready(self) -> None:
        from approvals import subjects
        from workflows.cases.sources import FINDERS
        from workflows.tasks.figures import registered

        from .beside import open_book
        from .ensuring import ensure_registers
        from .judged import SUBJECT
        from .services.leading import found_in

        subjects.register(*SUBJECT)
        registered.opened_by(open_book)
        if found_in not in FINDERS:
            FINDERS.append(found_in)
        post_migrate.connect(ensure_registers, sender=self, dispatch_uid="registers")
