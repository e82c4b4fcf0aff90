"""The editor's pages: what is typed is shown, saved and never lost."""

import io

import pytest
from django.conf import settings
from django.test import Client
from docx import Document as Word

from documents.issuing.services import start_draft
from documents.models import Draft
from documents.writing import pictures, views
from foundation.files.services import attachments_of
from tests.cast import actor, identity
from tests.documents.issuing.test_drafting import AT

TEXT = "关于开展检查的通知\n\n各镇：\n请按英安办[2026]8号执行。"


@pytest.fixture
def draft(cast) -> Draft:
    pk = start_draft(kind="notice", organ=cast.office, text=TEXT, actor=actor(cast.clerk), at=AT)
    return Draft.objects.get(pk=pk)


@pytest.fixture
def clerk(cast) -> Client:
    return identity(Client(), cast.clerk)


def edit(client: Client, draft: Draft, text: str = TEXT, page: str = "", **more):
    given = {
        "kind": "notice",
        "urgency": "",
        "to": "",
        "cc": "",
        "revision": 1,
        "text": text,
        "line": 1,
    } | more
    return client.post(f"/documents/drafts/{draft.pk}/edit/{page}", given)


def test_saving_keeps_what_was_typed_and_stays(draft, clerk):
    assert edit(clerk, draft, "关于检查的通知\r\n\r\n正文。\u00a0", do="save").url.endswith("/edit/")
    draft.refresh_from_db()
    assert (draft.text, draft.title, draft.revision) == ("关于检查的通知\n\n正文。", "关于检查的通知", 2)


def test_sending_saves_first(draft, clerk):
    assert edit(clerk, draft, "关于检查的通知", do="send").url == f"/documents/drafts/{draft.pk}/act/send/"
    draft.refresh_from_db()
    assert draft.text == "关于检查的通知"


def test_the_preview_has_the_page_its_words_the_advice_and_no_effect(draft, clerk):
    page = edit(clerk, draft, page="preview/").content.decode()
    assert "第 1 页版面" in page
    assert "请按英安办[2026]8号执行。" in page
    assert "发文字号的年份用六角括号" in page
    draft.refresh_from_db()
    assert draft.revision == 1


def test_who_asks_for_too_many_previews_waits(draft, clerk, monkeypatch):
    monkeypatch.setattr(views, "A_MINUTE", 1)
    answers = [edit(clerk, draft, page="preview/") for _ in range(2)]
    assert (answers[-1].status_code, "请停几秒" in answers[-1].content.decode()) == (429, True)


def test_a_page_is_drawn_once_and_handed_to_the_office_alone(draft, clerk, cast):
    edit(clerk, draft, page="preview/")
    (picture,) = settings.PICTURES_DIR.glob("*.png")
    drawn = picture.stat().st_mtime_ns
    edit(clerk, draft, page="preview/", cc="市政府办")  # the imprint stands on another page
    assert picture.stat().st_mtime_ns == drawn
    url = f"/documents/pages/{picture.stem}.png"
    assert b"".join(clerk.get(url)).startswith(b"\x89PNG")
    assert identity(Client(), cast.town.liaison).get(url).status_code == 403
    picture.unlink()
    assert clerk.get(url).status_code == 404


def test_the_oldest_pictures_go(draft, clerk, monkeypatch):
    monkeypatch.setattr(pictures, "KEPT", 2)
    for name in ("a", "b", "c"):
        pictures.pictures_of([f"<section>{name}</section>"])
    assert len(list(settings.PICTURES_DIR.iterdir())) == 1


def test_without_script_a_button_shows_the_pages(draft, clerk):
    page = edit(clerk, draft, do="preview")
    assert page.status_code == 200
    assert "第 1 页版面" in page.content.decode()


@pytest.mark.parametrize("wanted", ["4-5-number_brackets", "all"])
def test_advice_is_followed_by_a_button_and_not_saved_yet(draft, clerk, wanted):
    page = edit(clerk, draft, fix=wanted).content.decode()
    assert "请按英安办〔2026〕8号执行。" in page
    draft.refresh_from_db()
    assert draft.text == TEXT


def test_autosave_tells_the_time_and_the_revision(draft, clerk):
    page = edit(clerk, draft, "关于检查的通知", page="autosave/").content.decode()
    assert "已保存" in page
    assert 'name="revision" value="2"' in page


