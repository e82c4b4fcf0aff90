"""Pages of the editor."""

from django.urls import path, re_path

from . import views

urlpatterns = [
    path("drafts/<int:pk>/edit/", views.draft_edit, name="draft_edit"),
    path("drafts/<int:pk>/edit/preview/", views.draft_preview, name="draft_preview"),
    path("drafts/<int:pk>/edit/autosave/", views.draft_autosave, name="draft_autosave"),
    re_path(r"^pages/(?P<digest>[0-9a-f]{64})\.png$", views.page_picture, name="page_picture"),
]
