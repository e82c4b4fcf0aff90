"""用印 of a joint paper: each organ is asked for its own seal, and the paper waits for all of them."""

import pytest
from django.test import Client

from documents.issuing import again
from documents.models import Document, Draft, SealPlace
from documents.papers import official_of
from foundation.jobs import queue
from foundation.journal.models import Entry
from foundation.organization.models import Appointment
from foundation.organization.posts import Post
from foundation.organization.refusals import Refused
from foundation.outbox.models import Message
from foundation.outbox.spreading import spread
from tests.cast import identity
from tests.documents.sealing.seals import seal

from .desk import Desk

TO_SEAL = "/documents/drafts/to-seal/"


@pytest.fixture
def desk(cast) -> Desk:
    """The office with 甲镇 (jia), whose deputy keeps its seal, and 丙局 (bing), which keeps none here."""
    desk = Desk(cast).start(cosigners=["bing", "jia"], joint=True).send()
    for seat in (cast.twice_office, cast.town.head, cast.department.head, cast.office_head):
        desk.decide(seat)
    return desk.act("check", found="right")


@pytest.fixture
def seals(cast) -> list[int]:
    mine = seal(cast, posts=[Post.OFFICE_CLERK])
    return [mine, seal(cast, organ=cast.town.unit, name="甲镇印章", posts=[Post.DEPUTY])]


def open_(desk: Desk) -> list[str]:
    rows = SealPlace.objects.filter(draft=desk.pk, at=None)
    return list(rows.values_list("organ__code", flat=True))


def get(seat: Appointment, address: str):
    return identity(Client(), seat).get(address)


def test_it_goes_on_when_every_organ_has_put_its_own_seal(desk, seals, cast):
    mine, theirs = seals
    desk.act("register")
    assert open_(desk) == [cast.office.code, "jia", "bing"]
    assert desk.act("seal", seals=[mine]).state == "registered"  # 丙局 keeps no seal: its place is free
    assert open_(desk) == ["jia"]
    with pytest.raises(Refused, match="当前"):
        desk.act("issue")
    assert desk.act("seal", cast.town.deputy, seals=[theirs]).state == "sealed"
    assert [bool(one) for one in official_of(desk.draft.document.content, desk.draft.document)[1].seals] == [True, True, False]  # fmt: skip
    told = Entry.objects.filter(verb="documents.seal.use").order_by("pk").values_list("target_id", "post")
    assert list(told) == [(mine, cast.clerk.pk), (theirs, cast.town.deputy.pk)]
    told = Entry.objects.filter(target="documents.draft", target_id=desk.pk, verb="documents.draft.place")
    assert sorted((one["organ"], one["seal"]) for one in told.values_list("data", flat=True)) == sorted(
        [(cast.office.code, mine), ("bing", None), ("jia", theirs)]
    )
    assert desk.act("issue").state == "issued"
    told = dict(Document.objects.get(kind="approval_form").content["facts"])
    assert [told[f"{name}用印"].split()[0] for name in ("市安委办", "甲镇", "市丙局")] == [
        "办公室印章",
        "甲镇印章",
        "留出盖章位置",
    ]
    shown = get(cast.clerk, f"/documents/drafts/{desk.pk}/").content.decode()
    assert ("甲镇，加盖电子印章" in shown, "市丙局，留出盖章位置" in shown) == (True, True)


@pytest.mark.parametrize("do", [again.correct, again.reuse])
def test_what_begins_from_a_joint_paper_has_its_organs_and_shows_them_while_it_is_written(desk, cast, do):
    desk.act("register").act("seal").act("issue")
    queue.run_due(desk.now)
    cast.department.unit.ended_on = desk.now.date()  # it is no more
    cast.department.unit.save()
    new = Draft.objects.get(pk=do(document=desk.draft.document, organ=cast.office, **desk.by(cast.clerk)))
    assert (new.joint, new.cosigners) == (True, ["jia"])
    written = {"kind": new.kind, "text": new.text, "revision": new.revision, "code": new.code}
    address = f"/documents/drafts/{new.pk}/edit/preview/"
    shown = identity(Client(), cast.clerk).post(address, written).content.decode()
    assert all(name in shown for name in (cast.office.name, cast.town.unit.name))


