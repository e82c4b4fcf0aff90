"""A refusal is read in the form, where it belongs; anything else is no refusal."""

import pytest
from django import forms

from foundation.organization.refusals import Refused, told_in


class Typed(forms.Form):
    name = forms.CharField()


@pytest.mark.parametrize(("field", "where"), [("name", "name"), (None, "__all__"), ("not_there", "__all__")])
def test_a_refusal_stands_at_its_field_where_the_form_has_it(field, where):
    form = Typed({"name": "甲"})
    with told_in(form):
        raise Refused("已有同名的。", field=field)
    assert form.errors == {where: ["已有同名的。"]}
    assert form["name"].value() == "甲"


def test_a_fault_is_not_swallowed():
    with pytest.raises(KeyError), told_in(Typed({})):
        raise KeyError


def test_what_was_done_leaves_no_error():
    form = Typed({"name": "甲"})
    with told_in(form):
        pass
    assert not form.errors
