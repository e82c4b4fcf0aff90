"""The site with this room's addresses, and something where its pages lead to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from config.urls import urlpatterns as site


def bare(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


urlpatterns = [*site, path("", include("foundation.organization.urls")), path("", bare, name="workbench")]
