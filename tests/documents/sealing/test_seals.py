"""Seals: who may add, use and stop them, and what a use leaves behind."""

import datetime as dt
import io

import pytest
from PIL import Image

from documents import layout
from documents.layout.seals import seal_picture
from documents.models import Document, Mark, Seal, SealUse
from documents.papers import words_of
from documents.sealing import codes
from documents.sealing.drawing import demo_seal
from documents.sealing.services import add_seal, allow, mark, seal_for, stop_seal, use_seal, use_seals
from documents.services import produce, void_document
from foundation.files.models import path_of
from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.actors import SYSTEM
from foundation.organization.refusals import Refused
from tests.cast import actor
from tests.documents.sealing.seals import AT, TEXT, registered, ring, seal

DAY = dt.timedelta(1)


def use(document, seal, by, at=AT):
    return use_seal(document=document.pk, seal=seal, actor=actor(by), at=at)


def test_a_use_is_in_the_register_in_both_journals_and_in_what_the_paper_is_made_from(cast):
    document, pk = registered(cast), seal(cast)
    line = SealUse.objects.get(pk=use(document, pk, cast.office_head))
    assert (line.seal_id, line.document_id, line.by, line.at) == (pk, document.pk, cast.office_head, AT)
    document.refresh_from_db()
    assert path_of(document.content["seal"]).exists()
    said = Entry.objects.filter(verb__in=["documents.seal.use", "documents.document.seal"])
    assert [entry.post for entry in said] == [cast.office_head] * 2
    assert first_bad()[1] is None


def test_a_sealed_paper_shows_the_seal_and_can_be_made_again(cast):
    from documents.papers import paper_of

    document, pk = registered(cast), seal(cast)
    plain = paper_of(document)
    use(document, pk, cast.office_head)
    produce(document.pk, actor=SYSTEM, at=AT)
    document = Document.objects.get(pk=document.pk)
    issued = document.file.path.read_bytes()
    assert b"/SMask" in issued
    assert b"/SMask" not in plain
    assert paper_of(document) == issued


@pytest.mark.parametrize(
    ("who", "says"), [("clerk", "用印人"), ("auditor", "用印人"), ("administrator", "用印人")]
)
def test_whoever_may_not_use_it_is_refused_and_nothing_is_left(cast, who, says):
    document, pk = registered(cast), seal(cast)
    with pytest.raises(Refused, match=says):
        use(document, pk, getattr(cast, who))
    document.refresh_from_db()
    assert "seal" not in document.content
    assert not SealUse.objects.exists()


def test_somebody_is_allowed_by_name_whatever_their_post(cast):
    document, pk = registered(cast), seal(cast, posts=[], seats=[cast.clerk])
    use(document, pk, cast.clerk)
    with pytest.raises(Refused, match="用印人"):
        use(registered(cast), pk, cast.office_head)


def test_a_post_of_another_unit_is_not_meant(cast):
    pk = seal(cast, organ=cast.town.unit, posts=["head"])
    with pytest.raises(Refused, match="用印人"):
        use(registered(cast, organ=cast.town.unit), pk, cast.other.head)


@pytest.mark.parametrize(("at", "end"), [(AT - DAY, AT.date()), (AT + DAY, AT.date())])
def test_a_seal_counts_from_its_first_day_to_its_last(cast, at, end):
    pk = seal(cast, end=end)
    with pytest.raises(Refused, match="不在有效期"):
        use(registered(cast), pk, cast.office_head, at)
    use(registered(cast), pk, cast.office_head)


def test_a_seal_that_was_stopped_is_refused_and_its_name_is_free(cast):
    pk, by = seal(cast), {"actor": actor(cast.office_head), "at": AT}
    with pytest.raises(Refused, match="原因"):
        stop_seal(seal=pk, reason=" ", **by)
    stop_seal(seal=pk, reason="换新印", **by)
    with pytest.raises(Refused, match="已停用"):
        use(registered(cast), pk, cast.office_head)
    assert Seal.objects.get(pk=seal(cast)).state == "in_use"


def test_a_name_is_given_once(cast):
    seal(cast)
    with pytest.raises(Refused, match="已在使用"):
        seal(cast)


def test_the_seal_of_another_organ_is_refused(cast):
    pk = seal(cast, organ=cast.town.unit, posts=[], seats=[cast.office_head])
    with pytest.raises(Refused, match="不是发文机关的"):
        use(registered(cast), pk, cast.office_head)


def test_what_is_issued_void_or_sealed_takes_no_seal(cast):
    pk, issued, void, sealed = seal(cast), *(registered(cast) for _ in range(3))
    produce(issued.pk, actor=SYSTEM, at=AT)
    void_document(document=void.pk, actor=SYSTEM, at=AT, reason="内容有误")
    use(sealed, pk, cast.office_head)
    for document, says in ((issued, "还没有印发"), (void, "还没有印发"), (sealed, "已经用过印")):
        with pytest.raises(Refused, match=says):
            use(document, pk, cast.office_head)
    assert SealUse.objects.count() == 1


def test_a_mark_is_given_once_and_found_by_its_digest(cast):
    document = registered(cast)
    code = mark(document=document.pk, actor=SYSTEM, at=AT)
    assert mark(document=document.pk, actor=SYSTEM, at=AT) == code
    assert Mark.objects.get(digest=codes.digest_of(code)).document == document
    use(document, seal(cast), cast.office_head)
    assert Document.objects.get(pk=document.pk).content["mark"] == code


