"""Pages of this room."""

from django.urls import path

from .views import rules

urlpatterns = [
    path("rules/", rules.rules, name="rules"),
    path("rules/what-if/", rules.rules_what_if, name="rules_what_if"),
]
