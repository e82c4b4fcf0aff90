"""Pages of this room."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("archive/", views.archive, name="archive"),
    path("documents/", include("documents.issuing.urls")),
    path("archive/", include("documents.archiving.urls")),
    path("", include("documents.sealing.urls")),
    path("documents/", include("documents.writing.urls")),
]
