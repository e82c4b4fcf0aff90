"""Pages of drafts."""

from django.urls import path

from . import views

urlpatterns = [
    path("drafts/", views.drafts, name="drafts"),
    path("drafts/new/", views.draft_new, name="draft_new"),
    path("drafts/<int:pk>/", views.draft, name="draft"),
    path("drafts/<int:pk>/proof/", views.draft_proof, name="draft_proof"),
    path("drafts/<int:pk>/act/<slug:do>/", views.draft_act, name="draft_act"),
]
