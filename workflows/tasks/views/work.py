"""Filling in a task. All of it is one form: whatever button is pressed, what was typed is kept first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from foundation.organization.refusals import Refused, told_in
from foundation.organization.typed import number

from .. import services
from ..acts import may_write
from ..coming import coming, pending_of
from ..diff import Change, differences
from ..figures.drafted import taken_over
from ..forms import DraftForm, RecordForm
from ..gathering import gather
from ..models import ActivityRecord, Draft, Task
from ..problems import Incomplete, Problem
from ..statistics import Numbers, kept_in
from ..typed import flattened
from .finding import of_task
from .page import show

UNREADABLE = "表单没有收完整，请刷新页面后再试。"


@require_http_methods(["GET", "HEAD", "POST"])
@of_task
def task(request: HttpRequest, task: Task) -> HttpResponse:
    return _work(request, task) if request.method == "POST" else show(request, task)


def _work(request: HttpRequest, task: Task) -> HttpResponse:
    """Files first, then the words, then what the button says."""
    if not may_write(task, request.identity):  # type: ignore[attr-defined]
        return _refused(request, task, None, _why_not(request, task))
    if sent := ActivityRecord.objects.filter(task=task, token=request.POST.get("record-token", "")).first():
        messages.info(request, f"{sent.form}的活动记录已经添加过，没有重复添加。")
        return _back(task, "#records")
    problems = _upload(request, task)
    form = DraftForm(gather(task, timezone.localdate()), task.version, request.POST)
    try:
        _save(request, task, form)
        if problems:
            return _refused(request, task, form, "", problems)
        return _press(request, task, form)
    except services.Stale as stale:
        return _refused(request, task, form, str(stale), theirs=_beside(stale.draft, form), fresh=stale.draft)
    except Incomplete as incomplete:
        return _refused(request, task, form, "", incomplete.problems)
    except Refused as refused:
        return _refused(request, task, form, str(refused))


def _why_not(request: HttpRequest, task: Task) -> str:
    """The sentence of the service that would refuse."""
    version = number(request.POST.get("version", ""))
    try:
        if request.POST.get("do") == "submit" and version is not None:
            services.refuse_twice(task.pk, version)
        services.refuse_writing(task.pk, request.actor, timezone.now())  # type: ignore[attr-defined]
    except Refused as refused:
        return str(refused)
    return UNREADABLE


def _upload(request: HttpRequest, task: Task) -> list[Problem]:
    """Every good file stays, whatever else is wrong with the form; the others are named."""
    problems = []
    for field in request.FILES:
        slot = field.removeprefix("files-")
        for nth, file in enumerate(request.FILES.getlist(field), 1):
            try:
                services.attach(
                    task=task.pk, slot=slot, source=file, name=file.name or "", actor=request.actor,  # type: ignore[attr-defined]
                    at=timezone.now(),
                )  # fmt: skip
            except Refused as refused:
                problems.append(Problem(f"slot:{slot}", f"第 {nth} 个文件：{refused}"))
    return problems


def _save(request: HttpRequest, task: Task, form: DraftForm) -> None:
    services.save_draft(
        task=task.pk, content=form.content(), revision=form.number("revision"),
        actor=request.actor, at=timezone.now(),  # type: ignore[attr-defined]
    )  # fmt: skip


def _press(request: HttpRequest, task: Task, form: DraftForm) -> HttpResponse:
    """`do` is "save", "submit", "add_record", or a verb with the id of what it is about: "remove_file:12"."""
    if "remove" in request.POST:  # of components/attachments.html
        return _remove_file(request, task, form, request.POST["remove"])
    verb, _, key = request.POST.get("do", "save").partition(":")
    return PRESSED.get(verb, _kept)(request, task, form, key)


def _kept(request: HttpRequest, task: Task, form: DraftForm, key: str) -> HttpResponse:
    messages.success(request, f"草稿已于 {timezone.localtime():%H:%M} 保存。")
    return _back(task)


def _submit(request: HttpRequest, task: Task, form: DraftForm, key: str) -> HttpResponse:
    version = services.submit(
        task=task.pk, version=form.number("version"), actor=request.actor, at=timezone.now()  # type: ignore[attr-defined]
    )  # fmt: skip
    messages.success(request, f"第 {version} 版已提交。{_next(task)}")
    return _back(task)


def _next(task: Task) -> str:
    """Who has it now, by name."""
    task.refresh_from_db()
    ahead = coming(task, pending_of(task), None, (), timezone.localdate())
    return f"下一步：{ahead[0].who} {ahead[0].step}。" if ahead else "下一步见“办理过程”。"


def _add_record(request: HttpRequest, task: Task, form: DraftForm, key: str) -> HttpResponse:
    record = RecordForm(request.POST)
    if record.is_valid() and _recorded(request, task, record):
        _set_record(request, task, form, {})
        return _back(task, "#records")
    return show(request, task, form=_again(task, request), record=record, status=422)


def _recorded(request: HttpRequest, task: Task, record: RecordForm) -> bool:
    about = {"task": task.pk, "activity": record.activity(), "actor": request.actor, "at": timezone.now()}  # type: ignore[attr-defined]
    with told_in(record):
        if record.cleaned_data["id"]:
            services.change_record(record=record.cleaned_data["id"], **about)
        else:
            services.add_record(token=record.cleaned_data["token"], **about)
        return True
    return False


def _edit_record(request: HttpRequest, task: Task, form: DraftForm, key: str) -> HttpResponse:
    """Its words go into the record form, which keeps them like everything else typed."""
    row = ActivityRecord.objects.filter(task=task, pk=number(key) or 0, removed_at=None).first()
    if row:
        names = ("held_on", "form", "place", "sessions", "people", "text")
        _set_record(
            request, task, form, {"id": str(row.pk), **{name: str(getattr(row, name)) for name in names}}
        )
    return _back(task, "#record")


def _remove_record(request: HttpRequest, task: Task, form: DraftForm, key: str) -> HttpResponse:
    services.remove_record(task=task.pk, record=_id(key), actor=request.actor, at=timezone.now())  # type: ignore[attr-defined]
    return _back(task, "#records")


def _clear_record(request: HttpRequest, task: Task, form: DraftForm, key: str) -> HttpResponse:
    _set_record(request, task, form, {})
    return _back(task, "#record")


def _remove_file(request: HttpRequest, task: Task, form: DraftForm, key: str) -> HttpResponse:
    services.detach(task=task.pk, attachment=_id(key), actor=request.actor, at=timezone.now())  # type: ignore[attr-defined]
    return _back(task, "#files")


def _take_over(request: HttpRequest, task: Task, form: DraftForm, key: str) -> HttpResponse:
    """The empty cells of 附件2 as it is known, or with a row's code that whole row as the records add up."""
    held = gather(task, timezone.localdate()).forms.held
    return _take(request, task, form, held.drafted if key else held.known, key)


