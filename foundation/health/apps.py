"""运行状况: whether the site itself is well, for machines and for whoever keeps it."""

from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "foundation.health"
    verbose_name = "运行状况"

    def ready(self) -> None:
        from foundation.organization.sections import SECTIONS, Section

        from .checks import alarm

        ours = Section("health_page", "运行状况", "数据库、后台任务、消息和磁盘是否正常", alarm)
        if ours not in SECTIONS:
            SECTIONS.append(ours)
