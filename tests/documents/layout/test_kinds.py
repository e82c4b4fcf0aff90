"""What sets kinds apart on paper, measured in the PDF (GB/T 9704-2012 7.2, 10.1, 10.3)."""

import json
import re
from base64 import b64decode
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from documents.layout import BadMeta, lay_out, make_meta, parse, render_notice
from documents.layout import geometry as g
from documents.layout.kinds import KINDS
from documents.layout.marks import TooManyOrgans
from tests.documents.papers import META, SENTENCE, measured, notice, texts
from tests.documents.sealing.seals import ring

CELL = 156 / 28
RED = "#e60012"
ORGANS = ("英德市安全生产委员会办公室", "英德市应急管理局", "英德市公安局交通警察大队")
JOINT = replace(META, organ=ORGANS[0], joint_organs=ORGANS[1:])


def pages_of(text, meta):
    return measured(render_notice(parse(text), meta))["pages"]


@pytest.fixture(scope="module")
def letter():
    return pages_of(notice(6), replace(META, kind="函", urgency="加急"))


def line_of(page, text):
    return next(line for line in page["lines"] if text in line["text"])


def test_every_kind_of_the_contract_has_its_data():
    schema = json.loads((Path(settings.BASE_DIR) / "docs/schemas/render_document.json").read_text())
    assert set(schema["properties"]["kind"]["enum"]) == set(KINDS)


def test_the_name_of_a_letter_starts_30_below_the_edge_of_the_paper(letter):
    name = letter[0]["lines"][0]
    assert (name["text"], name["color"]) == (ORGANS[0], RED)
    assert name["top"] + 0.03 * name["size"] * 25.4 / 72 == pytest.approx(30, abs=0.1)


def test_a_letter_has_double_rules_170_long_below_its_name_and_20_above_the_lower_edge(letter):
    rules = [rule for rule in letter[0]["rules"] if rule["color"] == RED]
    assert [rule["thickness"] for rule in rules] == [1.0, 0.35, 0.35, 1.0]
    assert all(rule["right"] - rule["left"] == pytest.approx(170, abs=0.02) for rule in rules)
    name = letter[0]["lines"][0]
    ink = name["top"] + 0.97 * name["size"] * 25.4 / 72
    assert rules[0]["top"] - ink == pytest.approx(4, abs=0.1)
    assert 297 - rules[-1]["bottom"] == pytest.approx(20, abs=0.02)


def test_the_number_of_a_letter_stands_right_below_the_rule_and_the_urgency_at_the_left(letter):
    rule = [rule for rule in letter[0]["rules"] if rule["color"] == RED][1]
    number = line_of(letter[0], "〔2026〕")
    assert number["text"] == "加急 英安办〔2026〕12号"
    assert number["right"] == pytest.approx(184, abs=0.05)
    assert number["left"] == 28
    assert number["top"] - rule["bottom"] == pytest.approx(16 * 25.4 / 72 * 7 / 8, abs=0.3)


def test_the_text_of_a_letter_ends_seven_eighths_of_a_character_above_the_second_rule(letter):
    rule = [rule for rule in letter[0]["rules"] if rule["color"] == RED][2]
    last = letter[0]["lines"][-1]
    assert rule["top"] - (last["top"] + 16 * 25.4 / 72) == pytest.approx(16 * 25.4 / 72 * 7 / 8, abs=0.3)


def test_a_letter_has_no_number_on_its_first_page_and_no_rules_in_its_imprint(letter):
    assert [page["page_number"] and page["page_number"]["text"] for page in letter] == [
        None,
        "— 2 —",
        "— 3 —",
    ]
    assert not letter[-1]["rules"]
    assert texts(letter[-1])[-1] == "抄送：清远市安全生产委员会办公室，各新闻单位。"


def test_minutes_are_headed_by_their_name_and_bear_neither_signature_nor_date():
    found = pages_of("专题会议纪要\n\n" + SENTENCE, replace(META, kind="纪要"))
    assert texts(found[0])[0] == ORGANS[0] + "会议纪要"
    assert not [text for page in found for text in texts(page) if text == "2026年6月12日"]