def _take_kept(request: HttpRequest, task: Task, form: DraftForm, key: str) -> HttpResponse:
    """A row of 附件2 as the registers hold it."""
    kept = gather(task, timezone.localdate()).forms.held.kept
    return _take(request, task, form, {key: kept_in(kept, key)} if key in kept else {}, key)


def _take(request: HttpRequest, task: Task, form: DraftForm, known: Numbers, key: str) -> HttpResponse:
    content = form.content()
    content["statistics"], count = taken_over(content.get("statistics") or {}, known, key)
    _keep(request, task, content)
    told = f"已填入 {count} 格。" if count else "没有可以填入的空格，已填的数没有改动。"
    messages.success(request, told)
    return _back(task, f"#statistics-{key}" if known.get(key) else "#statistics")


PRESSED: dict[str, Callable[..., HttpResponse]] = {
    "submit": _submit,
    "add_record": _add_record,
    "edit_record": _edit_record,
    "remove_record": _remove_record,
    "clear_record": _clear_record,
    "take_over": _take_over,
    "take_kept": _take_kept,
}


def _id(key: str) -> int:
    if (pk := number(key)) is None:
        raise Refused(UNREADABLE)
    return pk


def _set_record(request: HttpRequest, task: Task, form: DraftForm, values: dict[str, str]) -> None:
    content = {name: value for name, value in form.content().items() if name != "record"}
    _keep(request, task, content | ({"record": values} if values else {}))


def _keep(request: HttpRequest, task: Task, content: dict[str, Any]) -> None:
    """In place of what this very press has saved."""
    services.save_draft(
        task=task.pk, content=content, revision=Draft.objects.get(task=task).revision,
        actor=request.actor, at=timezone.now(),  # type: ignore[attr-defined]
    )  # fmt: skip


def _again(task: Task, request: HttpRequest) -> DraftForm:
    """The form as it was sent, with the revision that is in force now."""
    there = gather(task, timezone.localdate())
    data = request.POST.copy()
    data["revision"] = str(there.draft.revision if there.draft else 0)
    return DraftForm(there, task.version, data)


def _refused(
    request: HttpRequest, task: Task, form: DraftForm | None, says: str, problems: list[Problem] | None = None,
    *, theirs: list[Change] | None = None, fresh: Draft | None = None,
) -> HttpResponse:  # fmt: skip
    """The page again, with everything typed and what is wrong with it."""
    task.refresh_from_db()
    if form is None or not may_write(task, request.identity):  # type: ignore[attr-defined]
        return show(request, task, status=409, refused=says, kept=_words(request))
    again = _again(task, request)
    again.complain([*(problems or []), *([Problem("", says)] if says else [])])
    record = RecordForm(typed=(form.content().get("record") or {}))
    return show(request, task, form=again, record=record, theirs=theirs, status=409 if fresh else 422)


def _words(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed into a form that can't be saved any more: shown, so that it can be copied."""
    names = {"summary": "工作小结", "highlights": "特色亮点", "record-text": "活动内容与成效"}
    return [(label, text) for name, label in names.items() if (text := request.POST.get(name, "").strip())]


def _beside(draft: Draft, form: DraftForm) -> list[Change]:
    """Where the other person's draft differs from what was typed here."""
    theirs, mine = flattened(draft.content), flattened(form.content())
    labels = {name: str(field.label) for name, field in form.fields.items()}
    return [
        Change(name, labels.get(name, "活动记录（未添加）"), "changed", theirs.get(name, ""), mine.get(name, ""),
               differences(theirs.get(name, ""), mine.get(name, "")))
        for name in sorted({*theirs, *mine})
        if theirs.get(name, "") != mine.get(name, "") and not name.endswith("-token")
    ]  # fmt: skip


def _back(task: Task, place: str = "") -> HttpResponse:
    return redirect(reverse("task", args=[task.pk]) + place)
