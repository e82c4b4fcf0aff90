"""Documents drawn together are what each of them is when it is drawn alone."""

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from documents.layout import UndrawableText, parse, render_notice
from documents.layout.pdf import undrawn
from documents.layout.together import render_together, sections_of
from tests.documents.papers import META, notice

WHO = ("甲镇", "乙镇")


def made(who: str, **told):
    return parse(notice(12).replace("各镇（街）", who)), replace(META, **told)


@pytest.fixture(scope="module")
def together() -> list[bytes]:
    return render_together([sections_of(*made(who)) for who in WHO])


def pictures(content: bytes) -> list[bytes]:
    with pypdfium2.PdfDocument(content) as paper:
        return [page.render(scale=0.5).to_pil().tobytes() for page in paper]


@pytest.mark.parametrize("at", [0, 1], ids=WHO)
def test_every_page_looks_as_if_drawn_alone(together, at):
    assert pictures(together[at]) == pictures(render_notice(*made(WHO[at])))


def test_a_pdf_knows_its_title_its_day_and_its_own_structure_alone(together):
    with pikepdf.open(io.BytesIO(together[1])) as paper:
        root, tree = paper.Root, paper.Root.StructTreeRoot
        assert (str(paper.docinfo.Title), str(root.Lang)) == ("关于做好有关工作的通知", "zh-CN")
        assert str(paper.docinfo.CreationDate) == "D:20260612"
        pages = [page.obj.objgen for page in paper.pages]
        assert [part.Pg.objgen for part in tree.K[0].K] == pages
        for at, page in enumerate(paper.pages):
            marks = tree.ParentTree.Nums[2 * at + 1]
            assert page.obj.StructParents == at
            assert {mark.Pg.objgen for mark in marks} == {pages[at]}
        assert not paper.check_pdf_syntax()


def test_the_same_documents_give_the_same_bytes(together):
    assert render_together([sections_of(*made(who)) for who in WHO]) == together


def test_a_document_is_not_larger_for_the_company_it_is_in(together):
    assert len(together[0]) < 1.2 * len(render_notice(*made(WHO[0])))


def test_what_no_face_draws_is_refused_before_anything_is_drawn():
    with pytest.raises(UndrawableText, match="U\\+1F44D"):
        sections_of(*made("👍镇"))


def test_what_a_picture_is_made_of_is_no_text():
    assert undrawn('<img alt="印章" src="data:👍"/><p>好</p>') == ""
    assert undrawn("<p>👍</p>") == "👍"