def test_a_code_is_understood_however_it_is_typed():
    code = codes.fresh()
    assert codes.PRINTED.fullmatch(codes.shown(code))
    assert {codes.typed(one) for one in (code, codes.shown(code).lower(), f" {code[:5]} {code[5:]} ")} == {
        code
    }
    assert [codes.typed(one) for one in ("", code[1:], f"{code}X", "O" * 10, "签" * 10)] == [""] * 5


def test_who_may_use_it_is_changed_and_written_down(cast):
    pk, by = seal(cast), {"actor": actor(cast.administrator), "at": AT}
    assert not allow(seal=pk, posts=["office_head"], seats=[], **by)
    assert allow(seal=pk, posts=["office_clerk"], seats=[cast.office_head], **by)
    assert Entry.objects.filter(verb="documents.seal.allow").last().data == {
        "posts": ["office_clerk"],
        "seats": [cast.office_head.pk],
    }
    with pytest.raises(Refused, match="至少要有一个"):
        allow(seal=pk, posts=[], seats=[], **by)


def test_the_one_seal_that_somebody_may_use_is_found(cast):
    given = {"organ": cast.office.pk, "at": AT}
    assert seal_for(actor=actor(cast.office_head), **given) is None
    pk = seal(cast)
    assert seal_for(actor=actor(cast.office_head), **given) == pk
    assert seal_for(actor=actor(cast.clerk), **given) is None
    seal(cast, name="办公室印章（二）")
    assert seal_for(actor=actor(cast.office_head), **given) is None


def kept(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(seal_picture(content)))


def test_a_picture_is_cut_to_its_ink_square_and_small():
    image = kept(ring((1600, 1200)))
    assert (image.mode, image.size, image.info) == ("RGBA", (1000, 1000), {})
    assert image.getpixel((0, 0))[3] == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (ring(mode="RGB", paper="white"), "透明"),
        (ring(mode="RGB", paper="white", kind="JPEG"), "PNG 图片，可能已损坏"),
        (ring((120, 120)), "至少 300×300"),
        (ring()[:300], "可能已损坏"),
        (b"", "可能已损坏"),
        (ring() + bytes(6 << 20), "超过 5 MB"),
    ],
    ids=["opaque", "jpeg", "small", "cut", "empty", "heavy"],
)
def test_a_picture_that_makes_no_seal_is_refused_with_what_to_do(cast, content, says):
    with pytest.raises(Refused, match=says) as refused:
        seal(cast, picture=content)
    assert refused.value.field == "picture"
    assert not Seal.objects.exists()


def test_a_hundred_megapixels_are_never_unpacked(cast):
    out = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(out, "PNG")
    with pytest.raises(Refused, match="像素"):
        seal(cast, picture=out.getvalue())


def test_dates_that_are_turned_are_refused(cast):
    with pytest.raises(Refused, match="早于启用日期"):
        add_seal(
            organ=cast.office, name="印", picture=ring(), file_name="", start=AT.date(), end=AT.date() - DAY,
            posts=["office_head"], actor=SYSTEM, at=AT,
        )  # fmt: skip


def test_the_demo_seal_is_one_that_can_be_used():
    width, height = kept(demo_seal("某市安全生产委员会办公室")).size
    assert width == height > 600


def joint(cast):
    """A paper of the office and two units; a seal of the office and of one of them, for the clerk."""
    units = (cast.town.unit, cast.department.unit)
    organs = [{"code": unit.code, "name": unit.name} for unit in units]
    document = registered(cast, content={"text": TEXT, "joint_organs": organs})
    named = {"posts": [], "seats": [cast.clerk]}
    return document, [seal(cast, **named), seal(cast, organ=units[1], name="丙局印章", **named)]


def test_a_joint_paper_takes_the_seal_of_each_organ_and_leaves_the_place_of_one_without(cast):
    document, pks = joint(cast)
    use_seals(document=document.pk, seals=pks, actor=actor(cast.clerk), at=AT)
    assert list(document.seal_uses.order_by("pk").values_list("seal", flat=True)) == pks
    assert Entry.objects.filter(verb="documents.seal.use", target_id__in=pks).count() == 2
    document.refresh_from_db()
    words, meta = words_of(document)
    assert meta.organs == (cast.office.name, cast.town.unit.name, cast.department.unit.name)
    assert [bool(path) for path in meta.seals] == [True, False, True]
    strips = [strip for page in layout.lay_out(words.with_meta(meta), meta) for strip in page.strips]
    assert sum(strip.html.count('class="seal"') for strip in strips) == 2


def test_two_seals_of_one_organ_are_refused_and_so_is_one_that_somebody_may_not_use(cast):
    document, (mine, theirs) = joint(cast)
    second = seal(cast, name="另一枚", posts=[], seats=[cast.clerk])
    strange = seal(cast, organ=cast.other.unit, name="乙镇印章", posts=[], seats=[cast.clerk])
    for pks, who, says in (
        ([mine, second], cast.clerk, "一个机关只盖一枚"),
        ([mine, theirs], cast.office_head, "用印人"),
        ([mine, strange], cast.clerk, "不是发文机关的"),
    ):
        with pytest.raises(Refused, match=says):
            use_seals(document=document.pk, seals=pks, actor=actor(who), at=AT)
    assert not SealUse.objects.exists()
