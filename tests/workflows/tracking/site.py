"""The site, with something where the pages of this room lead to as long as their own rooms are tested apart."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from config.urls import urlpatterns as site


def bare(request: HttpRequest, **_: int) -> HttpResponse:
    return render(request, "base.html")


urlpatterns = [
    *(path(f"stand-in/{name}/", bare, name=name) for name in ("inbox", "tasks", "archive")),
    *(path(f"stand-in/{name}/<int:pk>/", bare, name=name) for name in ("approval", "task")),
    *site,
]
