"""What pages of other rooms ask about a case."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from foundation.organization.identity import actor_of

from ..models import Case
from ..permissions import sees_case

register = template.Library()


@register.simple_tag(takes_context=True)
def may_see(context: dict[str, Any], case: Case) -> bool:
    """An approval is opened by more people than its case: auditors, whoever once held a post. No request, no."""
    request = context.get("request")
    if request is None or request.identity is None:
        return False
    return sees_case(case, actor_of(request), timezone.localdate())
