"""A row of the spreadsheet of people: one person in one post. Who has two posts has two rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from .forms import AppointForm, PersonForm
from .importing_units import sentence
from .imports import ADDED, CHANGED, SAME, Kind, Run
from .models import FAR, Appointment, Person, Unit
from .permissions import edits_appointment, edits_person, posts_given_by
from .posts import Post
from .refusals import Refused
from .services import add_person, appoint, change_person
from .tables import Row

COLUMNS = ("账号", "姓名", "联系电话", "单位编码", "岗位", "自", "至", "主持工作")
POSTS = {post.label: post for post in Post}


def act(run: Run, row: Row) -> str:
    person = Person.objects.filter(username=row.cells["账号"]).first()
    known, changed = person is not None, False
    if person is None:
        person = _added(run, row.cells)
    else:
        changed = _changed(run, person, row.cells)
    appointed = _appointed(run, person, row.cells)
    return ADDED if not known else CHANGED if changed or appointed else SAME


def _added(run: Run, cells: dict[str, str]) -> Person:
    form = PersonForm({"username": cells["账号"], "name": cells["姓名"], "phone": cells["联系电话"]})
    if not form.is_valid():
        raise Refused(sentence(form))
    person = add_person(**form.cleaned_data, actor=run.actor, at=run.at)
    run.added_people.append(person.pk)
    return person


def _changed(run: Run, person: Person, cells: dict[str, str]) -> bool:
    """An empty telephone leaves the known one."""
    data = {"name": cells["姓名"], "phone": cells["联系电话"] or person.phone, "is_active": person.is_active}
    if person.pk in run.added_people and person.name != data["name"]:
        raise Refused(f"账号“{person.username}”在前面的行里姓名是“{person.name}”，请核对。")
    form = PersonForm(data, person=person)
    if not form.is_valid():
        raise Refused(sentence(form))
    if (person.name, person.phone) == (data["name"], data["phone"]):
        return False
    if not edits_person(person, run.actor, timezone.localdate(run.at)):
        raise Refused(edits_person.says)
    return change_person(person=person, values=form.cleaned_data, actor=run.actor, at=run.at)


def _appointed(run: Run, person: Person, cells: dict[str, str]) -> bool:
    """A post that is held already stays as it is; no unit and no post: the account alone."""
    if not cells["单位编码"] and not cells["岗位"]:
        return False
    post, unit = _post(run, cells["岗位"]), _unit(cells["单位编码"])
    today = timezone.localdate(run.at)
    start = cells["自"] or today.isoformat()
    data = {
        "unit": unit.pk,
        "post": post,
        "start": start,
        "end": cells["至"],
        "acting": _yes(cells["主持工作"]),
    }
    form = AppointForm(data, posts=posts_given_by(run.actor))
    if not form.is_valid():
        raise Refused(sentence(form))
    if Appointment.objects.holding(post, unit, today).filter(person=person).exists():
        return False
    appoint(person=person, **form.cleaned_data, actor=run.actor, at=run.at)
    return True


def _post(run: Run, label: str) -> Post:
    if label not in POSTS:
        raise Refused(f"岗位“{label}”不认识，可填：{'、'.join(POSTS)}。")
    if POSTS[label] not in posts_given_by(run.actor):
        raise Refused(edits_appointment.says)
    return POSTS[label]


def _unit(code: str) -> Unit:
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise Refused(f"单位编码“{code}”没有这个单位，请先导入单位。")
    return unit


def _yes(cell: str) -> bool:
    if cell not in ("", "是", "否"):
        raise Refused(f"主持工作“{cell}”请填“是”或“否”。")
    return cell == "是"


def current() -> Iterator[tuple[Any, ...]]:
    """Who holds which post now, in the columns of an import."""
    for seat in Appointment.objects.in_force(timezone.localdate()).select_related("person", "unit"):
        end = "" if seat.end == FAR else seat.end.isoformat()
        yield (
            seat.person.username, seat.person.name, seat.person.phone, seat.unit.code,
            seat.get_post_display(), seat.start.isoformat(), end, "是" if seat.acting else "",
        )  # fmt: skip


PEOPLE = Kind("people", "人员", COLUMNS, ("账号", "姓名"), "姓名", act, ("账号", "单位编码", "岗位"))
