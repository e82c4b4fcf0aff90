"""The shell alone: the pages of templates/ with sample data, and every name its navigation knows."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from . import samples


def acting(request: HttpRequest) -> HttpRequest:
    request.identities = samples.identities()
    request.identity = request.identities[0]
    request.user = request.identity.person
    request.user.text_size = request.GET.get("size", "normal")
    request.user.high_contrast = "high" in request.GET
    return request


def styleguide(request: HttpRequest) -> HttpResponse:
    messages.success(request, "已通过“大湾镇应急演练活动记录”。下一步：系统归档，生成审批单。")
    return render(acting(request), "styleguide.html", samples.context())


def sign_in(request: HttpRequest) -> HttpResponse:
    form = AuthenticationForm(request, request.POST or None)
    return render(
        request,
        "registration/sign_in.html",
        {"form": form, "demo_accounts": samples.DEMO, "demo_password": "demo-2026"},
    )


def refused(request: HttpRequest) -> HttpResponse:
    acting(request)
    raise PermissionDenied("这一件只给浛洸镇和安委办看。")


def bare(request: HttpRequest) -> HttpResponse:
    return render(acting(request), "base.html")


NAMES = [
    "inbox",
    "plans",
    "tasks",
    "board",
    "archive",
    "administration",
    "sign_out",
    "switch_identity",
    "preferences",
    "password_change",
]

urlpatterns = [
    path("", bare, name="workbench"),
    path("styleguide/", styleguide),
    path("refused/", refused),
    path("sign-in/", sign_in, name="sign_in"),
    *(path(f"{name}/", bare, name=name) for name in NAMES),
]
