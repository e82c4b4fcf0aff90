"""A form that is too large with its files: nothing is kept, nothing lies on the disk, the words come back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler, TemporaryFileUploadHandler
from django.test import Client
from django.urls import reverse

from tests.cast import identity
from workflows.plans.models import Plan

WORDS = "一、开展宣传。\n二、开展演练。"
MB = 1024 * 1024


@pytest.fixture(autouse=True)
def _limits(settings):
    settings.FORM_LIMIT_BYTES, settings.FILE_UPLOAD_MAX_MEMORY_SIZE = MB, 1000


def send(client: Client, size: int):
    file = SimpleUploadedFile("方案.txt", b"x" * size)
    return client.post(reverse("plan_new"), {"file": file, "text": WORDS})


def test_it_says_how_large_it_may_be_and_gives_the_words_back(client, cast):
    answer = send(identity(client, cast.clerk), 2 * MB)
    html = answer.content.decode()
    assert (answer.status_code, Plan.objects.count()) == (413, 0)
    assert "合计约 3 MB，一次最多 1 MB" in html
    assert "一、开展宣传。<br>二、开展演练。" in html


def test_its_files_are_kept_nowhere(client, cast, monkeypatch):
    opened = []
    for handler in (MemoryFileUploadHandler, TemporaryFileUploadHandler):
        monkeypatch.setattr(handler, "new_file", lambda self, *args, **more: opened.append(args))
    send(identity(client, cast.clerk), 2 * MB)
    assert opened == []


def test_who_is_not_signed_in_gets_nothing_read(client, db):
    answer = send(client, 2 * MB)
    assert (answer.status_code, "开展宣传" in answer.content.decode()) == (413, False)


def test_what_fits_goes_its_way(client, cast):
    assert (
        send(identity(client, cast.clerk), MB // 2).status_code == 422
    )  # a file and pasted words: one too many


@pytest.mark.parametrize("head", [b"", b"--x\r\nbroken", b"--x--\r\n"])
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "multipart/form-data", "text/plain"])
def test_a_body_that_is_no_form_gets_the_same_answer(client, cast, kind, head):
    clerk = identity(client, cast.clerk)
    answer = clerk.generic("POST", reverse("plan_new"), head + b"x" * 3 * MB, content_type=kind)
    assert (answer.status_code, "可以复制" in answer.content.decode()) == (413, False)
