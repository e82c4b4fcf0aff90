"""执法文书 as they lie in the PDF, measured back in millimetres."""

from datetime import date

import pytest

from documents.layout import Column, Table, Writ, paragraph, render_writs
from tests.documents.papers import RARE, SENTENCE, measured, texts

ORGAN = "某市应急管理局"
WRIT = Writ(
    organ=ORGAN, name="涉嫌犯罪案件移送书", number="某应急移〔2026〕1号", to="某市公安局：",
    blocks=(paragraph("一、主要事实"), *[paragraph(SENTENCE * 3) for _ in range(9)]),
    signed_by=ORGAN, dated="2026年6月12日",
)  # fmt: skip
TABLE = Table(
    columns=(Column("序号", 14), Column("名称", 100), Column("说明", 41)),
    rows=tuple((str(n), f"{RARE}{n}", "封存在镇政府" * 3) for n in range(60)),
    landscape=False,
)
LONGEST = "某某省某某自治州某某族自治县安全生产委员会办公室综合行政执法大队第一中队"


def pages(*parts: Writ) -> list[dict]:
    return measured(render_writs(parts, title="文书", made_on=date(2026, 6, 12)))["pages"]


def test_the_text_stands_on_the_national_grid_without_a_red_head():
    first, second, *_ = pages(WRIT)
    assert texts(first)[:4] == [ORGAN, WRIT.name, WRIT.number, WRIT.to]
    assert {line["color"] for line in first["lines"]} == {"#000000"}
    assert (second["margins"]["left"], second["characters_per_line"]) == (28.0, 28)
    assert second["right_edge"] == pytest.approx(184, abs=0.05)
    assert second["pitch"] == pytest.approx(225 / 22, abs=0.01)


def test_the_number_ends_at_the_right_edge():
    number = next(line for line in pages(WRIT)[0]["lines"] if line["text"] == WRIT.number)
    assert number["right"] == pytest.approx(184, abs=0.05)


def test_the_date_stands_four_characters_in_and_the_organ_over_its_middle_with_room_for_the_seal():
    *_, text, organ, dated = pages(WRIT)[-1]["lines"]
    assert 184 - dated["right"] == pytest.approx(4 * 156 / 28, abs=0.1)
    assert organ["left"] + organ["right"] == pytest.approx(dated["left"] + dated["right"], abs=0.3)
    assert organ["top"] - text["top"] == pytest.approx(3 * 225 / 22, abs=0.4)  # tops of two faces


def test_every_part_begins_a_page_and_the_numbers_run_on():
    found = pages(Writ(organ=ORGAN, name="甲", blocks=(paragraph("一"),)), Writ(organ="", name="乙"))
    assert [(texts(page)[0], page["page_number"]["text"]) for page in found] == [
        (ORGAN, "— 1 —"),
        ("乙", "— 2 —"),
    ]


def test_a_long_list_goes_on_under_the_same_head_and_ends_with_the_signature():
    found = pages(Writ(organ=ORGAN, name="清单", blocks=(TABLE,), signed_by=ORGAN, dated="2026年6月12日"))
    heads = [next(text for text in texts(page) if text.startswith("序号")) for page in found]
    assert (len(found) > 2, set(heads)) == (True, {"序号 名称 说明"})
    assert texts(found[-1])[-2:] == [ORGAN, "2026年6月12日"]


@pytest.mark.parametrize(
    "text", [RARE * 9, "x" * 300, "9" * 90 + "元", "（" * 70, "http://a.b/" + "c-d/" * 60]
)
def test_nothing_runs_over_the_edge_whatever_was_typed(text):
    table = Table(columns=(Column("名称", 30), Column("说明", 125)), rows=((text, text),), landscape=False)
    one = Writ(
        organ=text[:60], name=text[:100], number=text[:60], to=text[:100], blocks=(paragraph(text), table),
        signed_by=text[:60], dated="2026年6月12日",
    )  # fmt: skip
    for page in pages(one):
        assert page["margins"]["right"] >= 25.9
        assert page["margins"]["left"] >= 27.9
        assert not page["missing_glyphs"]


def test_an_organ_with_a_long_name_signs_on_two_lines():
    found = texts(pages(Writ(organ=LONGEST, name="函", signed_by=LONGEST, dated="2026年6月12日"))[-1])
    assert "".join(found[-3:-1]) == LONGEST


def test_what_no_face_draws_is_printed_by_its_number():
    assert "〔U+1F44D〕" in "".join(
        texts(pages(Writ(organ=ORGAN, name="函", blocks=(paragraph("好👍"),)))[0])
    )
