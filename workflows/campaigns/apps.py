"""A plan in force: its flow, dispatch, closing."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "workflows.campaigns"
    verbose_name = "活动"

    def ready(self) -> None:
        from approvals import drafts

        from .begun import BEGUN

        drafts.register(BEGUN)
