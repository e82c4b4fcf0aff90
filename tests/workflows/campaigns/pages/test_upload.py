"""A plan comes in as a file or as text; what can't be read is said, and what was pasted stays."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from tests.workflows.plans.conftest import TEXT
from workflows.plans.models import Plan


def word(text):
    document, file = Document(), io.BytesIO()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(file)
    return file.getvalue()


def zipped():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/other.xml", "…")
    return file.getvalue()


@pytest.fixture
def send(clerk, cast):
    def sent(content=None, name="方案.txt", text=""):
        files = {} if content is None else {"file": SimpleUploadedFile(name, content)}
        return clerk.post(reverse("plan_new"), {"text": text, **files})

    return sent


def test_pasted_text_becomes_a_draft(send):
    answer = send(text=TEXT)
    plan = Plan.objects.get()
    assert answer.url == reverse("plan", args=[plan.pk])
    assert (plan.items.count(), plan.year, plan.drafted_by.person.name) == (4, 2026, "罗书言")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (TEXT.encode(), "方案.txt"),
        (TEXT.encode("gb18030"), "方案.txt"),
        (word(TEXT), "2026 年方案（最终）.docx"),
    ],
)
def test_a_file_is_kept_attached_and_handed_out(send, clerk, content, name):
    assert send(content, name).status_code == 302
    plan = Plan.objects.get()
    assert (plan.source_name, plan.items.count()) == (name, 4)
    page = clerk.get(reverse("plan", args=[plan.pk]))
    assert page.context["sources"][0].name == name
    assert clerk.get(page.context["sources"][0].url).getvalue() == content


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "方案.txt", "空的"),
        (b"  \n ", "方案.txt", "空的"),
        (b"%PDF-1.7 ...", "方案.pdf", "PDF"),
        (b"%PDF-1.7 ...", "方案.docx", "PDF"),
        (bytes(range(128)) * 9, "方案.txt", "不是文字文件"),
        (bytes(range(256)) * 9, "方案.txt", "编码认不出来"),
        (TEXT.encode("utf-8"), "方案.docx", "不是有效的 .docx"),
        (zipped(), "方案.docx", "已损坏或不是 Word 文档"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "方案.doc", "另存为 .docx"),
        (word(TEXT), "方案.txt", "扩展名"),
        (TEXT.encode(), "方案.exe", "不能上传"),
        ("今天天气很好。".encode(), "方案.txt", "没有从文本中读出任何事项"),
    ],
)
def test_what_cannot_be_read_is_said_at_the_file(send, content, name, says):
    page = send(content, name)
    assert page.status_code == 422
    assert says in "".join(page.context["form"].errors["file"])
    assert not Plan.objects.exists()


def test_fifty_megabytes_are_refused_before_they_are_read(send):
    page = send(b"a" * 50 * 1024 * 1024)
    assert "超过 20 MB" in page.content.decode()
    assert not Plan.objects.exists()


def test_pasted_words_stay_on_the_page(send):
    page = send(text="今天天气很好，我们去郊游。")
    assert page.status_code == 422
    assert "没有从文本中读出任何事项" in page.content.decode()
    assert "今天天气很好，我们去郊游。" in page.content.decode()


def test_a_file_and_text_at_once_are_one_too_many(send):
    page = send(TEXT.encode(), text="粘贴的方案")
    assert "请只留一种" in page.content.decode()
    assert "粘贴的方案" in page.content.decode()
    assert not Plan.objects.exists()


def test_neither_is_asked_for(send):
    assert "请选择方案文件" in send().content.decode()


def test_the_same_text_once_more_leads_to_its_draft(send):
    first, second = send(text=TEXT), send(TEXT.encode())
    assert (first.url, Plan.objects.count()) == (second.url, 1)
