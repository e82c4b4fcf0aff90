"""批量印发 in Chromium: chosen, looked at, begun, watched and taken home."""

from __future__ import annotations

import zipfile

import pytest

from tests.cast import engage
from tests.shell.axe import violations

from .deeds import run, source, workbook

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TABLE = {
    "name": "附表.xlsx",
    "mimeType": "",
    "buffer": workbook(["单位", "事项"], ["甲镇", "检查"], ["乙镇", "整改"]),
}


def test_from_the_form_to_a_file_for_each_unit(transactional_db, open_as):
    cast = engage()
    of = source(cast)
    page = open_as(cast.clerk, f"/documents/batches/new/?source={of.pk}", 390, height=844, locale="zh-CN")
    page.get_by_label("各单位的附表").set_input_files(TABLE)
    page.get_by_label("附表名称").fill("任务清单")
    page.get_by_role("button", name="看第一份").click()
    page.get_by_role("img", name="甲镇人民政府").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == {}

    page.get_by_role("button", name="开始印发 2 份").click()
    page.get_by_label("批量印发的进度").wait_for()
    run()
    page.get_by_text("已办完").first.wait_for()  # the page asks by itself
    assert violations(page) == {}
    with page.expect_download() as got:
        page.get_by_role("link", name="单个文件（ZIP）").click()
    with zipfile.ZipFile(got.value.path()) as package:
        assert package.namelist() == ["jia-甲镇.pdf", "yi-乙镇.pdf"]
