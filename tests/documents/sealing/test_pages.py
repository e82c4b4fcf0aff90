"""Pages of seals: adding, stopping, who may use them, and the 用印登记簿."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from documents.models import Document, Seal
from documents.sealing.services import use_seal
from tests.cast import actor, identity
from tests.documents.sealing.seals import AT, registered, ring, seal
from tests.documents.sealing.signatures import ENDED, key_file


def page(client, seat, url):
    return identity(client, seat).get(url).content.decode()


def sent(cast, **told):
    return {
        "organ": cast.office.pk, "name": "办公室印章", "start": "2026-05-20", "end": "", "posts": ["office_head"],
        "picture": SimpleUploadedFile("印.png", ring()),
    } | told  # fmt: skip


def test_a_seal_is_added_and_its_picture_shown_to_who_keeps_it(cast, client):
    answer = identity(client, cast.office_head).post("/seals/new/", sent(cast))
    pk = Seal.objects.get().pk
    assert answer.url == f"/seals/{pk}/"
    assert "的图片" in page(client, cast.office_head, answer.url)
    assert "的图片" not in page(client, cast.clerk, answer.url)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"picture": ""}, "请选择印章图片"),
        ({"end": "2026-01-01"}, "早于启用日期"),
        ({"posts": []}, "至少要有一个用印岗位"),
        ({"picture": None}, "透明背景"),
    ],
    ids=["no picture", "dates", "nobody", "opaque"],
)
def test_what_makes_no_seal_is_told_and_what_was_typed_stays(cast, client, told, says):
    if told.get("picture", "") is None:
        told = {"picture": SimpleUploadedFile("印.png", ring(mode="RGB", paper="white"))}
    answer = identity(client, cast.office_head).post("/seals/new/", sent(cast, **told))
    said = answer.content.decode()
    assert (answer.status_code, says in said, "办公室印章" in said) == (422, True, True)
    assert not Seal.objects.exists()


def test_who_may_use_it_is_set(cast, client):
    pk = seal(cast)
    answer = identity(client, cast.office_head).post(f"/seals/{pk}/", {"posts": [], "seats": [cast.clerk.pk]})
    assert answer.status_code == 302
    assert list(Seal.objects.get().users.values_list("post", "seat")) == [("", cast.clerk.pk)]
    assert identity(client, cast.office_head).post(f"/seals/{pk}/", {}).status_code == 422


def test_a_clerk_reads_and_sets_nothing(cast, client):
    pk = seal(cast)
    assert "停用印章" not in page(client, cast.clerk, f"/seals/{pk}/")
    for url in (f"/seals/{pk}/", f"/seals/{pk}/stop/"):
        assert identity(client, cast.clerk).post(url, {"posts": ["head"], "reason": "x"}).status_code == 403


def test_a_seal_is_stopped_with_a_reason(cast, client):
    pk = seal(cast)
    head = identity(client, cast.office_head)
    assert head.post(f"/seals/{pk}/stop/", {"reason": " "}).status_code == 422
    head.post(f"/seals/{pk}/stop/", {"reason": "换新印"})
    assert "已停用" in page(client, cast.office_head, f"/seals/{pk}/")
    assert "当前状态" in head.post(f"/seals/{pk}/stop/", {"reason": "再来"}).content.decode()


def test_the_page_says_with_what_papers_are_signed(cast, client, settings):
    assert "没有设置签名证书" in page(client, cast.clerk, "/seals/")
    settings.SIGNING_KEY = str(key_file())
    assert "正式公文有数字签名" in page(client, cast.clerk, "/seals/")
    settings.SIGNING_KEY = str(key_file(until=ENDED))
    assert "现在不能印发" in page(client, cast.clerk, "/seals/")


@pytest.fixture
def used(cast):
    pk = seal(cast)

    def use(times: int) -> None:
        for _ in range(times):
            use_seal(document=registered(cast).pk, seal=pk, actor=actor(cast.office_head), at=AT)

    return use


def test_every_use_is_in_the_register_and_in_its_table(cast, client, used):
    used(2)
    said = page(client, cast.auditor, "/seals/uses/?q=检查&year=2026")
    assert said.count("谢长青") == 2
    assert "没有找到" in page(client, cast.auditor, "/seals/uses/?year=2020")
    book = load_workbook(io.BytesIO(identity(client, cast.clerk).get("/seals/uses/export/").content))
    lines = list(book.active.iter_rows(values_only=True))
    assert (lines[0][2], len(lines), lines[1][4]) == ("印章", 3, "某安办〔2026〕1号")


def test_a_use_on_a_paper_of_a_case_stays_with_the_case(cast, client, used):
    used(1)
    Document.objects.update(subject="cases.case", subject_id=999)
    assert "还没有用过印" in page(client, cast.clerk, "/seals/uses/")


@pytest.mark.parametrize("times", [1, 10])
def test_the_register_asks_as_often_for_ten_times_as_much(
    cast, client, used, times, django_assert_num_queries
):
    used(times)
    identity(client, cast.clerk)
    with django_assert_num_queries(QUERIES_OF_REGISTER):
        client.get("/seals/uses/")


@pytest.mark.parametrize("times", [1, 10])
def test_the_list_asks_as_often_for_ten_times_as_many(cast, client, times, django_assert_num_queries):
    for number in range(times):
        seal(cast, name=f"印章{number}")
    identity(client, cast.clerk)
    with django_assert_num_queries(QUERIES_OF_LIST):
        client.get("/seals/")


QUERIES_OF_REGISTER, QUERIES_OF_LIST = 7, 8  # two count for the tabs
