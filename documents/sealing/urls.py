"""Pages of this room."""

from django.urls import path

from . import public

urlpatterns = [
    path("verify/", public.verification, name="verification"),
    path("v/<str:code>/", public.verify_code, name="verify"),
]
