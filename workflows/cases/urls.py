"""Pages of this room."""

from django.urls import path

from .views import loading, rules

urlpatterns = [
    path("rules/", rules.rules, name="rules"),
    path("rules/what-if/", rules.rules_what_if, name="rules_what_if"),
    path("rules/load/", loading.rules_load, name="rules_load"),
    path("rules/<slug:code>-<int:version>.yaml", loading.rules_export, name="rules_export"),
]
