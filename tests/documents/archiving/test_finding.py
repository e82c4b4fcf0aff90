"""全文检索: Chinese words without blanks, by the reader's right, kept with what it tells of."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from documents.archiving.finding.index import index_documents
from documents.archiving.finding.listing import found
from documents.archiving.services import archive_document, void_item
from documents.models import Document, SearchText
from documents.services import produce, register_document
from foundation.organization.actors import SYSTEM
from foundation.organization.finding import folding
from tests.cast import actor, identity

from .things import AT, issued

SEARCH = "/archive/search/"


def indexed(cast, title: str, body: str = "", **values) -> int:
    pk = issued(cast, title, **{"content": {"text": f"{title}\n{body}", "align": "center"}, **values})
    index_documents([pk])
    return pk


def hits(q: str, **more: str) -> set[int]:
    return set(found(Document.objects.all(), {"q": q, **more}).values_list("pk", flat=True))


@pytest.fixture
def three(cast):
    """农机, 消防, and a town's own."""
    return (
        indexed(cast, "关于农机培训的通知", "浛洸镇农业机械安全技能培训，㈠ＡＢＣ型。", code="英安办", year=2026, number=3),
        indexed(cast, "关于消防检查的通知", "各单位检查灭火器，农药仓库也查。机关食堂也查。"),
        indexed(cast, "甲镇审批单", "龑", kind="approval_form", unit=cast.town.unit, issued_on=AT.date().replace(year=2025)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("q", "which"),
    [("农机", {0}), ("农", {0, 1}), ("安全技能", {0}), ("农业 培训", {0}), ("培训 灭火", set()), ("浛洸", {0}), ("龑", {2}),
     ("英安办〔2026〕3号", {0}), ("英安办[2026]3", {0}), ("abc型", {0}), ("（一）ABC", {0}), ("center", set()), ("甲镇人民政府", {2}),
     ("市安全生产委员会", {0, 1, 2}), ("通知 的", {0, 1}), ("“", {0, 1, 2}), ("技能安全", set())],
)  # fmt: skip
def test_words_of_any_part_are_found(three, q, which):
    assert hits(q) == {three[n] for n in which}


def test_what_only_the_machine_reads_is_neither_found_nor_shown(cast):
    text = {
        "text": "用电通知\n请检查线路。",
        "draft": "4f9a",
        "mark": "7KQ2",
        "mark_url": "https://anban.example/v/7KQ2/",
    }
    indexed(cast, "用电通知", content=text)
    assert (hits("4f9a"), hits("7KQ2"), hits("https")) == (set(), set(), set())
    page = identity(Client(), cast.clerk).get(f"{SEARCH}?q=用电").content.decode()
    assert ("线路" in page, "4f9a" in page, "7KQ2" in page) == (True, False, False)


def test_pairs_that_are_there_apart_are_no_word(cast):
    apart = indexed(cast, "甲乙丙", "乙丙丁戊丙丁")
    assert hits("甲乙丙丁") == set()
    assert hits("乙丙丁") == {apart}


def test_filters_narrow_what_is_found(three, cast):
    assert hits("通知", kind="notice", year="2026") == {three[0], three[1]}
    assert hits("", unit=str(cast.town.unit.pk)) == {three[2]}
    assert hits("", year="2025") == {three[2]}


def test_what_is_archived_is_found_by_its_reference_until_it_is_void(three, cast):
    by = {"actor": actor(cast.clerk), "at": AT}
    item = archive_document(document=three[1], **by)
    assert (
        hits("X043-WS·2026-D30-AWB-0001") == hits("AWB-0001") == hits("检查", only="archived") == {three[1]}
    )
    void_item(item=item, reason="重复", **by)
    assert hits("AWB-0001") == hits("检查", only="archived") == set()
    assert hits("检查") == {three[1]}


def test_what_is_issued_is_in_the_index_at_once(cast):
    values = {"kind": "notice", "title": "关于用电的通知", "subject": "x", "subject_id": 1,
              "content": {"text": "关于用电的通知\n各镇：\n请检查线路。\n某办"}}  # fmt: skip
    pk = register_document(organ=cast.office, actor=SYSTEM, at=AT, **values)
    assert hits("线路") == set()
    produce(pk, actor=SYSTEM, at=AT)
    assert hits("线路") == {pk}


def test_the_index_is_built_anew_by_a_command(three, capsys):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM documents_grams")
        before = cursor.fetchone()
    SearchText.objects.filter(pk=three[0]).update(folded="")
    fresh = hits("农机")
    call_command("index_documents")
    assert (fresh, hits("农机"), "3 份" in capsys.readouterr().out) == ({three[0]}, {three[0]}, True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM documents_grams")
        assert cursor.fetchone() == before


def test_a_person_finds_what_they_may_read_and_nothing_else(three, cast):
    for seat, count in ((cast.clerk, 3), (cast.auditor, 3), (cast.town.head, 3), (cast.other.head, 2)):
        page = identity(Client(), seat).get(f"{SEARCH}?q=市安全生产委员会")
        assert len(page.context["rows"]) == count


def test_the_words_are_marked_in_title_and_excerpt(three, cast):
    body = identity(Client(), cast.clerk).get(f"{SEARCH}?q=农机 技能").content.decode()
    assert "关于<mark>农机</mark>培训的通知" in body
    assert "安全<mark>技能</mark>培训" in body


def test_an_empty_search_says_what_can_be_looked_for(three, cast):
    client = identity(Client(), cast.clerk)
    assert "请输入要找的词" in client.get(SEARCH).content.decode()
    assert "没有找到公文" in client.get(f"{SEARCH}?q=没有的词").content.decode()


def test_pages_follow_each_other(cast, monkeypatch):
    monkeypatch.setattr("documents.archiving.finding.views.SIZE", 2)
    for n in range(3):
        indexed(cast, f"检查通知{n}")
    client = identity(Client(), cast.clerk)
    page = client.get(f"{SEARCH}?q=检查").context["page"]
    older = client.get(SEARCH + page.older).context["page"]
    assert [one.title for one in (*page.rows, *older.rows)] == ["检查通知2", "检查通知1", "检查通知0"]


def test_ten_times_the_documents_make_the_same_number_of_queries(cast):
    client, made = identity(Client(), cast.clerk), []
    for count in (3, 30):
        for n in range(count):
            indexed(cast, f"检查通知{count}-{n}")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{SEARCH}?q=检查通知")
        made.append(len(queries))
    assert made[0] == made[1] <= 12  # three of them count for the tabs


TEXTS = st.text(alphabet="安全ＡＢa1〔㈠ \n，ß龑", max_size=40)


@given(TEXTS, TEXTS)
def test_what_stands_in_a_text_has_its_tokens_and_is_marked(text, word):
    line, plain = folding.folded(text), folding.folded(word)
    if plain and plain in line:
        assert set(folding.wanted(plain)) <= folding.grams(line)
        assert any(one.hit for one in folding.marked(text, [plain]))
    assert "".join(one.text for one in folding.marked(text, filter(None, [plain]))) == text
