"""署名, 成文日期, 印章 and 附注 (GB/T 9704-2012, 7.3.5 to 7.3.7), as lines of the grid."""

import re
from dataclasses import replace

import pytest

from documents.layout import geometry as g
from documents.layout import lay_out, parse
from documents.layout.closing import wide
from documents.layout.setting import Strip
from tests.documents.papers import META, SENTENCE
from tests.documents.sealing.seals import ring

REMARK = "（联系人：某某，电话：0763-1234567）"
OPEN = f"关于某事的通知\n\n各镇：\n{SENTENCE}\n"  # nobody has signed: META will
JOINT = replace(META, joint_organs=("英德市公安局",))


@pytest.fixture(scope="module")
def seal(tmp_path_factory):
    picture = tmp_path_factory.mktemp("seal") / "seal.png"
    picture.write_bytes(ring())
    return str(picture)


def strips_of(text, meta=META) -> list[Strip]:
    return [strip for page in lay_out(parse(text).with_meta(meta), meta) for strip in page.strips]


def lines_of(text, meta=META) -> list[str]:
    return [re.sub("<.*?>", "", strip.html) for strip in strips_of(text, meta)]


@pytest.mark.parametrize("end", ["", "附件：甲\n\n", "附件：1.甲\n2.乙\n"])
def test_a_remark_stands_below_the_date_that_the_signing_gives(end):
    lines = lines_of(f"{OPEN}{end}{REMARK}\n（此件公开发布）\n\n附件\n甲\n正文。")
    at = lines.index(REMARK)
    assert lines[at - 2 : at + 2] == [META.organ, "2026年6月12日", REMARK, "（此件公开发布）"]


def test_remarks_that_nothing_is_signed_above_end_the_text():
    lines = lines_of(f"{OPEN}{REMARK}", replace(META, kind="纪要"))
    assert [line for line in lines if line][-1] == REMARK
    assert not {META.organ, "2026年6月12日"} & set(lines)


@pytest.mark.parametrize("line", ["（一）开展检查（略）", "（1）照片（三张）"])
def test_a_paragraph_of_a_level_that_ends_with_a_bracket_is_no_remark(line):
    assert parse(f"{OPEN}{line}").blocks[-1].text == line


def test_a_text_of_one_paragraph_in_brackets_is_a_text():
    assert len(parse("标题\n\n（正文）").blocks) == 1


def bottom_of_seals(meta) -> tuple[float, float]:
    """Where the seals end and the remark begins, in millimetres."""
    strips = strips_of(OPEN + REMARK, meta)
    tops = [sum(strip.height for strip in strips[:at]) for at in range(len(strips))]
    (sealed,) = [at for at, strip in enumerate(strips) if "<img" in strip.html]
    lift = float(re.search(r"margin-top:-([\d.]+)mm", strips[sealed].html)[1])
    (remark,) = [at for at, strip in enumerate(strips) if "联系人" in strip.html]
    return tops[sealed] - lift + g.SEAL, tops[remark]


@pytest.mark.parametrize("joint", [True, False])
def test_no_seal_covers_a_remark(seal, joint):
    meta = replace(JOINT, seal=seal, joint_seals=(seal,)) if joint else replace(META, seal=seal)
    end, begin = bottom_of_seals(meta)
    assert end <= begin


def test_a_remark_that_no_seal_reaches_is_on_the_line_below_the_date(seal):
    lines = lines_of(f"{OPEN}（此件公开发布）", replace(META, seal=seal))
    assert lines[lines.index("（此件公开发布）") - 1] == "2026年6月12日"


LONG = "英德市安全生产委员会办公室道路交通安全专业委员会联合工作专班办公室"


def edges_of(line: str) -> tuple[float, float]:
    """Of a line that ends somewhere before the right edge: where it begins and ends, in characters."""
    right = 28 - float(re.search(r"padding-right:([\d.]+)mm", line)[1]) / g.CELL
    return right - wide(re.sub("<.*?>", "", line)), right


@pytest.mark.parametrize("organ", [LONG, (LONG * 2)[:60], "甲" * 60])
@pytest.mark.parametrize("stamped", [True, False])
def test_a_long_name_signs_inside_the_type_area_on_lines_of_its_own(seal, organ, stamped):
    strips = strips_of(OPEN, replace(META, organ=organ, seal=seal if stamped else ""))
    dated = [re.sub("<.*?>", "", strip.html) for strip in strips].index("2026年6月12日")
    signed = [at for at in range(dated) if 'class="l r ' in strips[at].html]
    assert "".join(re.sub("<.*?>", "", strips[at].html) for at in signed) == organ
    assert len(signed) > 1
    for at in (*signed, dated):
        left, right = edges_of(strips[at].html)
        assert left >= 0
        assert right <= 28


@pytest.mark.parametrize(
    "organs", [("某局",), (LONG,), ((LONG * 2)[:60],), (META.organ, "某局"), (LONG[:20], "某局")]
)
def test_the_top_of_a_seal_is_within_a_line_of_the_text_whatever_signs_under_it(seal, organs):
    meta = replace(
        META, organ=organs[0], joint_organs=organs[1:], seal=seal, joint_seals=(seal,) * len(organs[1:])
    )
    strips = strips_of(OPEN, meta)
    text = max(at for at, strip in enumerate(strips) if "推进" in strip.html)
    (sealed,) = [at for at, strip in enumerate(strips) if "<img" in strip.html]
    lift = float(re.search(r"margin-top:-([\d.]+)mm", strips[sealed].html)[1])
    assert 0 <= sum(strip.height for strip in strips[text + 1 : sealed]) - lift <= g.PITCH


def test_a_line_of_the_text_that_signs_on_two_lines_is_the_source_of_both():
    strips = strips_of(f"{OPEN}\n{LONG[:28]}\n2026年6月12日")
    assert [strip.line for strip in strips if 'class="l r ' in strip.html] == [6, 6, 7]
