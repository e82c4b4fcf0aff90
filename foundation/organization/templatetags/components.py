"""The shared components of every page: `{% load components %}`.

Small words
  {% light task.light %}               ■ 超期 2 天; takes .kind and .days, or a kind alone
  {% light "overdue" "超期 2" %}       with words of one's own: a count, 已通过
  {% cell light url "沙口镇 第 12 项" %}  a cell of the matrix: <td>■2, spoken in full; None for 不适用; url may be empty
  {% tag "特急" "urgent" %}            kinds: none, accent (version, change), urgent
  {% icon "paperclip" %}               a symbol of static/vendor/icons.svg (script/assets lists them)
  {{ at|moment }} {{ due|day }}        6月12日 09:12, 6月12日; the year only when it is another one
  {{ amount|yuan }}                    50,000 元
  {{ count|thousands }}                9,875
  {{ count|capped }}                   99+
  {{ request.identity|seat }}          浛洸镇联络员, 安办经办

Pieces (attributes of the objects they take; plain dicts do as well)
  {% back url "待办" %}
  {% tabs items "事项" %}              label, url, count, current
  {% chips items "快速筛选" %}         label, url, count, current, kind (of light)
  {% work_item item %}                 in <ul>: url, title, light, brief, tags [(text, kind)], meta, step,
                                       arrived, unread
  {% facts pairs two=True %}           [(name, value)]
  {% attachments files %}              name, size, url, note, tag; inside a form removable=True adds 移除
  {% timeline entries %}               state (past returned now future), who, behalf, does, opinion, at, note
  {% stepper steps %}                  state (past now future), title, note
  {% pager "第 1–50 件" older=url newer=url %}
  {% empty "没有待办" "新的事项到了会出现在这里。" url "去看任务" %}
  {% more_actions items %}             更多: label, url, hint (the consequence)
  {% progress url value total "正在下达" finished=job.finished %}    asks `url` again until finished

Around something
  {% notice "near" "退回以后" %}…{% endnotice %}            kinds: none (what changed), near, done, overdue
  {% ledger "任务台账" "is-cards is-dense" %}<thead>…{% endledger %}
  {% action_bar %}<p class="about">…</p>…{% endaction_bar %}     in block action_bar; body_class has-action-bar

Forms
  {% errors form … %}                  what is wrong, at the top, linked to the fields
  {% field form.name "w-half" %}       label, hint, error, control; widths w-half w-third w-two w-pair
  {{ form }}                           both, for a form without layout
  RadioSelect and CheckboxSelectMultiple become rows; with attrs={"class": "is-chips"}, chips. A label may
  carry `.hint`, a second line (`Hinted`). A text area with max_length counts its characters. Dates and times get the browser's own picker.

Sheets, columns, page heads are plain HTML: templates/styleguide.html shows them all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.forms.widgets import DateTimeBaseInput
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from foundation.organization.models import Appointment
from foundation.organization.posts import OFFICE_POSTS

register = template.Library()

SHAPES = {"overdue": "■", "near": "▲", "ok": "●", "idle": "○", "done": "✓", "refused": "✕", "told": "◆"}
PICKERS: dict[type, tuple[str, str]] = {
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
    forms.TimeInput: ("time", "%H:%M"),
}
FOLD, RECENT = 10, 6  # a timeline with more of a past than this shows so many of it
BEFORE = {"past": "已办", "returned": "已退回", "now": "当前", "future": "之后"}


@dataclass(frozen=True)
class Hinted:
    """The label of a choice with a second line under it."""

    label: str
    hint: str

    def __str__(self) -> str:
        return self.label


# ---- small words


def light_words(kind: str, days: int) -> str:
    if kind == "overdue":
        return f"超期 {days} 天"
    if kind == "near":
        return f"临期 剩 {days} 天" if days else "临期 剩 0 个工作日"  # due today, or on a free day
    if kind == "ok":
        return f"正常 剩 {days} 天" if days else "正常"
    return {"idle": "未启动", "done": "已办结"}[kind]


@register.simple_tag
def light(value: Any, words: str = "") -> SafeString:
    kind = getattr(value, "kind", value)
    return format_html(
        '<span class="light is-{}"><i aria-hidden="true">{}</i>{}</span>',
        kind,
        SHAPES[kind],
        words or light_words(kind, getattr(value, "days", 0)),
    )


@register.simple_tag
def cell(value: Any, url: str, name: str) -> SafeString:
    hidden = '<span class="visually-hidden">{} {}</span>'
    if value is None:
        return format_html(
            f'<td class="is-none"><span>{hidden}<i aria-hidden="true">—</i></span></td>', name, "不适用"
        )
    days = value.days if value.kind in ("overdue", "near") else ""
    said = format_html(
        f'{hidden}<span aria-hidden="true"><i>{{}}</i>{{}}</span>',
        name,
        light_words(value.kind, value.days),
        SHAPES[value.kind],
        days,
    )
    inner = format_html('<a href="{}">{}</a>', url, said) if url else format_html("<span>{}</span>", said)
    return format_html('<td class="is-{}">{}</td>', value.kind, inner)


@register.simple_tag
def tag(text: str, kind: str = "") -> SafeString:
    return format_html('<span class="tag{}">{}</span>', f" is-{kind}" if kind else "", text)


@register.simple_tag
def icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("vendor/icons.svg"), name
    )


@register.filter
def day(value: dt.date | None) -> str:
    """6月12日; 2025年6月12日 when that is not this year; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    year = "" if value.year == timezone.localdate().year else f"{value.year}年"
    return f"{year}{value.month}月{value.day}日"


