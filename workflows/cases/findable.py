"""案件 of the search box: those whose file one may open, by their title and unit."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from foundation.organization.searching import Asked, Hit, Kind
from foundation.organization.templatetags.components import day

from .models import Case
from .permissions import OPENERS, sees_case


def cases(asked: Asked) -> QuerySet[Case]:
    rows = Case.objects.filter(sees_case.q(asked.seat.pk, asked.day)).select_related("unit")
    for word in asked.said:
        unit = Q(unit__short_name__icontains=word) | Q(unit__initials__contains=word.lower())
        rows = rows.filter(Q(title__icontains=word) | unit)
    return rows.order_by("-pk")


def case_hit(case: Case, asked: Asked) -> Hit:
    facts = (case.unit.short_name, case.get_state_display(), f"{day(case.opened_on)}登记")
    return Hit(reverse("case", args=[case.pk]), case.title, facts)


def cases_at(asked: Asked) -> str:
    return f"{reverse('cases')}?{urlencode({'q': asked.text, 'only': 'all'})}"


FINDS_CASES = Kind("cases.case", "案件", OPENERS, cases, case_hit, cases_at)
