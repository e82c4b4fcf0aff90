"""DOCX as LibreOffice sets it, measured like any page. Only where LibreOffice is: CI installs it for --nightly."""

import os
import shutil
import subprocess
from dataclasses import replace

import pytest
from django.conf import settings

from documents.formats.word import render_docx
from documents.layout import lay_out, parse
from documents.measure import measure
from tests.documents.papers import CLOSING, META, SENTENCE, notice, texts
from tests.documents.sealing.seals import ring

OURS = {
    "仿宋_GB2312": ("FandolFang R", "Noto Serif CJK SC Light"),
    "楷体_GB2312": ("FandolKai", "LXGW WenKai Light"),
    "黑体": ("FandolHei", "Noto Sans CJK SC Medium"),
    "宋体": ("FandolSong",),
    "方正小标宋简体": ("Noto Serif CJK SC",),
}
WORDS = "各镇街要切实提高认识落实安全责任" * 40
TEXT = (
    f"关于做好有关工作的通知\n\n各镇街：\n一、工作要求\n{WORDS}\n{WORDS}\n二、其他浛洸喆堃\n{WORDS}{CLOSING}"
)
JOINT = replace(META, joint_organs=("英德市公安局", "英德市消防救援大队"))
SHORT = notice(2).partition("\n\n英德市")[0]
ROWS = "\n".join(f"{n}\t开展第{n}项活动并报送小结材料\t2026年6月{n % 30 + 1}日" for n in range(60))
PAPERS = {
    "plain": (TEXT, META),
    "joint": (SHORT, JOINT),
    "sealed": (SHORT, JOINT),
    "upward": (SHORT, replace(JOINT, kind="请示", signer="王喆", joint_signers=("张三", "李四"))),
    "minutes": (
        f"办公室主任会议纪要\n\n{SENTENCE * 16}\n出席：{'、'.join(['王喆堃'] * 15)}\n列席：赵六",
        replace(META, kind="纪要"),
    ),
    "letter": (notice(2), replace(META, kind="函", organ="英德市安全生产委员会办公室与应急管理局联合工作专班办公室")),
    "annexed": (notice(2, tail=f"\n附件\n活动安排表\n\n序号\t内容\t时间\n{ROWS}"), META),
    "alone": (notice(3), META),
}  # fmt: skip
LONG = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not installed")


def fontconfig(folder) -> str:
    """Our faces under Word's names, as on a machine whose office owns none."""
    aliases = "".join(
        f'<alias binding="same"><family>{name}</family><prefer>'
        + "".join(f"<family>{one}</family>" for one in families)
        + "</prefer></alias>"
        for name, families in OURS.items()
    )
    path = folder / "fonts.conf"
    path.write_text(
        f"<fontconfig><dir>{settings.FONTS_DIR}</dir><cachedir>{folder}/cache</cachedir>{aliases}</fontconfig>"
    )
    return str(path)


def words(name, folder):
    text, meta = PAPERS[name]
    seal = str(folder / "seal.png")
    return parse(text), replace(meta, seal=seal, joint_seals=(seal, seal)) if name == "sealed" else meta


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("word")
    (folder / "seal.png").write_bytes(ring())
    for name in PAPERS:
        (folder / f"{name}.docx").write_bytes(render_docx(*words(name, folder)))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run(
        [*command, "--outdir", folder, *folder.glob("*.docx")], check=True, capture_output=True, timeout=180,
        env={**os.environ, "HOME": str(folder), "FONTCONFIG_FILE": fontconfig(folder)},
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def found(made):
    return measure(made / "plain.pdf")


@LONG
def test_full_pages_have_22_lines_of_28_characters(found):
    first, second, *_ = found["pages"]
    assert (len(second["lines"]), second["characters_per_line"], second["pitch"]) == (22, 28, 10.23)
    assert first["characters_per_line"] == 28
    assert second["right_edge"] == pytest.approx(184, abs=0.5)
    assert second["lines"][0]["left"] == pytest.approx(28, abs=0.1)


@LONG
def test_the_head_stands_where_print_has_it(found):
    (rule,) = [rule for rule in found["pages"][0]["rules"] if rule["color"] == "#e60012"]
    assert (rule["top"], rule["thickness"]) == pytest.approx((116, 0.7), abs=0.3)
    assert texts(found["pages"][0])[:3] == [
        "英德市安全生产委员会办公室文件",
        "英安办〔2026〕12号",
        "关于做好有关工作的通知",
    ]


@LONG
def test_page_numbers_and_imprint_stand_where_print_has_them(found):
    sides = [page["page_number"]["side"] for page in found["pages"] if page["page_number"]]
    assert sides[:2] == ["right", "left"]
    last = found["pages"][-1]
    assert len(found["pages"]) % 2 == 0
    assert 250 < last["rules"][-1]["bottom"] < 262.5
    assert texts(last)[-1].startswith("英德市安全生产委员会办公室")


@LONG
def test_no_character_is_missing(found):
    assert found["missing_glyphs"] == []


@LONG
@pytest.mark.parametrize("name", PAPERS)
def test_it_has_as_many_pages_as_print_and_the_imprint_at_the_foot_of_the_last(made, name):
    document, meta = words(name, made)
    pages = measure(made / f"{name}.pdf")["pages"]
    assert len(pages) == len(lay_out(document.with_meta(meta), meta))
    last = pages[-1]["lines"][-1]
    if meta.kind == "函":
        assert last["text"].startswith("抄送：")
    else:
        assert len(pages) % 2 == 0
        assert last["text"].replace(" ", "").endswith("2026年6月12日印发")
        assert 250 < pages[-1]["rules"][-1]["bottom"] < 262.5


@LONG
@pytest.mark.parametrize("name", ["joint", "sealed", "upward"])
def test_each_office_of_a_joint_paper_stands_on_one_line(made, name):
    first = measure(made / f"{name}.pdf")["pages"][0]
    said = ["".join(text.split()) for text in texts(first)]
    assert [text.removesuffix("文件") for text in said if text.startswith("英德市")] == list(JOINT.organs)
