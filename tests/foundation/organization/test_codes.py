"""机关代字: one shape, in the schema, in every form and in every service."""

import datetime as dt
import json
from pathlib import Path

import pytest

from foundation.organization.codes import document_code, refuse_code
from foundation.organization.forms import UnitForm
from foundation.organization.refusals import Refused
from foundation.organization.units import save_unit
from tests.cast import actor

SCHEMA = Path(__file__).parents[3] / "docs/schemas/render_document.json"
WRONG = ["英安办〔2026〕<b>", "英", "英安办\n", "英 安办", "<b>", "ABC", "英" * 11]


def test_the_shape_is_that_of_meta():
    meta = json.loads(SCHEMA.read_text("utf-8"))["properties"]["code"]["pattern"]
    assert meta.replace("$", r"\Z") == document_code.regex.pattern


@pytest.mark.parametrize("code", WRONG)
def test_what_is_no_code_is_refused_everywhere(cast, code):
    with pytest.raises(Refused, match="不能作代字"):
        refuse_code(code)
    act = {"actor": actor(cast.administrator), "at": dt.datetime(2026, 6, 12, tzinfo=dt.UTC)}
    with pytest.raises(Refused, match="不能作代字"):
        save_unit(unit=cast.office, values={"document_code": code}, **act)


def test_the_page_of_a_unit_says_what_a_code_is(cast):
    data = {"code": "x", "name": "某局", "short_name": "某局", "kind": "department", "order": 1}
    form = UnitForm(data | {"document_code": "英安办〔2026〕<b>"})
    assert "2到10个汉字" in form.errors["document_code"][0]
    assert "document_code" not in UnitForm(data | {"document_code": "英教"}).errors


def test_none_at_all_may_be():
    refuse_code("")
    refuse_code("英安办")
