"""Pages of this room."""

from django.urls import path

from . import public, register, views

urlpatterns = [
    path("seals/", views.seals, name="seals"),
    path("seals/new/", views.seal_new, name="seal_new"),
    path("seals/<int:pk>/", views.seal, name="seal"),
    path("seals/<int:pk>/stop/", views.seal_stop, name="seal_stop"),
    path("seals/uses/", register.seal_uses, name="seal_uses"),
    path("seals/uses/export/", register.seal_uses_export, name="seal_uses_export"),
    path("verify/", public.verification, name="verification"),
    path("v/<str:code>/", public.verify_code, name="verify"),
]