def test_the_organs_seal_in_any_order_and_the_last_one_moves_it_on(desk, seals, cast):
    desk.act("register").act("seal", cast.town.deputy, seals=[seals[1]])
    assert open_(desk) == [cast.office.code, "bing"]
    assert desk.act("seal").state == "sealed"  # with the office's own place left free
    assert desk.draft.document.content["seal"] == ""


def test_nobody_seals_for_an_organ_without_being_allowed_to(desk, seals, cast):
    mine, theirs = seals
    desk.act("register")
    for seat, do in (
        (cast.clerk, {"seals": [mine, theirs]}), (cast.town.deputy, {"seals": [mine]}), (cast.town.head, {"seals": [theirs]}),
        (cast.town.deputy, {"free": ["bing"]}), (cast.town.deputy, {}), (cast.other.deputy, {}),
    ):  # fmt: skip
        with pytest.raises(Refused):
            desk.act("seal", seat, **do)
    assert open_(desk) == [cast.office.code, "jia", "bing"]


def test_an_organ_seals_once(desk, seals, cast):
    desk.act("register").act("seal", cast.town.deputy, seals=[seals[1]])
    with pytest.raises(Refused, match="用印"):
        desk.act("seal", cast.town.deputy, seals=[seals[1]])


def test_who_handles_it_leaves_the_place_of_an_organ_free_when_that_is_said(desk, seals, cast):
    desk.act("register").act("seal", free=["jia"])
    assert (desk.state, SealPlace.objects.get(organ__code="jia").by_id) == ("sealed", cast.clerk.pk)


def test_a_seal_that_was_lodged_with_the_office_is_put_by_whom_it_names(desk, cast):
    named = {"posts": [], "seats": [cast.clerk]}
    lodged = seal(cast, organ=cast.department.unit, name="丙局印章", **named)
    assert desk.act("register").act("seal", seals=[lodged]).state == "sealed"


def test_the_keepers_are_told(desk, seals, cast):
    spread(desk.now)
    desk.act("register")
    spread(desk.now)
    told = Message.objects.filter(kind="document.seal").values_list("seat", flat=True)
    assert set(told) == {cast.twice_office.pk, cast.town.deputy.pk}  # who registered it knows


def test_the_keeper_finds_what_waits_and_seals_it_on_its_page(desk, seals, cast):
    deputy = cast.town.deputy
    assert "没有等您用印" in get(deputy, TO_SEAL).content.decode()
    desk.act("register")
    found = get(deputy, TO_SEAL).content.decode()
    assert f"/documents/drafts/{desk.pk}/" in found
    assert "待用印" in get(deputy, "/archive/").content.decode()
    assert "没有等您用印" in get(cast.town.head, TO_SEAL).content.decode()
    assert get(cast.town.handler, f"/documents/drafts/{desk.pk}/").status_code == 403
    act = f"/documents/drafts/{desk.pk}/act/seal/"
    shown = get(deputy, act).content.decode()
    assert ("甲镇印章" in shown, "办公室印章" in shown) == (True, False)
    client = identity(Client(), deputy)
    assert "已用印" in client.post(act, {"seal_jia": seals[1]}, follow=True).content.decode()
    assert "没有等您用印" in get(deputy, TO_SEAL).content.decode()
    assert "act/seal/" not in get(deputy, f"/documents/drafts/{desk.pk}/").content.decode()
    shown = get(cast.clerk, f"/documents/drafts/{desk.pk}/").content.decode()
    assert all(words in shown for words in ("甲镇用印", "甲镇印章", "待用印"))


def test_the_office_sees_who_is_asked(desk, seals, cast):
    desk.act("register")
    shown = get(cast.clerk, f"/documents/drafts/{desk.pk}/act/seal/").content.decode()
    assert f"由该机关的用印人办理：{cast.town.deputy.person.name}" in shown
    client = identity(Client(), cast.clerk)
    client.post(f"/documents/drafts/{desk.pk}/act/seal/", {"seal": seals[0], "seal_jia": "later"})
    assert (desk.state, open_(desk)) == ("registered", ["jia"])
