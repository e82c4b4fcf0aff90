"""Pages of this room."""

from django.urls import path

from . import views

urlpatterns = [
    path("batches/", views.batches, name="document_batches"),
    path("batches/new/", views.batch_new, name="document_batch_new"),
    path("batches/<int:pk>/", views.batch, name="document_batch"),
    path("batches/<int:pk>/begin/", views.batch_begin, name="document_batch_begin"),
    path("batches/<int:pk>/again/", views.batch_again, name="document_batch_again"),
    path("batches/<int:pk>/give-up/", views.batch_give_up, name="document_batch_give_up"),
    path("batches/<int:pk>/copies.zip", views.batch_zip, name="document_batch_zip"),
]
