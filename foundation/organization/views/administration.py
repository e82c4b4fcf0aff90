"""Where the keeping of units, people and calendars begins."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..access import only
from ..founding import first_steps
from ..models import Person, Unit
from ..permissions import ONLY_READERS, READERS
from ..sections import SECTIONS
from ..services import without_liaison


@require_safe
@only(*READERS, says=ONLY_READERS)
def administration(request: HttpRequest) -> HttpResponse:
    units = list(Unit.objects.filter(ended_on=None))
    day = timezone.localdate()
    bare = len(without_liaison(units, day))
    context = {
        "sections": SECTIONS,
        "steps": first_steps(len(units), bare, day),
        "units": len(units),
        "bare": bare,
        "people": Person.objects.filter(is_active=True).count(),
    }
    return render(request, "organization/administration.html", context)
