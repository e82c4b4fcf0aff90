"""DOCX as LibreOffice sets it, measured like any page. Only where LibreOffice is: CI installs it for --nightly."""

import os
import shutil
import subprocess

import pytest
from django.conf import settings

from documents.formats.word import render_docx
from documents.layout import parse
from documents.measure import measure
from tests.documents.papers import CLOSING, META, texts

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


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("word")
    (folder / "x.docx").write_bytes(render_docx(parse(TEXT), META))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run(
        [*command, "--outdir", folder, folder / "x.docx"], check=True, capture_output=True, timeout=180,
        env={**os.environ, "HOME": str(folder), "FONTCONFIG_FILE": fontconfig(folder)},
    )  # fmt: skip
    return measure(folder / "x.pdf")


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
