"""The site's table of contents."""

from django.urls import include, path

urlpatterns = [
    path("", include("workflows.tracking.urls")),
    path("", include("foundation.organization.urls")),
    path("", include("foundation.files.urls")),
    path("", include("foundation.manual.urls")),
    path("", include("foundation.jobs.urls")),
    path("", include("foundation.outbox.urls")),
    path("", include("foundation.health.urls")),
    path("", include("approvals.urls")),
    path("", include("documents.urls")),
    path("", include("workflows.plans.urls")),
    path("", include("workflows.cases.urls")),
    path("", include("workflows.campaigns.urls")),
    path("", include("workflows.tasks.urls")),
    path("", include("workflows.registers.urls")),
]
