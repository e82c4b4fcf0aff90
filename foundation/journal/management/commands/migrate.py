"""migrate, as Django has it; what is guarded stays guarded though a migration fails."""

from typing import Any

from django.core.management.commands import migrate

from foundation.journal import guard
from foundation.organization.commands import OwnCommand


class Command(OwnCommand, migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            super().handle(*args, **options)
        except (
            BaseException
        ):  # no signal comes then; --check and a wrong name end here too, and took nothing off
            if guard.missing():
                guard.install()
            raise
