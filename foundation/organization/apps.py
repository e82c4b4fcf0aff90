"""Units, people, posts, appointments, the working calendar, sign-in."""

from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "foundation.organization"
    verbose_name = "组织"
