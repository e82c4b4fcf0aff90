"""证据: recorded with or without a file, read by those who see its case."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from foundation.files.models import Attachment
from foundation.journal.models import Entry
from foundation.organization.refusals import Refused
from tests.cast import identity
from tests.forms import filled
from tests.foundation.files.samples import image
from workflows.cases.models import Evidence
from workflows.cases.parties.facts import EvidenceFacts
from workflows.cases.parties.services import strike_row

from .fined import Fined
from .pages.test_cases import queries
from .test_register import NOW

DAY = dt.date(2026, 3, 20)


@pytest.fixture
def fined(cast) -> Fined:
    return Fined(cast)


@pytest.fixture
def liaison(cast) -> Client:
    return identity(Client(), cast.town.liaison)


def photo(name: str = "现场.jpg") -> EvidenceFacts:
    return EvidenceFacts("media", "现场照片", DAY, "", io.BytesIO(image("JPEG")), name)


def test_it_is_recorded_in_a_form_with_its_file(liaison, fined):
    address = f"/cases/{fined.pk}/rows/evidence/new/"
    typed = filled(
        liaison.get(address).content.decode(), kind="media", name="现场照片 14 张", on="2026-03-20"
    )
    file = SimpleUploadedFile("现场.jpg", image("JPEG"))
    assert liaison.post(address, typed | {"file": file}).status_code == 302
    html = liaison.get(f"/cases/{fined.pk}/").content.decode()
    assert all(
        words in html for words in ("现场照片 14 张", "视听资料", "现场.jpg", Attachment.objects.get().url)
    )


def test_a_file_that_lies_about_its_type_is_refused_and_nothing_is_kept(liaison, fined):
    address = f"/cases/{fined.pk}/rows/evidence/new/"
    typed = {"kind": "media", "name": "现场照片", "on": "2026-03-20"}
    answer = liaison.post(address, typed | {"file": SimpleUploadedFile("现场.jpg", b"MZ not a picture")})
    assert (answer.status_code, "现场照片" in answer.content.decode()) == (422, True)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (EvidenceFacts("rumour", "传闻", DAY), "证据种类"),
        (EvidenceFacts("media", "", DAY), "请写明证据的名称"),
        (EvidenceFacts("media", "照片", dt.date(2026, 6, 2)), "在将来"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(fined, told, says):
    with pytest.raises(Refused, match=says):
        fined.add(told)


def test_a_second_file_is_kept_beside_the_first(fined):
    row = fined.add(photo())
    fined.change(
        row, EvidenceFacts("media", "现场照片 2 张", DAY, "", io.BytesIO(image("PNG")), "又一张.png")
    )
    assert list(Attachment.objects.values_list("name", flat=True)) == ["现场.jpg", "又一张.png"]
    assert Evidence.objects.get().name == "现场照片 2 张"


def test_what_is_struck_out_stays_with_its_file(liaison, fined):
    row = fined.add(photo())
    strike_row(case=fined.pk, model=Evidence, row=row, why="拍错地点", actor=fined.by, at=NOW)
    assert "已划去：拍错地点" in liaison.get(f"/cases/{fined.pk}/").content.decode()
    assert b"".join(liaison.get(Attachment.objects.get().url)) == image("JPEG")


def looks() -> list[dict]:
    return list(Entry.objects.filter(verb="cases.case.look").order_by("seq").values_list("data", flat=True))


def test_opening_its_file_is_a_look_at_the_case_whether_or_not_the_browser_has_it(liaison, fined):
    row = fined.add(photo())
    file = Attachment.objects.get()
    answer = liaison.get(file.url)
    assert b"".join(answer) == image("JPEG")
    assert liaison.get(file.url, headers={"if-none-match": answer.headers["ETag"]}).status_code == 304
    assert looks() == [{"evidence": row, "file": file.pk}] * 2


def test_who_may_not_open_it_has_not_looked(cast, fined):
    fined.add(photo())
    stranger = identity(Client(), cast.other.liaison)
    assert stranger.get(Attachment.objects.get().url).status_code == 403
    assert looks() == []


def test_the_page_costs_the_same_with_ten_times_the_evidence_and_files(liaison, fined):
    row = fined.add(photo())
    few = queries(liaison, f"/cases/{fined.pk}/")
    for n in range(10):
        note = EvidenceFacts("document", f"书证{n}", DAY, "", io.BytesIO(b"%d a" % n), f"{n}.txt")
        fined.add(note)
        fined.change(row, replace(note, file=io.BytesIO(b"%d b" % n)))
    assert Attachment.objects.count() == 21
    assert queries(liaison, f"/cases/{fined.pk}/") == few
