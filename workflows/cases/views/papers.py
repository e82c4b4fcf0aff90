"""文书 of a case: what is written for one, and its making."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from foundation.organization.identity import actor_of
from foundation.organization.refusals import told_in

from ..papers.catalogue import PAPERS
from ..papers.dossier import dossier_of
from ..papers.forms import PaperForm
from ..papers.services import about_of, draft_of, keep_draft, make_paper
from ..permissions import works_on_case
from .cases import opened


@require_http_methods(["GET", "POST"])
@login_required
def case_paper(request: HttpRequest, pk: int, code: str, about: int = 0) -> HttpResponse:
    case, now = opened(request, pk, works_on_case), timezone.now()
    paper = PAPERS.get(code)
    subject = about_of(dossier_of(case, now), paper, about) if paper else None
    if paper is None or subject is None:
        raise Http404("本案没有这份文书。")
    form = PaperForm(request.POST or None, paper=paper, about=subject, kept=draft_of(pk, code, about))
    if request.method == "POST" and form.is_valid():
        of: Any = {"case": pk, "paper": code, "about": about, "actor": actor_of(request), "at": now}
        with told_in(form):
            if request.POST.get("do") == "keep":
                keep_draft(typed=form.typed, **of)
                messages.success(request, "已保存，还没有生成。")
                return redirect(request.path)
            make_paper(typed=form.typed, **of)
            messages.success(request, f"{paper.name}正在生成，稍后在“文书”里下载。")
            return redirect("case", pk)
    context = {
        "section": "cases", "case": case, "paper": paper, "form": form, "missing": list(paper.missing(subject)),
        "decision": subject.decision,
    }  # fmt: skip
    return render(request, "cases/paper.html", context, status=422 if form.errors else 200)
