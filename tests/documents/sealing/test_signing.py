"""A signature is whole or the file is told to be wrong, whatever was done to it."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Pdf

from documents.layout import Finish, Meta, Variant, parse, render_notice
from documents.sealing.checking import check
from documents.sealing.signing import signed
from tests.documents.sealing.signatures import AT, ENDED, key_file, keys, plain_pdf, root, signed_pdf, the_key

HOLE = slice(signed_pdf().index(b"/Contents <") + 10, signed_pdf().rindex(b"/ByteRange"))


def faults(content: bytes, *roots) -> tuple[str, ...]:
    return check(content, roots or [root(the_key())]).faults


def test_every_byte_of_the_paper_stays_as_it_was():
    assert signed_pdf().startswith(plain_pdf())
    assert len(signed_pdf()) - len(plain_pdf()) < 10_000


def test_a_signature_tells_who_and_when():
    found = check(signed_pdf(), [root(the_key())])
    assert (found.faults, found.signer, found.at) == ((), the_key().name, AT)


def test_the_same_paper_key_and_time_give_the_same_bytes():
    assert signed(plain_pdf(), key=the_key(), organ="某市安全生产委员会办公室", at=AT) == signed_pdf()


@pytest.mark.parametrize("variant", list(Variant))
def test_a_paper_for_the_archive_stays_one(variant):
    text = "关于开展检查的通知\n各镇：\n请按时开展检查。"
    paper = render_notice(parse(text), Meta(issued_on=AT.date()), finish=Finish(variant))
    content = signed(paper, key=the_key(), organ="某办", at=AT)
    assert faults(content) == ()
    with Pdf.open(io.BytesIO(paper)) as before, Pdf.open(io.BytesIO(content)) as after:
        for name in ("/Metadata", "/OutputIntents", "/StructTreeRoot", "/AF"):
            assert (name in before.Root) == (name in after.Root)
        assert str(before.docinfo) == str(after.docinfo)
        with before.open_metadata() as told, after.open_metadata() as still:
            assert dict(told) == dict(still)
        field = after.Root.AcroForm.Fields[0]
        assert (list(map(int, field.Rect)), int(field.F) & 4) == ([0, 0, 0, 0], 4)  # no ink, and printed


# One XOR anywhere, and as often within the signature itself, which the signature can't cover.
SPOTS = st.integers(0, len(signed_pdf()) - 1) | st.integers(HOLE.start, HOLE.stop - 1)


@settings(max_examples=150, deadline=None)
@given(spot=SPOTS, change=st.integers(1, 255))
def test_no_changed_byte_is_ever_taken(spot, change):
    content = bytearray(signed_pdf())
    content[spot] ^= change
    assert faults(bytes(content))


@pytest.mark.parametrize("case", [str.swapcase, str.lower])
def test_a_digit_in_another_case_is_a_changed_byte(case):
    hole = signed_pdf()[HOLE].decode()
    spot = next(n for n, char in enumerate(hole) if char.isupper())
    content = (
        signed_pdf()[: HOLE.start + spot] + case(hole[spot]).encode() + signed_pdf()[HOLE.start + spot + 1 :]
    )
    assert faults(content) == ("altered",)


def test_words_changed_in_the_paper_are_seen():
    spot = signed_pdf().index(b"stream") + 20
    assert faults(signed_pdf()[:spot] + b"X" + signed_pdf()[spot + 1 :]) == ("altered",)


def test_a_revision_appended_after_signing_is_seen():
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    update, out = IncrementalPdfFileWriter(io.BytesIO(signed_pdf())), io.BytesIO()
    update.root["/Extra"] = generic.TextStringObject("added")
    update.update_root()
    update.write(out)
    assert faults(out.getvalue()) == ("appended",)


def test_bytes_behind_the_end_are_seen():
    assert faults(signed_pdf() + b"% one more line\n%%EOF\n") != ()
    assert faults(signed_pdf() + b"\0") == ("damaged",)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.999])
def test_a_file_cut_off_is_damaged(share):
    assert faults(signed_pdf()[: int(len(signed_pdf()) * share)]) == ("damaged",)


def test_a_file_without_a_signature_is_unsigned():
    assert faults(plain_pdf()) == ("unsigned",)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n%%EOF", b"%PDF-1.7\nxref\n0 1\ntrailer<</Size 1>>\nstartxref\n9\n%%EOF"]
)
def test_what_only_begins_and_ends_like_a_pdf_is_damaged(content):
    assert faults(content) == ("damaged",)


def test_another_authority_is_not_trusted():
    other = keys._kept(key_file(other=1), "")
    assert faults(signed(plain_pdf(), key=other, organ="某办", at=AT)) == ("untrusted",)
    assert check(signed_pdf(), []).faults == ("untrusted",)


def test_a_certificate_that_had_ended_when_it_signed_is_told():
    ended = keys._kept(key_file(until=ENDED), "")
    assert faults(signed(plain_pdf(), key=ended, organ="某办", at=AT), root(ended)) == ("expired",)
