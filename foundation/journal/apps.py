"""The append-only record, and the one way to move a state."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_migrate


class JournalConfig(AppConfig):
    name = "foundation.journal"
    verbose_name = "留痕"

    def ready(self) -> None:
        from django_fsm.signals import pre_transition

        from foundation.organization import audit

        from .books import write

        pre_transition.connect(refuse_direct_call, dispatch_uid="journal")
        register_moves()
        if write not in audit.listeners:
            audit.listeners.append(write)
        pre_migrate.connect(unguard, sender=self)
        post_migrate.connect(guard, sender=self)


def unguard(*, plan: list, **_: object) -> None:
    """SQLite rebuilds tables, and won't while a trigger names one that is gone for a moment."""
    from .guard import remove

    if plan:
        remove()


def guard(**_: object) -> None:
    from .guard import install

    install()


def refuse_direct_call(sender: type, name: str, **_: object) -> None:
    """task.submit() would change the state in memory only, past lock, rules and journal."""
    raise RuntimeError(
        f"{sender.__name__}.{name}() is a declaration: call foundation.journal.moves.transition"
    )


def register_moves() -> None:
    """The verbs of every journaled model: its transitions' `custom={"says": …}`, and its `verbs`."""
    from . import verbs
    from .models import Journaled

    for model in apps.get_models():
        if issubclass(model, Journaled):
            says = {**model.verbs, **_transitions(model)}
            verbs.register({f"{model._meta.label_lower}.{name}": text for name, text in says.items()})


def _transitions(model: type) -> dict[str, str]:
    fields = [f for f in model._meta.fields if hasattr(f, "get_all_transitions")]  # type: ignore[attr-defined]
    return {move.name: move.custom["says"] for f in fields for move in f.get_all_transitions(model)}
