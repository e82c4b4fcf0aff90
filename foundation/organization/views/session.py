"""Signing in and out, the post acted under, the look of pages, one's own password."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_POST

from ..addresses import way_back
from ..demo import demo_accounts
from ..forms import SignInForm
from ..identity import actor_of, choose
from ..models import Person
from ..passwords import change_password
from ..templatetags.components import seat
from ..typed import number

CONTRASTS = {"normal": False, "high": True}
KEYS = {"on": True, "off": False}


class SignIn(LoginView):
    template_name = "registration/sign_in.html"
    form_class = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        accounts, password = demo_accounts()
        unfounded = not accounts and not Person.objects.exists()
        more = {"demo_accounts": accounts, "demo_password": password, "unfounded": unfounded}
        return super().get_context_data(**more, **kwargs)


class PasswordChange(PasswordChangeView):
    success_url = reverse_lazy("password_change_done")

    def get_form_class(self) -> type[SetPasswordForm]:  # type: ignore[override]
        """Who came in by a one-time password has just shown it."""
        handed_out = self.request.user.must_change_password  # type: ignore[union-attr]
        return SetPasswordForm if handed_out else PasswordChangeForm

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        person = form.user
        change_password(
            person=person,
            password=form.cleaned_data["new_password1"],
            actor=actor_of(self.request),
            at=timezone.now(),
        )
        update_session_auth_hash(self.request, person)
        return redirect(self.get_success_url())


@require_POST
@login_required
def switch_identity(request: HttpRequest) -> HttpResponse:
    """The page that was open belongs to the old post, so it goes on at the workbench."""
    wanted = number(request.POST.get("appointment", ""))
    held = request.identities  # type: ignore[attr-defined]
    taken = choose(request, wanted, held) if wanted else None
    if taken is None:
        messages.error(request, "您目前不任这个岗位，仍用原来的岗位办理。")
    else:
        messages.success(request, f"现在以“{seat(taken)}”的身份办理。")
    return redirect("workbench")


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Size, contrast and keyboard shortcuts, kept with the person; before signing in, with the session."""
    size, contrast = request.POST.get("size"), request.POST.get("contrast")
    wanted: dict[str, Any] = {}
    if size in Person.TextSize.values:
        wanted["text_size"] = size
    if contrast in CONTRASTS:
        wanted["high_contrast"] = CONTRASTS[contrast]
    if request.user.is_authenticated:
        if request.POST.get("keys") in KEYS:
            wanted["shortcuts"] = KEYS[request.POST["keys"]]
        Person.objects.filter(pk=request.user.pk).update(**wanted) if wanted else None
    else:
        request.session.update(wanted)
    return redirect(way_back(request, reverse("workbench" if request.user.is_authenticated else "sign_in")))
