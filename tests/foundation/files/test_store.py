import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.files.models import StoredFile
from foundation.files.services import clean, store
from foundation.organization.refusals import Refused
from tests.foundation.files.samples import PDF, PNG
from tests.foundation.ground import AT

pytestmark = pytest.mark.django_db


def on_disk(settings) -> list[str]:
    return [path.name for path in settings.FILES_DIR.rglob("*") if path.is_file()]


def test_a_stream_is_kept_whole_under_its_hash(settings):
    content = PNG + bytes(3_000_000)
    file = store(io.BytesIO(content), "照片.png", at=AT)
    assert file.path.read_bytes() == content
    assert (file.size, file.media_type, file.created) == (len(content), "image/png", AT)
    assert file.path.relative_to(settings.FILES_DIR).parts == (file.sha256[:2], file.sha256[2:4], file.sha256)


def test_the_same_content_twice_is_one_file(settings):
    assert store(PNG, "a.png", at=AT) == store(PNG, "b.png", at=AT)
    assert (len(on_disk(settings)), StoredFile.objects.count()) == (1, 1)


def test_nobody_but_the_service_reads_it_on_disk():
    assert store(PNG, "a.png", at=AT).path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("空.pdf", b"", "空文件"),
        ("大.pdf", PDF + bytes(2 << 20), "超过 1 MB"),
        ("照片.jpg", PDF, "内容却是 PDF"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(settings, name, content, says):
    settings.UPLOAD_LIMIT_BYTES = 1 << 20
    with pytest.raises(Refused, match=says):
        store(content, name, at=AT)
    assert on_disk(settings) == []
    assert not StoredFile.objects.exists()


def test_a_lost_content_comes_back_with_the_next_upload():
    store(PNG, "a.png", at=AT).path.unlink()
    assert store(PNG, "a.png", at=AT).path.read_bytes() == PNG


@given(st.text(max_size=300))
def test_a_name_has_no_folder_no_control_and_fits(name):
    cleaned = clean(name)
    assert len(cleaned) <= 120
    assert not set(cleaned) & set("/\\\n\0\u202e")
    assert clean(cleaned) == cleaned


def test_a_long_name_keeps_its_extension_and_its_rare_characters():
    assert clean("C:\\桌面\\" + "䶮" * 200 + ".pdf") == "䶮" * 116 + ".pdf"
    assert clean("\ue000镇\u202egpj.exe") == "\ue000镇gpj.exe"
