"""档案, under /archive/."""

from django.urls import path

from . import handing_out, views
from .finding.views import search

urlpatterns = [
    path("items/", views.items, name="archive_items"),
    path("items/arrange/", views.arrange, name="archive_arrange"),
    path("items/scheme/", views.scheme, name="archive_scheme"),
    path("items/<int:pk>/", views.item, name="archive_item"),
    path("items/<slug:what>.<slug:extension>", handing_out.catalogue, name="archive_catalogue"),
    path("search/", search, name="archive_search"),
    path("packages/", handing_out.packages, name="archive_packages"),
    path("packages/<int:pk>/", handing_out.package, name="archive_package"),
]
