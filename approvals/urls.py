from django.urls import path

from .api import urls as api
from .offers import OFFERS
from .views import (
    acting,
    approval,
    batch,
    inbox,
    opinions,
    printing,
    proxies,
    returning,
    route_files,
    routes,
    running,
    saved_filters,
    signature,
    signer_groups,
)

urlpatterns = [
    *api.urlpatterns,
    path("inbox/", inbox.inbox, name="inbox"),
    path("filters/", saved_filters.filter_save, name="filter_save"),
    path("filters/<int:pk>/remove/", saved_filters.filter_remove, name="filter_remove"),
    path("inbox/batch/", batch.batch, name="batch"),
    path("approvals/opinions/", opinions.quick_opinions, name="quick_opinions"),
    path("approvals/signature/", signature.signature, name="signature"),
    path("proxies/", proxies.proxies, name="proxies"),
    path("proxies/<int:pk>/revoke/", proxies.proxy_revoke, name="proxy_revoke"),
    path("approvals/<int:pk>/", approval.approval, name="approval"),
    path("approvals/<int:pk>/switch/", approval.switch, name="approval_switch"),
    path("approvals/<int:pk>/print/", printing.printed, name="approval_print"),
    path("approvals/<int:pk>/return/", returning.send_back, name="approval_return"),
    path("approvals/<int:pk>/read/", acting.read, name="approval_read"),
    *[path(f"approvals/<int:pk>/{do}/", acting.act, {"do": do}, name=f"approval_{do}") for do in OFFERS],
    path("administration/routes/", routes.routes, name="routes"),
    path("administration/routes/<int:pk>/", routes.route, name="route"),
    path("administration/routes/<int:pk>/edit/", routes.route_edit, name="route_edit"),
    path("administration/routes/<int:pk>/import/", route_files.route_import, name="route_import"),
    path("administration/routes/<int:pk>/<int:version>.json", route_files.route_export, name="route_export"),
    path("administration/routes/<int:pk>/running/", running.route_running, name="route_running"),
    path("administration/routes/<int:pk>/retire/", running.route_retire, name="route_retire"),
    path("administration/signer-groups/", signer_groups.signer_groups, name="signer_groups"),
    path("administration/signer-groups/new/", signer_groups.signer_group_new, name="signer_group_new"),
    path("administration/signer-groups/<int:pk>/", signer_groups.signer_group, name="signer_group"),
]
