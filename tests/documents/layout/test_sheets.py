"""Statistics tables and approval forms."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

from pypdf import PdfReader

from approvals.pictures import signature_of
from documents.glyphs import read_pages
from documents.layout import (
    ApprovalForm,
    Attachment,
    Column,
    Opinion,
    Table,
    render_approval_form,
    render_table,
)
from tests.approvals.test_pictures import written
from tests.documents.papers import RARE, measured, texts

TABLE = Table(
    title="活动情况汇总统计表",
    facts="统计截至：2026年7月1日",
    unit="单位：场",
    note="注：由系统汇总。",
    columns=(Column("单位"), *(Column(label, align="right", group="宣讲") for label in ("场次", "人次"))),
    rows=tuple((f"第{n}镇", str(n), str(n * 10)) for n in range(1, 61)),
    totals=("合计", "1830", "18300"),
    landscape=True,
)
FORM = ApprovalForm(
    title="任务办理审批单",
    facts=(("任务", "安全宣传进企业"), ("责任单位", "浛洸镇")),
    content=(("报送内容", "组织开展活动12场。" * 200),),
    opinions=(
        Opinion(
            step="主要负责人",
            person=RARE[-2:],
            on_behalf_of="黄昇",
            decision="同意",
            text="已核👍",
            at=datetime(2026, 6, 28, 15, 30),
        ),
        Opinion(step="安委办主任", person="谢长青", decision="待办"),
    ),
    attachments=(Attachment(name="总结.docx", size=48213, sha256="9f86d081884c7d65" + "0" * 48),),
)


def flat(found):
    return "\n".join(text for page in found["pages"] for text in texts(page))


def test_a_lying_table_repeats_both_lines_of_its_head_and_ends_with_totals():
    found = measured(render_table(TABLE))
    pages = [texts(page) for page in found["pages"]]
    assert len(pages) > 2
    assert all(page["size"]["width"] == 297 for page in found["pages"])
    assert all(
        any("宣讲" in text for text in page) and any("场次" in text for text in page) for page in pages
    )
    assert pages[-1][-2:] == ["合计 1830 18300", "注：由系统汇总。"]


def test_no_row_of_a_table_is_lost_or_doubled():
    text = flat(measured(render_table(TABLE)))
    assert [text.count(f"第{n}镇 ") for n in range(1, 61)] == [1] * 60


def test_a_table_stays_inside_the_type_area():
    for page in measured(render_table(TABLE))["pages"]:
        assert all(rule["left"] >= 35 and rule["right"] <= 260.01 for rule in page["rules"])
        assert all(rule["bottom"] <= 184.01 for rule in page["rules"])


def test_a_form_shows_who_decided_for_whom_and_when():
    text = flat(measured(render_approval_form(FORM)))
    assert "同意。已核〔U+1F44D〕" in text
    assert "䶮𠅤 代 黄昇 2026年6月28日 15:30" in text
    assert "谢长青" in text
    assert "SHA-256前16位 9f86d081884c7d65" in text


def test_a_long_submission_is_divided_between_pages_and_whole():
    found = measured(render_approval_form(FORM))
    joined = "".join(text.removeprefix("报送内容 ") for page in found["pages"] for text in texts(page))
    assert len(found["pages"]) > 1
    assert joined.count("场。") == 200
    assert found["missing_glyphs"] == []


def test_a_row_that_runs_on_is_ruled_off_from_the_next_group_alone_and_stays_with_its_own():
    columns = (Column("代码", runs_on=True), Column("指标"))
    rows = tuple(row for n in range(30) for row in ((f"S{n:02}", "场次"), ("", "人次")))
    pages = measured(render_table(Table(columns=columns, rows=rows, landscape=True)))["pages"]
    assert [texts(page)[-1] for page in pages] == ["人次"] * len(pages)
    assert all(texts(page)[1].startswith("S") for page in pages)


def test_words_that_are_the_decision_are_said_once():
    opinions = [
        Opinion(step="主任", person="杜珺", decision="同意", text=text) for text in ("同意报送。", "已核。")
    ]
    text = flat(measured(render_approval_form(replace(FORM, opinions=tuple(opinions)))))
    assert "同意。同意" not in text
    assert "同意。已核。" in text


def test_a_long_list_of_numbers_begins_where_there_is_room():
    numbers = "\n".join(f"S{n:02} 场次{n}场" for n in range(60))
    pages = measured(render_approval_form(replace(FORM, content=(("统计数据", numbers),))))["pages"]
    assert "统计数据 S00 场次0场" in texts(pages[0])


LONG = "经核，材料齐全，数据与现场相符；请继续抓好农机安全培训，重点核实三家企业的整改情况。"
SIGNED = Opinion(
    step="主要负责人审批", person="周晓岚", post="主要负责人", decision="同意", text="已核。", at=datetime(2026, 6, 28, 15, 30),
    signed=True,
)  # fmt: skip


def form(*opinions):
    return render_approval_form(replace(FORM, content=(), opinions=opinions))


def fonts_of(content, text):
    """In which faces these characters are drawn, in order."""
    with NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(content)
        drawn = [glyph for page in read_pages(Path(file.name)) for glyph in page.glyphs]
    at = "".join(glyph.text for glyph in drawn).index(text)
    return {glyph.font.partition("+")[2] for glyph in drawn[at : at + len(text)]}


def test_who_signs_by_name_has_it_in_kai_and_nothing_else():
    content = form(SIGNED)
    assert fonts_of(content, "周晓岚") != fonts_of(content, "已核")
    unsigned = form(replace(SIGNED, signed=False))
    assert fonts_of(unsigned, "周晓岚") == fonts_of(unsigned, "已核")


def test_a_proxy_signs_for_somebody_under_their_own_name():
    text = flat(measured(form(replace(SIGNED, person="黄立诚", on_behalf_of="何振邦"))))
    assert "主要负责人 黄立诚 代 何振邦 2026年6月28日 15:30" in text


def test_a_signature_by_hand_stands_beside_the_printed_name(tmp_path):
    picture = tmp_path / "hand.png"
    picture.write_bytes(signature_of(written(), "签名"))
    content = form(replace(SIGNED, signature=str(picture)))
    assert len(PdfReader(BytesIO(content)).pages[0].images) == 1
    assert fonts_of(content, "周晓岚") == fonts_of(content, "已核")


def test_what_was_enclosed_is_named_under_the_opinion():
    assert "附件：核查记录.pdf、现场.png" in flat(
        measured(form(replace(SIGNED, files=("核查记录.pdf", "现场.png"))))
    )


def test_a_step_without_anybody_says_why_and_signs_nothing():
    text = flat(measured(form(Opinion(step="专家组", person="", decision="未办理", text="无人担任，跳过"))))
    assert "专家组 未办理。无人担任，跳过" in text
    assert "系统" not in text


def test_long_opinions_go_on_on_the_next_page_and_a_signature_never_stands_alone():
    for lines in (1, 22, 57):
        found = measured(form(*[replace(SIGNED, text=LONG * lines)] * 3))
        pages = [texts(page) for page in found["pages"]]
        assert "".join("".join(page) for page in pages).count("农机安全培训") == 3 * lines
        assert found["missing_glyphs"] == []
        for page in found["pages"]:
            assert all(rule["bottom"] <= 262.1 for rule in page["rules"])
        assert not [page for page in pages if page[0].startswith("主要负责人 周晓岚")]
        assert not [page for page in pages if page[0] == "审批"]
