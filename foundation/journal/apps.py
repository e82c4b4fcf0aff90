"""The append-only record, and the one way to move a state."""

from django.apps import AppConfig, apps
from django.db.models import Field


class JournalConfig(AppConfig):
    name = "foundation.journal"
    verbose_name = "留痕"

    def ready(self) -> None:
        from django_fsm.signals import pre_transition

        pre_transition.connect(refuse_direct_call, dispatch_uid="journal")
        register_moves()


def refuse_direct_call(sender: type, name: str, **_: object) -> None:
    """task.submit() would change the state in memory only, past lock, rules and journal."""
    raise RuntimeError(
        f"{sender.__name__}.{name}() is a declaration: call foundation.journal.moves.transition"
    )


def register_moves() -> None:
    """The verbs of all declared transitions, from their `custom={"says": …}`."""
    from . import verbs
    from .models import Journaled

    for model in apps.get_models():
        if issubclass(model, Journaled):
            for field in model._meta.fields:
                verbs.register(dict(_sentences(model, field)))


def _sentences(model: type, field: Field) -> list[tuple[str, str]]:
    if not hasattr(field, "get_all_transitions"):
        return []
    return [
        (f"{model._meta.label_lower}.{move.name}", move.custom["says"])  # type: ignore[attr-defined]
        for move in field.get_all_transitions(model)
    ]
