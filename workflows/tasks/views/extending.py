"""延期申请: the list; what is asked and decided stands on the page of the task."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.organization.access import only
from foundation.organization.addresses import chips_of
from foundation.organization.keyset import NEWEST, page_of
from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS

from ..extensions import CHIPS, LIGHTS, found
from ..models import Extension
from ..permissions import READERS, sees_extension


@require_safe
@only(*UNIT_POSTS, *READERS, says=sees_extension.says)
def extensions(request: HttpRequest) -> HttpResponse:
    identity = request.identity  # type: ignore[attr-defined]
    seen = Extension.objects.filter(sees_extension.q(identity.pk, timezone.localdate()))
    page = page_of(found(seen, request.GET), NEWEST, request.GET, 30)
    here = request.GET.get("only", "asked")
    here = here if here in CHIPS else "asked"
    labels = {code: label for code, (label, _) in CHIPS.items()}
    context = {
        "section": "tasks", "page": page, "rows": [{"row": one, "light": LIGHTS[one.state]} for one in page.rows],
        "chips": chips_of(request.GET, "only", labels, here), "q": request.GET.get("q", ""), "only": here,
        "decides": identity.post in OFFICE_POSTS,
    }  # fmt: skip
    return render(request, "tasks/extensions.html", context)