def test_the_names_of_a_joint_paper_stand_below_one_another_equally_wide_with_the_word_at_their_right():
    lines = pages_of(notice(1), JOINT)[0]["lines"]
    names = [line for line in lines if line["color"] == RED]
    assert [line["text"].replace(" ", "") for line in names] == [ORGANS[0], ORGANS[1] + "文件", ORGANS[2]]
    assert len({line["left"] for line in names}) == 1
    assert names[0]["right"] == pytest.approx(names[2]["right"], abs=0.3)
    assert names[0]["right"] < names[1]["right"] <= 184.01
    assert line_of({"lines": lines}, "〔2026〕")["text"] == "英安办〔2026〕12号"


def test_ten_joint_offices_still_leave_room_for_text_on_the_first_page():
    pages = pages_of(
        notice(1), replace(META, joint_organs=tuple(f"英德市第{n}管理局" for n in "二三四五六七八九十"))
    )
    assert any("安全第一" in text for text in texts(pages[0]))


@pytest.mark.parametrize("count", [12, 13])
def test_more_organs_than_a_head_can_show_legibly_are_refused_with_advice(count):
    meta = replace(META, joint_organs=tuple(f"英德市第{n}管理局" for n in range(1, count)))
    document = parse(notice(1)).with_meta(meta)
    if count > 12:
        with pytest.raises(TooManyOrgans, match=r"有13个.*最多12个，请减少联署机关"):
            lay_out(document, meta)
    else:
        sizes = re.findall(r'class="mark".*?font-size:([\d.]+)pt', lay_out(document, meta)[0].extras)
        assert min(map(float, sizes)) >= g.WUHAO


def test_several_signers_stand_two_a_line_and_the_number_beside_the_last():
    meta = replace(JOINT, kind="请示", signer="张某", joint_signers=("李某某", "欧阳某"))
    lines = pages_of(notice(1), meta)[0]["lines"]
    first, second = line_of({"lines": lines}, "签发人：张某"), line_of({"lines": lines}, "欧阳某")
    assert second["text"].startswith("英安办〔2026〕12号")
    assert (first["right"], second["left"]) == (
        pytest.approx(184 - CELL, abs=0.01), pytest.approx(28 + CELL, abs=0.01),
    )  # fmt: skip


def test_a_paper_without_a_number_leaves_room_for_it():
    (page, *_) = pages_of(notice(1), replace(META, number=None))
    assert texts(page)[1].replace(" ", "") == "英安办〔2026〕号"
    assert lay_out(parse(notice(1)), replace(META, number=None, code=""))[0].extras.count("〔") == 0


@pytest.fixture
def seal(tmp_path):
    picture = tmp_path / "seal.png"
    picture.write_bytes(ring())
    return str(picture)


def test_a_number_is_of_the_year_of_the_text_where_nothing_else_says_it():
    meta = replace(META, issued_on=None)
    assert "英安办〔2026〕12号" in lay_out(parse(notice(1)), meta)[0].extras
    assert meta.printed_number == "英安办〔　　〕12号"


def test_joint_seals_do_not_touch_and_stay_inside_the_type_area(seal):
    meta = replace(JOINT, joint_organs=(*ORGANS[1:], "英德市教育局"), seal=seal, joint_seals=(seal,) * 3)
    document = parse(notice(2).partition("\n\n英德市")[0]).with_meta(meta)
    html = "".join(strip.html for page in lay_out(document, meta) for strip in page.strips)
    lefts = [float(part.split("left:")[1].split("mm")[0]) for part in html.split("<img")[1:]]
    assert [b - a for a, b in pairwise(lefts[:3])] == [45.0, 45.0]
    assert lefts[3] == lefts[2]  # over the date
    assert min(lefts) >= 0
    assert max(lefts) + 42 <= 156
    assert all(name in re.sub("<.*?>", "", html) for name in (ORGANS[1], "英德市教育局2026年6月12日"))


