"""The editor: what was typed stays on the page whatever comes of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.files.models import Attachment
from foundation.files.services import files_of
from foundation.journal.models import Entry
from foundation.organization import typed
from foundation.organization.access import only, opened
from foundation.organization.identity import actor_of
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.refusals import Refused

from .. import limits
from ..issuing.content import LABEL
from ..issuing.pages import steps_of
from ..issuing.permissions import writes_draft
from ..issuing.revisions import Stale
from ..issuing.services import save_draft
from ..models import Draft
from ..models.draft import OPEN
from . import services
from .advice import advise, apply, fix_all
from .comparing import differences
from .forms import EditorForm
from .pictures import path_of
from .preview import Preview, preview
from .tidying import tidy

A_MINUTE = 90  # previews of one person
OFTEN = "版面刷新得太快，请停几秒再继续。"


@require_http_methods(["GET", "POST"])
@login_required
def draft_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = _opened(request, pk)
    if request.method == "GET":
        if row.state not in OPEN:
            messages.info(request, "文稿正在办理，不能修改。")
            return redirect("draft", pk)
        return _page(request, row, EditorForm.of(row))
    form = EditorForm(request.POST, request.FILES, draft=row)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    return _done(request, row, form)


def _done(request: HttpRequest, row: Draft, form: EditorForm) -> HttpResponse:
    """What the pressed button asks for; whatever doesn't save shows the pages too."""
    act: dict[str, Any] = {"draft": row.pk, "actor": actor_of(request), "at": timezone.now()}
    over = typed.number(request.POST.get("over", ""))
    try:
        if other := _other_words(request, row, form):
            return _page(request, row, _with(request, row, other), shows=True)
        if _files_changed(request, form, act) or _only_looks(request):
            return _page(request, row, form, shows=True)
        save_draft(**act, **form.written(), revision=over or form.cleaned_data["revision"])
    except Stale as refusal:
        return _differs(request, row, form, refusal)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, row, form, status=422)
    if request.POST.get("do") == "send":
        return redirect("draft_act", row.pk, "send")
    messages.success(request, "已保存。")
    return redirect("draft_edit", row.pk)


def _only_looks(request: HttpRequest) -> bool:
    return request.POST.get("do") in ("preview", "read", "attach") or "page" in request.POST


def _other_words(request: HttpRequest, row: Draft, form: EditorForm) -> dict[str, str]:
    """Fields of the form: advice that is followed, or a Word file that is read; not saved yet."""
    word = form.cleaned_data["word"]
    if request.POST.get("do") == "read" and word:
        messages.info(request, f"已读入，还没有保存。{word.note}")
        return word.fields
    fixed = _fixed(request.POST.get("fix", ""), row, form)
    return {} if fixed is None else {"text": fixed}


def _files_changed(request: HttpRequest, form: EditorForm, act: dict[str, Any]) -> bool:
    annex, remove = form.cleaned_data["annex"], typed.number(request.POST.get("remove", ""))
    if request.POST.get("do") == "attach" and annex:
        services.attach_annex(file=annex, name=annex.name, **act)
    elif remove:
        services.remove_annex(attachment=remove, **act)
    return bool(remove)


def _differs(request: HttpRequest, row: Draft, form: EditorForm, refusal: Stale) -> HttpResponse:
    theirs = Draft.objects.get(pk=row.pk)
    form.add_error(None, str(refusal))
    changes = differences(theirs.text, form.written()["text"])
    return _page(request, row, form, status=409, theirs=theirs, changes=changes)


def _fixed(wanted: str, row: Draft, form: EditorForm) -> str | None:
    """The text with one piece of advice followed (line-start-code), or all of it."""
    if not wanted:
        return None
    text, meta, today = tidy(form.cleaned_data["text"]).text, form.meta(), timezone.localdate()
    if wanted == "all":
        return fix_all(text, meta, today=today)
    found = advise(text, meta, today=today)
    return apply(text, [one for one in found if f"{one.line}-{one.start}-{one.code}" == wanted])


def _with(request: HttpRequest, row: Draft, other: dict[str, str]) -> EditorForm:
    """The form as it was sent, with other words in some of its fields."""
    data = request.POST.copy()
    for name, words in other.items():
        data[name] = words
    form = EditorForm(data, draft=row)
    form.is_valid()
    return form


@require_POST
@login_required
def draft_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """For the editor's script: pages and advice of what is typed, saved or not."""
    row = _opened(request, pk)
    form = EditorForm(request.POST, draft=row)
    context: dict[str, Any] = {"draft": row, "files": _files(row)}
    if not limits.allowed("preview", request.user.pk, most=A_MINUTE):
        return render(request, "documents/_preview.html", {"preview": Preview(problem=OFTEN)}, status=429)
    if not form.is_valid():
        says = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return render(request, "documents/_preview.html", {"preview": Preview(problem=says)}, status=422)
    context |= {"preview": _preview(request, row, form, context["files"]), "answers": True}
    return render(request, "documents/_preview.html", context)


@require_POST
@login_required
def draft_autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """For the editor's script: the revision the draft now has, or why it was not saved."""
    row = _opened(request, pk)
    form = EditorForm(request.POST, draft=row)
    at = timezone.now()
    if not form.is_valid():
        return render(request, "documents/_saved.html", {"problem": "有内容填得不对，没有自动保存。"})
    try:
        revision = save_draft(
            draft=pk, actor=actor_of(request), at=at, **form.written(), revision=form.cleaned_data["revision"]
        )
    except Refused as refusal:
        return render(request, "documents/_saved.html", {"problem": str(refusal)})
    row.refresh_from_db(fields=["title"])
    return render(request, "documents/_saved.html", {"at": at, "revision": revision, "draft": row})


@require_safe
@only(*OFFICE_POSTS, says=writes_draft.says)
def page_picture(request: HttpRequest, digest: str) -> HttpResponse:
    """Its address is the digest of the page: who doesn't know the page can't ask for it."""
    try:
        content = path_of(digest).open("rb")
    except FileNotFoundError as error:
        raise Http404("这一页的图片已经清理，请刷新版面。") from error
    headers = {"Cache-Control": "private, max-age=31536000, immutable"}
    return FileResponse(content, content_type="image/png", headers=headers)  # type: ignore[return-value]


def _page(
    request: HttpRequest, row: Draft, form: EditorForm, *, status: int = 200, shows: bool = False, **more: Any
) -> HttpResponse:
    """`shows`: with the pages, for browsers without script."""
    files = _files(row)
    context: dict[str, Any] = {"section": "archive", "draft": row, "form": form, "files": files, **more}
    if shows and form.is_valid():
        context["preview"] = _preview(request, row, form, files)
    context |= {"steps": steps_of(row), "saved": saved_at(row)}
    return render(request, "documents/draft_edit.html", context, status=status)


def _preview(request: HttpRequest, row: Draft, form: EditorForm, files: list[Attachment]) -> Preview:
    return preview(
        form.cleaned_data["text"], form.meta(), today=_today(), files=[file.name for file in files],
        line=form.cleaned_data["line"] or 1, page=typed.number(request.POST.get("page", "")) or 0,
    )  # fmt: skip


def _today() -> dt.date:
    return timezone.localdate()


def saved_at(row: Draft) -> dt.datetime | None:
    last = Entry.objects.filter(target=LABEL, target_id=row.pk).order_by("-seq")
    return last.values_list("at", flat=True).first()


def _files(row: Draft) -> list[Attachment]:
    return files_of(LABEL, row.pk)


def _opened(request: HttpRequest, pk: int) -> Draft:
    return opened(request, Draft.objects.select_related("organ", "head"), pk, writes_draft)
