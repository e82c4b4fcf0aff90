"""The editor's form: what is written of a draft, a Word file to take the text from, files to attach."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from foundation.files.text import LIMIT, UnreadableFile, decode
from foundation.organization.forms import NamesField

from ..issuing.forms import LONGEST
from ..issuing.heads.choosing import fitting, heads_of
from ..issuing.joint import joint_organs
from ..layout import Meta
from ..models import Document, Draft, Letterhead, Register, Urgency
from .finished import Finished, finished
from .tidying import tidy

NONE = "none"  # today's way: the organ's own name, and any 代字 of its registers


class EditorForm(forms.Form):
    """All that is written of a draft, and the revision it was read at."""

    kind = forms.ChoiceField(label="文种", choices=Document.OFFICIAL)
    urgency = forms.ChoiceField(label="紧急程度", choices=Urgency.choices, required=False)
    text = forms.CharField(
        label="正文", required=False, max_length=LONGEST, strip=False,
        widget=forms.Textarea(attrs={"class": "editor", "rows": 11, "spellcheck": "false"}),
        help_text="第一行是标题，“：”结尾的第二行是主送；一、（一）1.（1）自动识别为层次。",
    )  # fmt: skip
    to = NamesField(
        label="主送", required=False, max_length=2000, help_text="正文里写了主送的，以正文为准。用顿号隔开。"
    )
    cc = NamesField(label="抄送", required=False, max_length=2000, help_text="用顿号隔开。")
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    code = forms.ChoiceField(label="代字", required=False)
    head = forms.ChoiceField(label="版头", required=False, help_text="署名、代字随版头。")
    main_head = forms.BooleanField(label="由主要负责人签发", required=False)
    line = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)
    word = forms.FileField(
        label="从 Word 文件读入正文", required=False, allow_empty_file=True, help_text=".docx 或 .txt。读入后替换上面的正文，保存以前不会覆盖已保存的。",
        widget=forms.FileInput(attrs={"accept": ".docx,.txt"}),
    )  # fmt: skip
    annex = forms.FileField(label="上传附件", required=False, allow_empty_file=True, widget=forms.FileInput)

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft, self.organ = draft, (organ := draft.organ)
        self.in_use = heads_of(organ, timezone.localdate())
        self.heads = {str(one.pk): one for one in [*self.in_use, *filter(None, [draft.head])]}
        named = [(pk, str(one)) for pk, one in self.heads.items()]
        self.fields["head"].choices = [("", "按文种选用"), *named, (NONE, "不用版头")]  # type: ignore[attr-defined]
        known = Register.objects.filter(organ=organ).values_list("code", flat=True).distinct()
        codes = dict.fromkeys(filter(None, [organ.document_code, *known, draft.code]))
        self.fields["code"].choices = [(one, one) for one in codes] or [("", "（没有设置）")]  # type: ignore[attr-defined]

    @classmethod
    def of(cls, draft: Draft) -> EditorForm:
        names = ("kind", "urgency", "text", "to", "cc", "revision", "code", "main_head")
        form = cls(initial={name: getattr(draft, name) for name in names}, draft=draft)
        form.initial["head"] = form._chosen()
        return form

    def _chosen(self) -> str:
        """Nothing where it has the 版头 for its kind, which it then keeps having when the kind is changed."""
        usual = fitting(self.in_use, self.organ, self.draft.kind)
        return "" if self.draft.head == usual else str(self.draft.head_id or NONE)

    def clean_head(self) -> Letterhead | None:
        """Chosen, or the one for the kind."""
        chosen, kind = self.cleaned_data["head"], self.cleaned_data.get("kind", "")
        return self.heads.get(chosen) if chosen else fitting(self.in_use, self.organ, kind)

    def clean_word(self) -> Finished | None:
        """What the file says; the reader's own words where it is none."""
        file = self.cleaned_data.get("word")
        if not file:
            return None
        try:
            tidied = tidy(decode(file.read(LIMIT + 1), file.name, rows=True))
        except UnreadableFile as problem:
            raise forms.ValidationError(str(problem)) from problem
        return finished(tidied.text)._replace(tidied=tidied.notes)

    def written(self) -> dict[str, Any]:
        names = ("kind", "urgency", "to", "cc", "code", "head", "main_head")
        text = tidy(self.cleaned_data["text"]).text
        return {name: self.cleaned_data[name] for name in names} | {"text": text}

    def meta(self) -> Meta:
        """As far as the draft says; the number and the date come with the signing."""
        given, head, organ = self.cleaned_data, self.cleaned_data["head"], self.organ
        urgency = Urgency(given["urgency"]).label if given["urgency"] else ""
        return Meta(
            kind=Document.Kind(given["kind"]).label, organ=head.name if head else organ.name, plain=bool(head and head.plain), code=head.code if head else given["code"], to=tuple(given["to"]),
            cc=tuple(given["cc"]), urgency=str(urgency), printed_by=organ.name, joint_organs=tuple(unit.name for unit in joint_organs(self.draft)),
        )  # fmt: skip