def test_the_top_of_a_seal_is_within_a_line_of_the_text():
    lift = g.SEAL / 2 + g.PITCH * g.SEAL_LIFT
    assert 0 <= (g.SEAL_LINES + 1) * g.PITCH - lift <= g.PITCH


def sealed_with(content, folder) -> str:
    picture = folder / "seal.png"
    picture.write_bytes(content)
    meta = replace(META, seal=str(picture))
    pages = lay_out(parse(notice(1)).with_meta(meta), meta)
    return "".join(strip.html for page in pages for strip in page.strips)


def test_a_seal_that_is_no_picture_is_refused(tmp_path):
    with pytest.raises(ValueError, match="换成 PNG 图片"):
        sealed_with(b"no picture", tmp_path)


def test_a_seal_that_an_upload_would_refuse_is_refused_and_another_set_in_a_square(tmp_path):
    for content, says in (
        (ring(mode="RGB", paper="white"), "不能用：图片没有透明的底"),
        (ring((200, 120)), "至少 300×300"),
        (ring((4500, 4000)), "最多 1600 万像素"),
    ):
        with pytest.raises(ValueError, match=says):
            sealed_with(content, tmp_path)
    (drawn,) = re.findall(r"base64,([^\"]+)", sealed_with(ring((500, 300)), tmp_path))
    with Image.open(BytesIO(b64decode(drawn))) as image:
        assert image.width == image.height


def test_a_seal_of_a_hundred_megapixels_is_never_unpacked(tmp_path, recwarn):
    out = BytesIO()
    Image.new("1", (12_000, 9_000)).save(out, "PNG")
    with pytest.raises(ValueError, match="12000×9000 像素"):
        sealed_with(out.getvalue(), tmp_path)
    assert not recwarn.list


def test_a_joint_paper_whose_text_names_the_lead_alone_is_signed_by_all():
    assert parse(notice(1)).with_meta(JOINT).signed_by == ORGANS
    assert parse(notice(1).replace(ORGANS[0], "某局")).with_meta(JOINT).signed_by == ("某局",)


def test_minutes_bear_no_seal_even_when_their_text_has_a_date(seal):
    meta = replace(META, kind="纪要", seal=seal)
    pages = lay_out(parse(notice(1)).with_meta(meta), meta)
    assert not any("<img" in strip.html for page in pages for strip in page.strips)


def test_names_that_leave_no_room_for_the_text_move_to_the_imprint():
    to = "、".join(f"英德市第{n}镇人民政府" for n in range(50)) + "："
    pages = pages_of(f"关于做好有关工作的通知\n\n{to}\n{SENTENCE * 3}\n\n英德市安委办\n2026年6月12日", META)
    assert any("安全第一" in text for text in texts(pages[0]))
    last = texts(pages[-1])
    assert next(text for text in last if text.startswith("主送：英德市第0镇"))
    assert last.index(next(text for text in last if text.startswith("抄送："))) > 0


def test_lists_in_meta_make_a_joint_paper():
    meta = make_meta({"organ": list(ORGANS), "signer": ["甲", "乙"], "seal": ["", "b.png"]})
    assert (meta.organs, meta.signers, meta.seals) == (ORGANS, ("甲", "乙"), ("", "b.png", ""))
    assert make_meta({"organ": "甲局", "signer": []}).organs == ("甲局",)


@pytest.mark.parametrize("organ", ["甲局", ["甲局", "乙局"], None])
def test_more_seals_than_organs_are_refused(organ):
    told = {"organ": organ} if organ else {}
    count = len(organ) if isinstance(organ, list) else 1
    assert make_meta(told | {"seal": ["a.png"] * count}).seals == ("a.png",) * count
    with pytest.raises(BadMeta, match=f"seal 有 {count + 1} 枚印章.*请删去多的"):
        make_meta(told | {"seal": ["a.png"] * (count + 1)})
