"""Many accounts at once: slips with one-time passwords, or closing those that nobody uses."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import typed
from ..access import only
from ..identity import actor_of
from ..listing import people_found
from ..models import Person
from ..passwords import hand_out, until
from ..permissions import EDITORS, ONLY_EDITORS, edits_person
from ..refusals import Refused
from ..services import close_accounts
from ..slips import MOST, print_slips, slips_of
from .people import states

NOBODY = "请至少选一个人。"


@never_cache
@require_http_methods(["GET", "POST"])
@only(*EDITORS, says=ONLY_EDITORS)
def people_batch(request: HttpRequest) -> HttpResponse:
    """`?q=&unit=&state=` as the list of people has it; only those whom one may edit, all of them ticked."""
    actor, today = actor_of(request), timezone.localdate()
    words, state, unit = (typed.words(request.GET.get(name, "")) for name in ("q", "state", "unit"))
    found = people_found(words, unit=typed.number(unit), state=state, on=today)
    mine = found.filter(edits_person.q(actor.post, today), is_active=True)
    rows, refused = list(mine[: MOST + 1]), ""
    if request.method == "POST":
        chosen = {typed.number(one) for one in request.POST.getlist("person")}
        try:
            return _done(request, [one for one in rows[:MOST] if one.pk in chosen])
        except Refused as refusal:
            refused = str(refusal)
    context = {
        "rows": rows[:MOST],
        "more": len(rows) > MOST,
        "most": MOST,
        "days": settings.ONE_TIME_DAYS,
        "label": dict(states()).get(state, ""),
        "refused": refused,
    }
    return render(request, "organization/people_batch.html", context, status=422 if refused else 200)


def _done(request: HttpRequest, people: list[Person]) -> HttpResponse:
    """The codes are in the answer and nowhere else: not in a file, not in a job, not in the database."""
    if not people:
        raise Refused(NOBODY)
    actor, at = actor_of(request), timezone.now()
    if request.POST.get("do") == "close":
        count = close_accounts(people=people, actor=actor, at=at)
        messages.success(request, f"已停用 {count} 个账号。办过的事保留原名。")
        return redirect("people")
    given = hand_out(people, actor=actor, at=at)
    slips = slips_of(people, given, timezone.localdate(at))
    pdf = print_slips(slips, until(at), request.build_absolute_uri("/"))
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="codes.pdf"'
    return answer
