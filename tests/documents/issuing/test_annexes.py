"""Files of a draft go with the document: to who reads it, into the 件, to every copy; its paper stays its paper."""

import io

import pytest
from django.test import Client

from documents.archiving.snapshot import parts_of
from documents.models import Document
from documents.papers_about import papers_about
from documents.writing.services import attach_annex
from foundation.files.services import attachments_of
from tests.cast import identity
from tests.documents.batches.deeds import begun, prepared
from tests.foundation.files.samples import image

from .desk import Desk


@pytest.fixture
def desk(cast) -> Desk:
    desk = Desk(cast).start()
    attach_annex(draft=desk.pk, file=io.BytesIO(image("PNG")), name="现场.png", **desk.by(cast.clerk))
    return desk


def test_what_was_attached_is_issued_with_it_to_who_reads_it(desk):
    pk = desk.issued().draft.document_id
    client = identity(Client(), desk.cast.town.liaison)
    assert "现场.png" in client.get(f"/documents/{pk}/").content.decode()
    annex = next(one for one in attachments_of("documents.document", [pk])[pk] if one.name == "现场.png")
    assert b"".join(client.get(annex.url))[:4] == b"\x89PNG"


def test_before_it_is_issued_nobody_else_finds_it_there(desk):
    assert attachments_of("documents.document", [desk.registered().draft.document_id]) == {}


def test_the_item_takes_it_behind_the_text(desk):
    parts = parts_of(desk.issued().draft.document)
    told = [(role, one.name) for role, one in parts]
    assert told == [
        ("正文", "关于开展检查的通知.pdf"),
        ("附件", "现场.png"),
        ("审批单", "“关于开展检查的通知”发文处理单.pdf"),
    ]


@pytest.mark.parametrize(
    "page", ["/archive/", "/documents/{pk}/", "/archive/search/?q=检查", "/documents/drafts/{draft}/"]
)
def test_every_page_leads_to_the_paper_and_not_to_what_is_attached(desk, page):
    document = desk.issued().draft.document
    found = (
        identity(Client(), desk.cast.clerk).get(page.format(pk=document.pk, draft=desk.pk)).content.decode()
    )
    paper = next(one for _, one in parts_of(document))
    assert f'href="{paper.url}"' in found


def test_its_formats_are_those_of_the_paper(desk):
    pk = desk.issued().draft.document_id
    answer = identity(Client(), desk.cast.clerk).get(f"/archive/{pk}/as/txt/")
    assert "请按时开展检查" in answer.content.decode()
    (paper,) = papers_about("documents.draft", desk.pk, seat=desk.cast.clerk.pk, day=desk.now.date())
    assert paper.file.name == "关于开展检查的通知.pdf"


def test_every_copy_has_it_too(desk):
    batch = begun(desk.cast, prepared(desk.cast, of=desk.issued().draft.document))
    copies = Document.objects.filter(original=batch.source).values_list("pk", flat=True)
    named = {one.name for files in attachments_of("documents.document", copies).values() for one in files[:1]}
    assert (len(copies), named) == (3, {"现场.png"})