def test_whoever_saves_later_sees_the_difference_and_loses_nothing(draft, clerk, cast):
    edit(identity(Client(), cast.office_head), draft, TEXT.replace("各镇", "各街道"), do="save")
    page = edit(clerk, draft, TEXT + "\n请抓紧。", do="save")
    assert page.status_code == 409
    body = page.content.decode()
    assert "<q>各街道：</q>" in body
    assert "请抓紧。</textarea>" in body
    assert "保存过这份文稿" in edit(clerk, draft, "别的", page="autosave/").content.decode()
    edit(clerk, draft, TEXT + "\n请抓紧。", over=2)
    draft.refresh_from_db()
    assert (draft.text, draft.revision) == (TEXT + "\n请抓紧。", 3)


def word(*lines: str) -> io.BytesIO:
    document, file = Word(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(file)
    file.seek(0)
    file.name = "稿.docx"
    return file


def test_a_word_file_becomes_the_text(draft, clerk):
    page = edit(clerk, draft, do="read", word=word("关于培训的通知", "各镇：", "正文。")).content.decode()
    assert "关于培训的通知\n各镇：\n正文。</textarea>" in page
    assert "还没有保存" in page


def test_a_finished_paper_fills_the_fields_and_says_what_it_left(draft, clerk):
    lines = (
        "特急",
        "某市安委办文件",
        "某安办〔2026〕8号",
        "关于培训的通知",
        "",
        "各镇：",
        "正文。",
        "抄送：市委办、市府办。",
    )
    page = edit(clerk, draft, do="read", word=word(*lines)).content.decode()
    assert "关于培训的通知\n\n各镇：\n正文。</textarea>" in page
    assert 'value="市委办、市府办"' in page
    assert 'value="extra" selected' in page
    assert "没有读入：发文机关标志“某市安委办文件”、发文字号“某安办〔2026〕8号”" in page


def test_a_broken_word_file_leaves_the_text(draft, clerk):
    broken = io.BytesIO(b"PK\x03\x04 cut off")
    broken.name = "稿.docx"
    page = edit(clerk, draft, "改了一半", do="read", word=broken)
    assert page.status_code == 422
    assert "已损坏或不是 Word" in page.content.decode()
    assert "改了一半</textarea>" in page.content.decode()


def test_an_annex_is_uploaded_beside_the_warning_and_taken_off(draft, clerk):
    named = TEXT + "\n附件：提纲"
    assert "没有上传" in edit(clerk, draft, named, do="preview").content.decode()
    annex = word("提纲")
    annex.name = "提纲.docx"
    assert "没有上传" not in edit(clerk, draft, named, do="attach", annex=annex).content.decode()
    (file,) = attachments_of("documents.draft", [draft.pk])[draft.pk]
    edit(clerk, draft, named, remove=file.pk)
    assert attachments_of("documents.draft", [draft.pk]) == {}


def test_what_cant_be_set_says_why_and_keeps_the_advice(draft, clerk):
    page = edit(
        clerk, draft, "关于检查的通知\n\n正文,好。\n\n安委办\n2026年2月30日", page="preview/"
    ).content.decode()
    assert "在日历上没有" in page
    assert "全角标点" in page


def test_a_table_too_wide_for_any_page_says_what_to_do(draft, clerk):
    row = "\t".join(["很长的一栏"] * 60)
    page = edit(clerk, draft, f"关于检查的通知\n\n{row}\n{row}", page="preview/").content.decode()
    assert "减少栏目" in page


def test_too_long_a_text_and_too_many_previews_are_told(draft, clerk, monkeypatch):
    assert edit(clerk, draft, "长" * 100_001, page="preview/").status_code == 422
    monkeypatch.setattr("documents.writing.views.A_MINUTE", 0)
    page = edit(clerk, draft, page="preview/")
    assert (page.status_code, "刷新得太快" in page.content.decode()) == (429, True)


def test_characters_that_no_face_draws_are_listed_and_shown_as_a_blank(draft, clerk):
    page = edit(clerk, draft, TEXT + "\n\U0001f44d", page="preview/").content.decode()
    assert "U+1F44D" in page
    assert "〓" in page


def test_a_long_text_is_shown_around_the_line_that_is_written_on(draft, clerk):
    text = TEXT + "\n全市各单位要认真落实安全生产责任，扎实开展检查。" * 400
    assert "第 1 页</figcaption>" in edit(clerk, draft, text, page="preview/").content.decode()
    page = edit(clerk, draft, text, page="preview/", line=300).content.decode()
    assert "第 1 页</figcaption>" not in page
    assert "前几页" in page


def test_others_than_the_office_write_and_look_at_nothing(draft, cast):
    town = identity(Client(), cast.town.liaison)
    for page in ("", "preview/", "autosave/"):
        assert edit(town, draft, page=page).status_code == 403
