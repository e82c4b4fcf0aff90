"""Units, people, posts, appointments, the working calendar, sign-in."""

from django.apps import AppConfig
from django.forms import ChoiceField, Field, FileField


class OrganizationConfig(AppConfig):
    name = "foundation.organization"
    verbose_name = "组织"

    def ready(self) -> None:
        from .findable import FINDS_PEOPLE, FINDS_UNITS
        from .searching import register

        register(FINDS_UNITS)
        register(FINDS_PEOPLE)
        # Django says 这个字段是必填项, which doesn't tell what to do. Read when a field is made.
        for kind, says in ((Field, "请填写。"), (ChoiceField, "请选择。"), (FileField, "请选择文件。")):
            kind.default_error_messages = kind.default_error_messages | {"required": says}
