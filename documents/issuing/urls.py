"""Pages of drafts and of what became of them."""

from django.urls import path

from . import shown, views
from .heads import views as heads
from .patterns import views as patterns

urlpatterns = [
    path("<int:pk>/", shown.document, name="document"),
    path("<int:pk>/pages/<int:number>.png", shown.document_page, name="document_page"),
    path("<int:pk>/make/", shown.document_make, name="document_make"),
    path("<int:pk>/again/<slug:do>/", shown.document_again, name="document_again"),
    path("patterns/", patterns.patterns, name="patterns"),
    path("patterns/new/", patterns.pattern_new, name="pattern_new"),
    path("patterns/<int:pk>/", patterns.pattern, name="pattern"),
    path("patterns/<int:pk>/stop/", patterns.pattern_stop, name="pattern_stop"),
    path("heads/", heads.heads, name="heads"),
    path("heads/new/", heads.head_new, name="head_new"),
    path("heads/<int:pk>/", heads.head, name="head"),
    path("heads/<int:pk>/stop/", heads.head_stop, name="head_stop"),
    path("drafts/", views.drafts, name="drafts"),
    path("drafts/to-seal/", views.drafts_to_seal, name="drafts_to_seal"),
    path("drafts/new/", views.draft_new, name="draft_new"),
    path("drafts/<int:pk>/", views.draft, name="draft"),
    path("drafts/<int:pk>/proof/", views.draft_proof, name="draft_proof"),
    path("drafts/<int:pk>/act/<slug:do>/", views.draft_act, name="draft_act"),
]
