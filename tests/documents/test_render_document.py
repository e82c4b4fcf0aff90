"""render_document: what it writes, and what it refuses with exit 2 and nothing written."""

import json
from io import BytesIO

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from tests.disks import small_files
from tests.documents.papers import measured, notice, texts
from tests.documents.sealing.seals import ring

TABLE = "\n附件\n统计表\n\n项目\t数量\n=1+1\t3\n+86\t-\n@某人\t007\n"


@pytest.fixture
def run(tmp_path):
    def run(text, meta=None, out="x.pdf", **options):
        source = tmp_path / "text.txt"
        source.write_bytes(text if isinstance(text, bytes) else text.encode())
        if meta is not None:
            options["meta"] = tmp_path / "meta.json"
            options["meta"].write_text(meta if isinstance(meta, str) else json.dumps(meta))
        target = tmp_path / out
        call_command("render_document", source, out=target, **options)
        return target.read_bytes()

    return run


@pytest.fixture
def refused(run, tmp_path):
    """The sentence of a refusal; exit 2 and nothing written."""

    def refused(*args, **options):
        with pytest.raises(CommandError) as error:
            run(*args, **options)
        assert error.value.returncode == 2
        assert not list(tmp_path.glob("x*"))
        return str(error.value)

    return refused


def test_a_text_becomes_a_pdf_with_what_meta_knows(run):
    pages = measured(
        run(notice(1), {"organ": "英德市安委办", "code": "英安办", "number": 7, "issued_on": "2026-06-12"})
    )["pages"]
    assert texts(pages[0])[:2] == ["英德市安委办文件", "英安办〔2026〕7号"]


def test_lists_in_meta_are_a_joint_paper(run):
    meta = {"kind": "请示", "organ": ["甲市应急管理局", "甲市公安局"], "signer": ["张某", "李某"]}
    lines = texts(measured(run(notice(1), meta))["pages"][0])
    assert "".join(lines[:3]).replace(" ", "") == "甲市应急管理局文件甲市公安局"
    assert any("签发人：张某 李某" in line for line in lines)


def test_a_number_without_a_year_is_of_the_year_of_the_text(run):
    text = run(notice(1), {"organ": "甲局", "code": "甲安办", "number": 7}, "x.txt").decode()
    assert "甲安办〔2026〕7号" in text


def test_a_text_in_gb18030_is_read(run):
    assert "各镇（街）：" in texts(measured(run(notice(1).encode("gb18030")))["pages"][0])


def test_an_unknown_key_of_meta_is_named(refused):
    assert "不认识的键：organisation" in refused(notice(1), {"organisation": "x"})


@pytest.mark.parametrize(
    ("meta", "path"),
    [
        ({"cc": ["a", ""]}, "cc[1]"),
        ({"number": 0}, "number"),
        ({"kind": "命令"}, "kind"),
        ({"issued_on": "2026-06-31"}, "issued_on"),
        ({"issued_on": "6月"}, "issued_on"),
        ([], "META"),
        ("{", "JSON"),
    ],
)
def test_a_wrong_value_of_meta_is_named_by_its_path(refused, meta, path):
    assert path in refused(notice(1), meta)


@pytest.mark.parametrize("out", ["x.doc", "x.archive", "x"])
def test_other_formats_are_refused_and_those_that_exist_named(refused, out):
    assert "写成 .pdf、" in refused(notice(1), out=out)


def test_a_text_goes_into_the_pdf_for_exchange(run):
    found = pikepdf.open(BytesIO(run(notice(1), {"organ": "英德市安委办"}, variant="exchange")))
    assert found.attachments["text.txt"].get_file().read_bytes().decode() == notice(1)
    assert set(found.attachments) == {"text.txt", "meta.json"}


def test_a_paper_becomes_plain_text(run):
    assert run(notice(1), out="x.txt").decode().splitlines()[:3] == [
        "关于做好有关工作的通知",
        "",
        "各镇（街）：",
    ]


def test_a_workbook_needs_a_table(refused):
    assert "没有表格" in refused(notice(1), out="x.xlsx")


def test_cells_that_look_like_formulas_stay_text(run, tmp_path):
    run(notice(1, tail=TABLE), out="x.xlsx")
    sheet = load_workbook(tmp_path / "x.xlsx").worksheets[0]
    cells = [(cell.value, cell.data_type) for row in sheet.iter_rows(min_row=3) for cell in row]
    assert cells == [("=1+1", "s"), (3, "n"), ("+86", "s"), ("-", "s"), ("@某人", "s"), ("007", "s")]


@pytest.mark.parametrize("content", [b"", b"\x89PNG\0\x01", "👍\n\n正文。".encode()])
def test_an_empty_binary_or_undrawable_text_is_refused(refused, content):
    assert refused(content)


def test_a_disk_that_is_full_leaves_what_was_there(run, tmp_path):
    (tmp_path / "x.txt").write_text("before")
    (tmp_path / "text.txt").write_text(notice(1))
    with small_files(10), pytest.raises(CommandError, match=r"x\.txt 没有写成：磁盘空间不足") as error:
        call_command("render_document", tmp_path / "text.txt", out=tmp_path / "x.txt")
    assert error.value.returncode == 2
    assert (tmp_path / "x.txt").read_text() == "before"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["text.txt", "x.txt"]


@pytest.mark.parametrize(
    ("out", "says"),
    [
        ("none/x.txt", "没有文件夹 .*none，请先建立"),
        ("folder.txt", "folder.txt 打不开：这是文件夹"),
        ("full.txt", "full.txt 没有写成：磁盘空间不足"),
    ],
)
def test_where_nothing_can_be_written_is_said(run, tmp_path, out, says):
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "full.txt").symlink_to("/dev/full")
    with pytest.raises(CommandError, match=says) as error:
        run(notice(1), out=out)
    assert error.value.returncode == 2


@pytest.mark.parametrize(
    ("meta", "says"),
    [
        ('{"kind": }', "第 1 行第 10 个字符"),
        ('{"kind": "函", "kind": "函"}', "键“kind”写了两次"),
        ("[" * 100_000, "嵌套太深"),
        ('{"number": ' + "9" * 5000 + "}", "数字太长"),
    ],
)
def test_what_is_wrong_with_the_json_is_said_in_chinese(refused, meta, says):
    assert says in refused(notice(1), meta)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(CommandError, match="打不开"):
        call_command("render_document", tmp_path / "none.txt", out=tmp_path / "x.pdf")


def test_a_seal_that_cannot_be_used_ends_with_2_and_what_to_do(refused, tmp_path):
    (tmp_path / "seal.png").write_bytes(ring(mode="RGB", paper="white"))
    said = refused(notice(1), {"organ": "英德市安委办", "seal": str(tmp_path / "seal.png")})
    assert said == "印章图片 seal.png 不能用：图片没有透明的底，会盖住署名和日期。请用透明背景的 PNG 图片。"
