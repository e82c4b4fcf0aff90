"""A plan in force: its flow, dispatch, closing."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "workflows.campaigns"
    verbose_name = "活动"