@register.filter
def kept_day(kept: str | dt.date) -> str:
    """A day that a submission keeps as 2026-06-12, said like the others; other words stay as they are."""
    try:
        return day(dt.date.fromisoformat(str(kept)))
    except ValueError:
        return str(kept)


@register.filter
def moment(value: dt.datetime | None) -> str:
    return f"{day(value)} {timezone.localtime(value):%H:%M}" if value else ""


def clock(value: dt.datetime, at: dt.datetime) -> str:
    """As told at `at`: 10:32 of the same day, else 6月12日 10:32, with its year where that is another one."""
    here, now = timezone.localtime(value), timezone.localtime(at)
    if here.date() == now.date():
        return f"{here:%H:%M}"
    year = "" if here.year == now.year else f"{here.year}年"
    return f"{year}{here.month}月{here.day}日 {here:%H:%M}"


@register.filter
def seat(identity: Appointment) -> str:
    """浛洸镇联络员; a post of the office names the office itself: 安办经办."""
    unit = "" if identity.post in OFFICE_POSTS else identity.unit.short_name
    return f"{unit}{identity.get_post_display()}{'（主持工作）' if identity.acting else ''}"


@register.filter
def yuan(amount: int) -> str:
    return f"{amount:,} 元"


@register.filter
def thousands(count: int) -> str:
    return f"{count:,}"


@register.filter
def capped(count: int) -> str:
    return "99+" if count > 99 else str(count)


# ---- pieces


@register.simple_tag
def back(url: str, label: str) -> SafeString:
    return format_html('<a class="back" href="{}">{}{}</a>', url, icon("chevron-left"), label)


@register.inclusion_tag("components/tabs.html")
def tabs(items: Iterable[Any], label: str) -> dict[str, Any]:
    return {"items": items, "label": label}


@register.inclusion_tag("components/chips.html")
def chips(items: Iterable[Any], label: str) -> dict[str, Any]:
    return {"items": items, "label": label}


@register.inclusion_tag("components/work_item.html")
def work_item(item: Any) -> dict[str, Any]:
    return {"item": item}


@register.inclusion_tag("components/facts.html")
def facts(pairs: Iterable[tuple[str, Any]], two: bool = False) -> dict[str, Any]:
    return {"pairs": pairs, "two": two}


