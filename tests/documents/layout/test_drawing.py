"""What we draw ourselves stands where WeasyPrint would set it: every glyph, and every pixel."""

from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from documents import fonts
from documents.glyphs import Glyph, read_pages
from documents.layout import (
    DRAFT,
    ApprovalForm,
    Column,
    Opinion,
    Table,
    Writ,
    drawing,
    lay_out,
    page_sections,
    paragraph,
    parse,
    pdf,
)  # fmt: skip
from documents.layout.paging import paginate
from documents.layout.placing import place
from documents.layout.sheets import form_pages
from documents.layout.tables import set_table
from documents.layout.writs import writ_pages
from tests.documents.papers import META, RARE, notice

ROWS = "\n".join(
    f"| {n} | 某镇 | 安全生产宣传培训演练检查隐患排查治理第{n}项 | 完成{n}次 |" for n in range(1, 15)
)
ANNEX = f"\n附件\n任务清单\n| 序号 | 单位 | 事项 | 完成情况 |\n|---|---|---|---|\n{ROWS}\n"
WIDE = ANNEX.replace("检查隐患", "检查隐患排查治理农机危化品消防燃气道路交通建筑施工矿山" * 2)
OPINIONS = tuple(
    Opinion(step="单位审核", person="张某", post="主任", decision="同意", text="同意报送。\n请抓紧。" * n, at=datetime(2026, 6, 12, 9, 30))
    for n in (1, 4)
)  # fmt: skip
FORM = ApprovalForm(
    title="审批单", facts=(("事由", "报送"), ("单位", "某镇"), ("说明", "安全生产" * 20)),
    content=(("内容", "第一行\n第二行\n\n第四行"),), opinions=OPINIONS, note="本表一式两份",
)  # fmt: skip
JOINED = Table(
    columns=(Column("单位", runs_on=True), Column("事项", align="center"), Column("数", align="right")),
    rows=(("甲镇", "检查", "1"), ("", "培训", "12"), ("乙镇", "演练" * 30, "3")), totals=("合计", "", "16"), facts="填报单位：甲镇", unit="单位：件", note="注：无",
)  # fmt: skip


def document(text: str, watermark: str = "", **told) -> list[str]:
    meta = replace(META, **told)
    return page_sections(lay_out(parse(text).with_meta(meta), meta), watermark)


PAPERS = {
    "notice": lambda: document(notice(7), urgency="特急"),
    "upward": lambda: document(notice(2), kind="请示", signer="张某", joint_signers=("李某某",)),
    "stamped": lambda: document(notice(1), mark="ABCDE-FGHJK", mark_url="https://example.test/v/ABCDEFGHJK"),
    "letter": lambda: document(notice(2), kind="函"),
    "long name": lambda: document(notice(1).partition("\n\n英德市安全")[0], organ="英德市安全生产委员会道路交通运输专业委员会办公室" * 2),
    "rare": lambda: document(notice(2).replace("各部门", RARE), DRAFT),
    "table": lambda: document(notice(1, tail=ANNEX)),
    "lying": lambda: document(notice(1, tail=WIDE), DRAFT),
    "form": lambda: page_sections(form_pages(FORM)),
    "joined": lambda: page_sections([pdf.Page(p) for p in paginate(set_table(JOINED, width=156, room=225), 225)]),
    "writ": lambda: page_sections(
        writ_pages(Writ(organ="某局", name="移送书", number="某移〔2026〕1号", blocks=(paragraph("一" * 90),), dated="2026年6月12日"))
    ),
}  # fmt: skip


@pytest.fixture(scope="module", params=PAPERS)
def both(request, tmp_path_factory) -> list[Path]:
    """Set by the engine, and drawn by us."""
    sections, folder = PAPERS[request.param](), tmp_path_factory.mktemp("drawing")
    assert all(map(place, sections))
    files = [folder / "engine.pdf", folder / "ours.pdf"]
    for file, made in zip(files, (pdf.render("".join(sections)), pdf.placed(sections)), strict=True):
        file.write_bytes(made.write_pdf(pdf_tags=True))
    return files


def ordered(glyphs: list[Glyph]) -> list[Glyph]:
    return sorted(glyphs, key=lambda one: (round(one.baseline), one.left))


def test_every_glyph_stands_where_the_engine_would_set_it(both):
    for theirs, ours in zip(*map(read_pages, both), strict=True):
        pairs = list(zip(ordered(theirs.glyphs), ordered(ours.glyphs), strict=True))
        assert [a.text for a, _ in pairs] == [b.text for _, b in pairs]
        assert [a.color for a, _ in pairs] == [b.color for _, b in pairs]
        for a, b in pairs:
            assert (b.left, b.right, b.baseline, b.size) == pytest.approx(
                (a.left, a.right, a.baseline, a.size), abs=0.02
            )


def pictures(file: Path) -> list[Image.Image]:
    with pypdfium2.PdfDocument(file) as paper:
        drawn = [page.render(scale=3).to_pil().convert("L") for page in paper]
    return [image.reduce(3) for image in drawn]  # readers move small letters to whole pixels


def test_every_pixel_is_the_engines(both):
    for theirs, ours in zip(*map(pictures, both), strict=True):
        assert theirs.size == ours.size
        assert ImageChops.difference(theirs, ours).getextrema()[1] < 32


def strange(text: str) -> str:
    return f'<section><p class="l fang">{text}</p><p class="folio odd">— 1 —</p></section>'


@pytest.mark.parametrize(
    "text", ["一\t二", "e\u0301", '<img class="seal" src=""/>', '<span class="x">一</span>', "<b>一</b>"]
)
def test_what_is_not_placed_for_certain_is_left_to_the_engine(text):
    assert place(strange("一"))
    assert place(strange(text)) is None


def test_a_page_of_each_stands_in_one_file_in_order_with_its_tags(tmp_path):
    file = tmp_path / "mixed.pdf"
    file.write_bytes(pdf.draw_sections([strange("甲"), strange("乙\u0301"), strange("丙")]))
    assert ["".join(one.text for one in page.glyphs)[0] for page in read_pages(file)] == ["甲", "乙", "丙"]
    with pikepdf.open(file) as paper:
        assert [str(part.S) for part in paper.Root.StructTreeRoot.K[0].K] == ["/Sect"] * 3
        assert not paper.check_pdf_syntax()


@pytest.fixture
def owned(monkeypatch):
    """An office that has bought a 仿宋, for which our 宋体 stands here."""
    pdf.draw_sections([strange("甲")])  # reads the styles
    monkeypatch.setattr(
        fonts, "stack", lambda face: f'"anban song", "{fonts.family(fonts.FACES[face].files[0])}"'
    )
    for known in (drawing._first, drawing._glyph):
        known.cache_clear()
    yield
    for known in (drawing._first, drawing._glyph):
        known.cache_clear()


def test_the_face_that_an_office_owns_draws_what_it_has_where_it_was_laid_out(owned, tmp_path):
    file = tmp_path / "owned.pdf"
    file.write_bytes(pdf.draw_sections([strange("甲2026浛乙")]))
    glyphs = [one for page in read_pages(file) for one in page.glyphs if one.text in "甲2026浛乙"][:7]
    assert [one.font.partition("+")[2] for one in glyphs] == [
        *["anban-song"] * 5,
        "anban-wide-light-Light",
        "anban-song",
    ]
    lefts = [one.left for one in glyphs]
    assert [b - a for a, b in pairwise(lefts)] == pytest.approx(
        [5.644, 2.822, 2.822, 2.822, 2.822, 5.644], abs=0.01
    )
