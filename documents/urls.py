"""Pages of this room."""

from django.urls import include, path

from . import views
from .formats.views import document_as

urlpatterns = [
    path("archive/", views.archive, name="archive"),
    path("archive/<int:pk>/as/<slug:code>/", document_as, name="document_as"),
    path("documents/", include("documents.issuing.urls")),
    path("documents/", include("documents.batches.urls")),
    path("archive/", include("documents.archiving.urls")),
    path("", include("documents.sealing.urls")),
    path("documents/", include("documents.writing.urls")),
]
