"""The form of a task: what was typed stays as it is, what is wrong is said by content.py at submitting."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.datastructures import MultiValueDict

from foundation.files.models import Attachment
from foundation.organization import typed
from foundation.organization.forms import ManyFiles
from workflows.plans.deliverables import Deliverable as D

from .annexes import Cell, Row
from .content import CASE_KINDS, LONGEST, begun
from .gathering import Gathered
from .problems import Problem
from .requirement import Slot
from .services import Activity
from .statistics import Kept, read_number
from .typed import flattened, rows_in, structured

FORMS = ("集中培训", "宣讲", "座谈研讨", "现场咨询", "应急演练", "隐患排查", "入户宣传", "媒体宣传", "其他")
SPARE = {"schedule": 3, "cases": 1}  # empty rows below those that are filled in
CASE_FIELDS = {"kind": "类型", "title": "案例名称", "decided_on": "决定或移送日期", "text": "案情摘要"}


class RecordForm(forms.Form):
    """One activity record; lives in the same HTML form, so that nothing typed elsewhere is lost."""

    id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    token = forms.CharField(widget=forms.HiddenInput, max_length=32)
    held_on = forms.DateField(label="活动日期", widget=forms.DateInput)
    place = forms.CharField(label="活动地点", max_length=100, required=False)
    form = forms.ChoiceField(label="活动形式", choices=[(one, one) for one in FORMS])
    sessions = forms.IntegerField(label="场次", min_value=0, max_value=100_000, initial=1)
    people = forms.IntegerField(label="参加人数", min_value=0, max_value=10_000_000, initial=0)
    text = forms.CharField(
        label="内容与成效", help_text="写清做了什么、多少人、解决了什么问题，300 字左右。", max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, typed: Mapping[str, Any] | None = None) -> None:
        fresh = {"token": secrets.token_hex(16)}
        super().__init__(data, prefix="record", initial=fresh | dict(typed or {}))

    def activity(self) -> Activity:
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("id", "token")}
        return Activity(**given)


class Figure(NamedTuple):
    """One cell of 附件2. `drafted`: what records or accepted cases add up to, None where nothing is known; `kept`:
    what registers hold; `unlike`: what was typed contradicts them."""

    cell: Cell
    bound: forms.BoundField
    drafted: int | None
    differs: bool
    of_cases: bool
    kept: Kept | None
    unlike: bool


class DraftForm(forms.Form):
    """Built from what the item asks for. Every field may stay empty: a draft is never refused."""

    revision = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(self, there: Gathered, version: int, data: MultiValueDict | None = None) -> None:
        draft = there.draft
        typed = flattened(draft.content if draft else {})
        known = {"revision": draft.revision if draft else 0, "version": version}
        super().__init__(data, initial=typed | known)
        self.there, self.given = there, {name: str(data[name]) for name in data} if data else typed
        parts = there.asked.parts
        self._texts()
        if D.STATISTICS in parts:
            self._statistics()
        self.tables = {name: self._table(name) for name in ("schedule", "cases") if name in parts}
        if D.CASES in parts:
            self.fields["cases_note"] = _text("说明", "没有达到推荐数的，写明原因；零报告也要写明。", 500, 2)
        for slot in there.asked.slots:
            self.fields[f"files-{slot.code}"] = _files(slot)

    # -- what the page shows
    @property
    def widest(self) -> int:
        return max(len(row.cells) for row in self.there.forms.statistics.rows)

    @property
    def statistics(self) -> list[tuple[Row, list[Figure], int, forms.BoundField, bool, bool]]:
        """Each row with its cells, how many columns stay empty beside them, its note, and whether a cell says
        something else than the records, and than the registers."""
        found = []
        for row in self.there.forms.statistics.rows:
            cells = [self._figure(row, cell) for cell in row.cells]
            differs = any(one.differs for one in cells)
            unlike = any(one.unlike for one in cells)
            found.append((row, cells, self.widest - len(cells), self[_cell(row, "note")], differs, unlike))
        return found

    def _figure(self, row: Row, cell: Cell) -> Figure:
        name = _cell(row, cell.key)
        held, typed = self.there.forms.held, self.given.get(name, "").strip()
        drafted, kept = (
            held.drafted.get(row.code, {}).get(cell.key),
            held.kept.get(row.code, {}).get(cell.key),
        )
        number = read_number(typed)
        differs = bool(typed) and drafted is not None and number != drafted
        unlike = bool(typed) and kept is not None and (number is None or not kept.fits(number))
        return Figure(cell, self[name], drafted, differs, bool(row.cases), kept, unlike)

    @property
    def schedule(self) -> list[list[tuple[forms.BoundField, str]]]:
        names = [column.name for column in self.there.forms.schedule.columns]
        return [
            [(self[name], label) for name, label in zip(row, names, strict=True)]
            for row in self.tables.get("schedule", [])
        ]

    @property
    def cases(self) -> list[list[forms.BoundField]]:
        return [[self[name] for name in row] for row in self.tables.get("cases", [])]

    @property
    def slots(self) -> list[tuple[Slot, forms.BoundField, list[Attachment]]]:
        """Each place with the files that are there."""
        return [
            (
                slot,
                self[f"files-{slot.code}"],
                [one for one in self.there.attachments if one.slot == slot.code],
            )
            for slot in self.there.asked.slots
        ]

    @property
    def cutoff(self) -> forms.BoundField:
        return self["statistics-cutoff"]

    # -- what comes back
    def content(self) -> dict[str, Any]:
        """The draft as typed; the record being written goes with it."""
        known = {n for n in self.fields if n not in ("revision", "version") and not n.startswith("files-")}
        record = {f"record-{name}" for name in RecordForm.base_fields}
        content = structured({name: text for name, text in self.given.items() if name in known | record})
        if not begun(content.get("record", {})):
            content.pop("record", None)
        return content

    def number(self, name: str) -> int:
        return typed.number(self.given.get(name, "")) or 0

    def complain(self, problems: Iterable[Problem]) -> None:
        """Show each where it can be put right."""
        self.full_clean()
        for problem in problems:
            self.add_error(self._field_of(problem), problem.says)

    def _field_of(self, problem: Problem) -> str | None:
        kind, _, key = problem.part.partition(":")
        name = {
            "statistics": f"statistics-{key}" if key == "cutoff" else self._cell_of(key, problem.key),
            "schedule": f"schedule-{int(key or 1) - 1}-{problem.key or 'date'}" if kind == "schedule" else "",
            "case": f"cases-{int(key or 1) - 1}-{problem.key}" if kind == "case" else "",
            "cases": "cases_note",
            "slot": f"files-{key}",
        }.get(kind, kind)
        return name if name in self.fields else None

    def _cell_of(self, code: str, key: str) -> str:
        """The cell that is wrong; the first where it is the row."""
        row = next((row for row in self.there.forms.statistics.rows if row.code == code), None)
        return _cell(row, key or row.cells[0].key) if row else ""

    # -- how it is built
    def _texts(self) -> None:
        hint = "写清做了什么、成效和问题。" if self.there.asked.needs_summary else "可以不填。"
        self.fields["summary"] = _text("工作小结", hint, LONGEST, 6 if self.there.asked.needs_summary else 3)
        self.fields["highlights"] = _text("特色亮点", "可以不填。", LONGEST, 3)

    def _statistics(self) -> None:
        self.fields["statistics-cutoff"] = forms.CharField(
            label="统计截至", required=False, widget=forms.TextInput(attrs={"type": "date"})
        )
        for row in self.there.forms.statistics.rows:
            for cell in row.cells:
                label = f"{row.code} {row.name} {cell.name}（{cell.unit}）"
                self.fields[_cell(row, cell.key)] = _line(label, inputmode="numeric", size="6")
            self.fields[_cell(row, "note")] = _line(f"{row.code} {row.name} 说明")

    def _table(self, table: str) -> list[list[str]]:
        """Names of the fields, row by row."""
        columns = {c.key: c.name for c in self.there.forms.schedule.columns} if table == "schedule" else CASE_FIELDS  # fmt: skip
        count = rows_in(self.given, table) + (0 if self.is_bound else SPARE[table])
        names = [[f"{table}-{number}-{key}" for key in columns] for number in range(count)]
        for number, row in enumerate(names, 1):
            for name, (key, label) in zip(row, columns.items(), strict=True):
                self.fields[name] = _column(key, label if table == "cases" else f"第 {number} 行 {label}")
        return names


def _cell(row: Row, key: str) -> str:
    return f"statistics-{row.code}-{key}"


def _text(label: str, hint: str, longest: int, rows: int) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, required=False, max_length=longest, widget=area)


def _line(label: str, **attrs: str) -> forms.CharField:
    """A cell of a table: its label is spoken, the head of the table shows it."""
    return forms.CharField(
        label=label, required=False, widget=forms.TextInput(attrs={"aria-label": label, **attrs})
    )


def _column(key: str, label: str) -> forms.Field:
    if key == "kind":
        kinds = [("", "请选择"), *CASE_KINDS.items()]
        return forms.ChoiceField(
            label=label, required=False, choices=kinds, widget=forms.Select(attrs={"aria-label": label})
        )
    return _line(label, **({"type": "date"} if key in ("date", "material", "decided_on") else {}))


def _files(slot: Slot) -> forms.FileField:
    accept = {"accept": ",".join(f".{kind}" for kind in slot.kinds)} if slot.kinds else {}
    return forms.FileField(
        label=slot.name, help_text=slot.hint, required=False, widget=ManyFiles(attrs=accept)
    )


class ReasonForm(forms.Form):
    """One reason in words; the counter and the hint come with it."""

    reason = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, label: str, hint: str = "", required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label, self.fields["reason"].help_text = label, hint
        self.fields["reason"].required = required


class ExtensionForm(forms.Form):
    until = forms.DateField(label="延至", widget=forms.DateInput)
    reason = forms.CharField(
        label="延期理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写明为什么不能按期完成。",
    )


class AgreeForm(forms.Form):
    until = forms.DateField(
        label="同意延至", widget=forms.DateInput, help_text="可以与申请的不同，要在原截止日以后。"
    )
    opinion = forms.CharField(
        label="意见", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class EntryForm(forms.Form):
    paper_on = forms.DateField(
        label="来件日期", widget=forms.DateInput, help_text="收到纸质件的日期；是否按时以它为准。"
    )
    reason = forms.CharField(
        label="代录理由", max_length=300, help_text="如：该单位网络故障，送来盖章纸质件。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class HandOverForm(forms.Form):
    handler = forms.TypedChoiceField(
        label="转交给",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择一名经办人。"},
    )

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].choices = choices  # type: ignore[attr-defined]


class ReassignForm(HandOverForm):
    reason = forms.CharField(
        label="改派理由",
        help_text="写入办理过程，单位看得到。",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].label = "改派给"
