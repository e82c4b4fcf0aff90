"""A route as a form: one row a step, up to as many signers as it has and some more. Read by Route.from_json."""

from __future__ import annotations

import re
from typing import Any, cast

from django import forms

from foundation.organization.models import Person, Unit
from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS

from . import route_json
from .lookup import OFFICE
from .route_json import LONGEST, RouteError
from .routes import Named, OnEmpty, PostIn, Route, Who

SIGNERS = 3  # choices a step offers at least
MODES = (("any", "或签：一人办理即可"), ("all", "会签：人人同意"), ("sequence", "依次：按顺序逐人"))
DEDUPES = (
    ("none", "每次都要办理"),
    ("consecutive", "上一步已同意的自动同意"),
    ("all", "此前已同意的自动同意"),
)
ON_SELF = (("superior", "改由上级审批"), ("skip", "跳过"), ("allow", "允许自批（只由安办主任设置）"))
ON_EMPTY = ((OnEmpty.REFUSE.value, "不能提交，指出空缺岗位"), (OnEmpty.SKIP.value, "跳过"))
PATH = re.compile(r"steps\[(\d+)\]\.?(\w+)?(?:\[(\d+)\])?")


def posts_to_choose() -> list[tuple[str, Any]]:
    """unit/head, office/office_head, and the heads of every other unit."""
    own = [(f"unit/{post}", f"本单位{post.label}") for post in UNIT_POSTS]
    office = [(f"{OFFICE}/{post}", post.label) for post in OFFICE_POSTS]
    units = Unit.objects.filter(ended_on=None).exclude(kind=Unit.Kind.OFFICE)
    named = [
        (f"{unit.code}/{post}", f"{unit.short_name}{post.label}") for unit in units for post in UNIT_POSTS[2:]
    ]
    return [("本单位", own), ("安委办", office), ("指定单位", named)]


def written(who: Who) -> str:
    if isinstance(who, PostIn):
        return f"{who.of}/{who.post}"
    return f"person/{who.person}" if isinstance(who, Named) else ""


def read(choice: str) -> dict[str, Any]:
    of, _, post = choice.partition("/")
    return {"person": int(post)} if of == "person" else {"post": post, "of": of}


class RouteForm(forms.Form):
    """The route as a whole; its steps are StepForms."""

    name = forms.CharField(label="路线名称", max_length=LONGEST)
    dedupe = forms.ChoiceField(label="同一人再次出现", choices=DEDUPES)
    on_self = forms.ChoiceField(label="审批人就是发起人", choices=ON_SELF)


class StepForm(forms.Form):
    name = forms.CharField(label="环节名称", max_length=LONGEST, required=False)
    mode = forms.ChoiceField(label="签批方式", choices=MODES, initial="any")
    on_empty = forms.ChoiceField(label="岗位无人担任", initial="refuse")

    def __init__(self, *args: Any, posts: list, most: int = SIGNERS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signers = [f"who_{n}" for n in range(most)]
        for n, name in enumerate(self.signers):
            choices = [("", "不设" if n else "请选择"), *posts]
            self.fields[name] = forms.ChoiceField(label=f"审批人 {n + 1}", choices=choices, required=False)
        fallback = [(group, [(value, f"由{label}办理") for value, label in some]) for group, some in posts]
        self.fields["on_empty"].choices = [*ON_EMPTY, *fallback]  # type: ignore[attr-defined]

    def who_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.signers]

    def document(self) -> dict[str, Any]:
        given = self.cleaned_data
        empty = given["on_empty"]
        return {
            "name": given["name"],
            "mode": given["mode"],
            "who": [read(given[name]) for name in self.signers if given[name]],
            "on_empty": read(empty) if "/" in empty else empty,
        }


class Steps(forms.BaseFormSet):
    """The steps in their order, moved by their number and left out by a tick."""

    def kept(self) -> list[StepForm]:
        """A row left blank is no step."""
        return [form for form in self.ordered_forms if form.cleaned_data.get("name") or _asked(form)]


def _asked(form: StepForm) -> bool:
    return any(form.cleaned_data.get(name) for name in form.signers)


def steps_of(route: Route, data: Any = None) -> Steps:
    posts = posts_to_choose() + _people(route)
    most = max(SIGNERS, *(len(step.who) for step in route.steps))
    kind = forms.formset_factory(
        StepForm, formset=Steps, extra=2, can_order=True, can_delete=True, max_num=20, absolute_max=30
    )
    initial = [
        {
            "name": step.name,
            "mode": step.mode.value,
            "on_empty": step.on_empty.value if isinstance(step.on_empty, OnEmpty) else written(step.on_empty),
        }
        | {f"who_{n}": written(who) for n, who in enumerate(step.who)}
        for step in route.steps
    ]
    given: dict[str, Any] = {"posts": posts, "most": most}
    return cast(Steps, kind(data, initial=initial, prefix="steps", form_kwargs=given))


def _people(route: Route) -> list[tuple[str, Any]]:
    """People the route names already stay on offer."""
    whos = [who for step in route.steps for who in (*step.who, step.on_empty)]
    keys = {who.person for who in whos if isinstance(who, Named)}
    found = Person.objects.filter(pk__in=keys)
    return [("指定人员", [(f"person/{person.pk}", person.name) for person in found])] if found else []


def definition_of(form: RouteForm, steps: Steps) -> Route | None:
    """The route that was typed; None with the engine's own sentences at the fields they are about."""
    if not (form.is_valid() and steps.is_valid()):
        return None
    kept = steps.kept()
    try:
        return route_json.read(form.cleaned_data | {"steps": [step.document() for step in kept]})
    except RouteError as error:
        for problem in error.problems:
            _place(problem.path, problem.says, form, kept)
        return None


def _place(path: str, says: str, form: RouteForm, steps: list[StepForm]) -> None:
    found = PATH.match(path)
    if not found:
        form.add_error(path if path in form.fields else None, says)
        return
    step, key = steps[int(found[1])], found[2] or "name"
    step.add_error(f"who_{found[3] or 0}" if key == "who" else key, says)
