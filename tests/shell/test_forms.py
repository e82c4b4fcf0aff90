import datetime as dt
import re

import pytest
from django import forms
from django.template import Context, Template

from .samples import Record, refused_form


def shown(source: str, **context) -> str:
    return Template("{% load components %}" + source).render(Context(context))


@pytest.fixture(scope="module")
def refused() -> str:
    return shown("{{ form }}", form=refused_form())


def test_every_error_at_the_top_leads_to_a_control_that_exists(refused):
    targets = re.findall(r'<li><a href="#(\w+)">', refused)
    assert targets == ["id_held_on", "id_kind", "id_sessions", "id_to", "id_agreed"]
    assert all(f'id="{target}"' in refused for target in targets)


def test_an_error_of_the_whole_form_stands_in_the_summary(refused):
    assert "<li>场次和参加人数对不上，请核对。</li>" in refused
    assert "有 6 处需要改正" in refused


def test_an_error_is_said_beside_its_field_and_tied_to_it(refused):
    assert '<p class="error" id="id_sessions_error">✕ 错误：' in refused
    assert 'aria-invalid="true" aria-describedby="id_sessions_error"' in refused


def test_what_was_typed_is_still_there(refused):
    assert 'value="浛洸镇农机服务站"' in refused
    assert "集中培训 86 人。</textarea>" in refused
    assert re.search(r'name="parts" value="photos"[^>]* checked', refused)


def test_a_file_that_was_not_kept_is_said(refused):
    assert "文件没有保存，请重新选择" in refused


def test_a_form_without_errors_has_no_summary():
    assert "error-summary" not in shown("{{ form }}", form=Record())


def test_a_hint_describes_its_control_and_required_is_marked():
    html = shown("{% field form.text %}", form=Record())
    assert '<p class="hint" id="id_text_helptext">' in html
    assert 'aria-describedby="id_text_helptext"' in html
    assert 'class="required"' in html


def test_a_field_without_obligation_has_no_mark():
    assert 'class="required"' not in shown("{% field form.people %}", form=Record())


def test_a_text_area_counts_its_characters():
    assert "<span>10</span> / 2000" in shown("{% field form.text %}", form=refused_form())


def test_a_date_keeps_its_value_in_the_browsers_picker():
    form = Record(initial={"held_on": dt.date(2026, 6, 5)})
    html = shown("{% field form.held_on %}", form=form)
    assert 'type="date"' in html
    assert 'value="2026-06-05"' in html


def test_choices_are_rows_with_a_second_line_or_chips():
    assert "时间、地点、形式、人数" in shown("{% field form.parts %}", form=Record())
    chips = shown("{% field form.opinion %}", form=Record())
    assert 'class="chips"' in chips
    assert "choice-body" not in chips


def test_the_width_of_a_field_is_the_pages_to_say():
    assert 'class="field w-half"' in shown('{% field form.place "w-half" %}', form=Record())


def test_hidden_fields_are_rendered_once_and_their_errors_are_told():
    class Sent(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput)

    html = shown("{{ form }}", form=Sent({"version": "x"}))
    assert html.count('name="version"') == 1
    assert "有 1 处需要改正" in html


def test_several_forms_share_one_summary():
    class Row(forms.Form):
        unit = forms.CharField(label="单位")

    rows = [Row({}, prefix=str(n)) for n in range(2)]
    html = shown("{% errors first second %}", first=rows[0], second=rows[1])
    assert re.findall(r'href="#([\w-]+)"', html) == ["id_0-unit", "id_1-unit"]


def test_a_refusal_that_no_field_is_to_blame_for_is_the_heading():
    form = forms.Form({})
    form.add_error(None, "账号或密码不对，请重新输入。")
    html = shown("{% errors form %}", form=form)
    assert "<h2>账号或密码不对，请重新输入。</h2>" in html
    assert "需要改正" not in html


def test_a_field_left_empty_is_asked_for_in_words():
    class Asked(forms.Form):
        reason = forms.CharField(label="理由")
        unit = forms.ChoiceField(label="单位", choices=[("a", "甲镇")])

    assert Asked({}).errors == {"reason": ["请填写。"], "unit": ["请选择。"]}
