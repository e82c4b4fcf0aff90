"""Papers that are one table or one form, made from forms.yaml."""

import pytest

from documents.layout import listed, render_approval_form, render_table, slip
from documents.layout.forms import _forms
from tests.documents.papers import measured, texts


@pytest.mark.parametrize("name", _forms()["tables"])
def test_every_table_is_drawn_with_its_columns_and_rows(name):
    columns = [column["label"] for column in _forms()["tables"][name]["columns"]]
    table = listed(name, [[f"{n}栏" for n in range(len(columns))]] * 2)
    pages = measured(render_table(table))["pages"]
    assert "".join(texts(pages[0])[1:]).replace(" ", "").startswith("".join(columns))
    assert sum("0栏" in text for text in texts(pages[0])) == 2


def test_a_catalogue_lies_and_repeats_its_head():
    rows = [(str(n), f"X043-WS·2026-D30-AWB-{n:04}", "", "英德市安委办", "关于某事的通知", "20260612", "", "4", "") for n in range(1, 31)]  # fmt: skip
    pages = measured(render_table(listed("归档文件目录", rows, facts="年度：2026")))["pages"]
    assert len(pages) > 1
    assert all(any(text.startswith("序号 档号 文号") for text in texts(page)) for page in pages)
    assert {page["size"]["width"] for page in pages} == {297.0}


def test_a_slip_shows_its_places_filled_or_blank():
    found = texts(measured(render_approval_form(slip("督办单", {"督办事项": "未报小结。"})))["pages"][0])
    assert "督办事项 未报小结。" in found
    assert "领导批示" in found


def test_a_place_that_a_slip_has_not_is_refused():
    with pytest.raises(KeyError, match="颜色"):
        slip("督办单", {"颜色": "红"})


def test_a_row_of_another_width_is_refused():
    with pytest.raises(ValueError, match="9 栏"):
        listed("归档文件目录", [("1",)])
