import pytest

from foundation.files.kinds import KINDS, media_type, recognise
from foundation.organization.refusals import Refused
from tests.foundation.files.samples import DOCX, PDF, PNG, SAMPLES, ole, package


@pytest.fixture
def told(tmp_path):
    def tell(name: str, content: bytes) -> str:
        path = tmp_path / "content"
        path.write_bytes(content)
        return media_type(name, path)

    return tell


def refusal(told, name: str, content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        told(name, content)
    return str(refused.value)


def test_there_is_a_sample_of_every_kind():
    assert sorted(SAMPLES) == sorted(KINDS)


@pytest.mark.parametrize("extension", KINDS)
def test_a_file_under_its_true_name_is_taken(told, extension):
    assert told(f"活动.{extension.upper()}", SAMPLES[extension]) == KINDS[extension].media_type


@pytest.mark.parametrize("extension", KINDS)
def test_a_content_fits_one_family_of_names_only(told, tmp_path, extension):
    (tmp_path / "content").write_bytes(SAMPLES[extension])
    family = recognise(tmp_path / "content")
    assert extension in family
    for other in set(KINDS) - set(family):
        assert "内容却" in refusal(told, f"活动.{other}", SAMPLES[extension])


def test_the_refusal_names_both_types(told):
    says = refusal(told, "照片.jpg", PDF)
    assert says == (
        "“照片.jpg”的扩展名是 .jpg（JPG 图片），内容却是 PDF 文档。请把扩展名改为 .pdf，或重新导出后再上传。"
    )


def test_a_program_under_the_name_of_a_picture_is_refused(told):
    assert "内容却不是 JPG 图片" in refusal(told, "照片.jpg", b"MZ\x90\0\x03\0\0\0" + bytes(100))


def test_a_type_no_office_uses_is_refused_with_the_list_of_those_it_does(told):
    assert "docx" in refusal(told, "安装.exe", b"MZ\x90\0")
    assert "不能上传" in refusal(told, "没有扩展名", PNG)


def test_a_document_with_macros_is_refused_as_docx(told):
    types = '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    assert "宏" in refusal(told, "总结.docx", package(**{"[Content_Types].xml": types}))


def test_a_document_that_was_cut_off_is_refused(told):
    assert "损坏" in refusal(told, "总结.docx", DOCX[: len(DOCX) // 2])


def test_an_old_document_with_a_table_inside_stays_a_document(told):
    assert told("总结.doc", ole("WordDocument", "ObjectPool", "Workbook")) == "application/msword"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_taken_in_the_encodings_offices_use(told, encoding):
    assert told("名单.txt", "浛洸镇 䶮 𠅤\r\n".encode(encoding) * 9000) == "text/plain"


def test_binary_under_the_name_of_a_text_is_refused(told):
    assert "损坏" in refusal(told, "名单.txt", b"a\0b\x01\xff")