@register.inclusion_tag("components/attachments.html")
def attachments(files: Iterable[Any], removable: bool = False) -> dict[str, Any]:
    return {"files": files, "removable": removable}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    """Of a long past the latest is read; the rest is folded, at the end where it stands."""
    rows = list(entries)
    past = list(takewhile(lambda one: _of(one, "state") in ("past", "returned"), rows))
    if len(past) <= FOLD:
        return {"parts": [(False, rows)]}
    times = [at for one in past if (at := _of(one, "at"))]
    if times and times[0] > times[-1]:  # the latest first
        return {"parts": [(False, rows[:RECENT]), (True, rows[RECENT:])]}
    early = len(past) - RECENT
    return {"parts": [(True, rows[:early]), (False, rows[early:])]}


def _of(entry: Any, name: str) -> Any:
    return entry[name] if isinstance(entry, dict) else getattr(entry, name)


@register.filter
def before(state: str) -> str:
    """What a screen reader hears instead of the mark of a timeline entry."""
    return BEFORE[state]


@register.inclusion_tag("components/stepper.html")
def stepper(steps: Iterable[Any], label: str = "进度") -> dict[str, Any]:
    return {"steps": steps, "label": label}


@register.inclusion_tag("components/pager.html")
def pager(text: str = "", older: str = "", newer: str = "") -> dict[str, Any]:
    return {"text": text, "older": older, "newer": newer}


@register.inclusion_tag("components/empty.html")
def empty(title: str, hint: str = "", url: str = "", label: str = "") -> dict[str, Any]:
    return {"title": title, "hint": hint, "url": url, "label": label}


@register.inclusion_tag("components/more_actions.html")
def more_actions(items: Iterable[Any]) -> dict[str, Any]:
    return {"items": items}


@register.inclusion_tag("components/progress.html")
def progress(url: str, value: int, total: int, text: str, finished: bool = False) -> dict[str, Any]:
    """While unfinished the piece fetches `url` every two seconds and is replaced by what comes back."""
    return {"url": url, "value": value, "total": total, "text": text, "finished": finished}


# ---- around something


@register.simple_block_tag
def notice(content: str, kind: str = "", title: str = "") -> SafeString:
    heading = format_html("<h2>{}</h2>", title) if title else ""
    return format_html(
        '<section class="notice{}">{}{}</section>', f" is-{kind}" if kind else "", heading, content
    )


@register.simple_block_tag
def ledger(content: str, label: str, look: str = "is-cards") -> SafeString:
    return format_html(
        '<div class="scroll" tabindex="0" role="region" aria-label="{}"><table class="ledger {}">{}</table></div>',
        label,
        look,
        content,
    )


@register.simple_block_tag
def action_bar(content: str, label: str = "办理") -> SafeString:
    return format_html(
        '<div class="action-bar" role="region" aria-label="{}"><div class="action-bar-in">{}</div></div>',
        label,
        content,
    )


# ---- forms


@register.inclusion_tag("forms/errors.html")
def errors(*given: forms.BaseForm) -> dict[str, Any]:
    whole = [error for form in given for error in form.non_field_errors()]
    fields = [(bound, error) for form in given for bound in form for error in bound.errors]
    count = len(whole) + len(fields)
    # A refusal that no field is to blame for is all there is to say: 账号或密码不对.
    return {
        "whole": whole,
        "fields": fields,
        "count": count,
        "refused": whole[0] if whole and count == 1 else "",
    }


@register.simple_tag
def field(bound: BoundField, width: str = "") -> SafeString:
    return bound.render(context={"field": bound, "width": width})


@register.filter
def control(bound: BoundField) -> SafeString:
    """The control itself, in the look of its kind."""
    widget = bound.field.widget
    if isinstance(widget, DateTimeBaseInput):  # the locale's own format would empty the browser's picker
        widget.input_type, widget.format = PICKERS[type(widget)]
    look: dict[str, str | bool] = {"class": f"{widget.attrs.get('class', '')} {_look(widget)}".strip()}
    return bound.as_widget(attrs=look)


def _look(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"
