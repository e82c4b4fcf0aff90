"""The files of an opinion on its way in: a form that is refused keeps them, as it keeps the words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest

from foundation.organization.forms import ManyFiles
from foundation.organization.identity import actor_of
from foundation.organization.refusals import Refused
from foundation.organization.typed import number

from .. import enclosures
from ..desk import Desk
from ..models import Signer

FIELD = "enclosed"


class Enclosing:
    """Keeps what the request brought for `row`, then knows what is there. `row` is None where nothing can be
    enclosed."""

    def __init__(self, request: HttpRequest, desk: Desk, row: Signer | None) -> None:
        self.request, self.desk, self.row = request, desk, row
        self.posted = request.method == "POST"
        self.problems = self._taken_in() if self.posted and self._shown() else []
        self.files = enclosures.gathered(row, desk.seat.pk)

    @property
    def decides(self) -> bool:
        """The button was that of the decision, and every file is there."""
        aside = "keep" in self.request.POST or "remove" in self.request.POST
        return self.posted and not aside and not self.problems

    def given(self, **initial: Any) -> dict[str, Any]:
        """For a form: bound when it is to be checked; else the words as they were typed."""
        if self.decides or self.problems:
            return {"data": self.request.POST, "initial": initial}
        typed = {
            name: values if len(values) > 1 else values[0]
            for name, values in self.request.POST.lists()
            if values
        }
        # What was written beside 同意 is the opinion of the act that was chosen instead.
        return {"data": None, "initial": initial | {"opinion": typed.get("text", "")} | typed}

    def into(self, form: forms.Form) -> None:
        """Its field, and what is wrong with the files."""
        if self.row is None:
            return
        form.fields[FIELD] = forms.FileField(
            label="附件", required=False, widget=ManyFiles,
            help_text=f"随意见保存，能看这件审批的人都能看。每个不超过 {settings.UPLOAD_LIMIT_BYTES >> 20} MB。",
        )  # fmt: skip
        for problem in self.problems if form.errors or form.is_bound else ():
            form.add_error(FIELD, problem)

    def _shown(self) -> bool:
        """The row is the one that the page showed; a stale page brings nothing to another's."""
        key = number(self.request.POST.get("signer", ""))
        return self.row is not None and not self.desk.changed and key in (None, self.row.key)

    def _taken_in(self) -> list[str]:
        problems, by, row = [], actor_of(self.request), self.row
        assert row is not None
        for nth, file in enumerate(self.request.FILES.getlist(FIELD), 1):
            try:
                enclosures.gather(signer=row, source=file, name=file.name or "", actor=by, at=self.desk.now)
            except Refused as refused:
                problems.append(f"第 {nth} 个文件：{refused}")
        if (pk := number(self.request.POST.get("remove", ""))) is not None:
            try:
                enclosures.put_away(signer=row, attachment=pk, actor=by, at=self.desk.now)
            except Refused as refused:
                problems.append(str(refused))
        return problems
