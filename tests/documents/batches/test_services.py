"""Who may prepare and begin a batch, and of what."""

import pytest
from django.test import Client

from documents.batches import services
from documents.models import Batch, Document, Register, SealUse
from documents.sealing.register import copied_with
from documents.sealing.services import use_seal
from documents.services import issue_as
from foundation.files.services import store
from foundation.jobs.models import Job
from foundation.journal.models import Entry
from foundation.journal.moves import create
from foundation.journal.verify import first_bad
from foundation.organization.actors import SYSTEM
from foundation.organization.posts import Post
from foundation.organization.refusals import Refused
from tests.cast import actor, identity
from tests.documents.sealing.seals import AT, registered, seal
from tests.foundation.files.samples import image

from .deeds import TEXT, begun, prepared, source, states, table, units

pytestmark = pytest.mark.django_db


def prepare(cast, of, **told):
    given = {"units": list(units().values()), "actor": actor(cast.clerk), "at": AT} | told
    return services.prepare_batch(source=of, **given)


def test_a_prepared_batch_has_issued_nothing(cast):
    batch = prepared(cast)
    assert (batch.state, set(states(batch).values())) == ("prepared", {"waiting"})
    assert list(batch.items.values_list("unit__code", flat=True)) == ["jia", "yi", "bing"]


def test_what_is_not_issued_yet_is_no_source(cast):
    with pytest.raises(Refused, match="已印发"):
        prepare(cast, registered(cast).pk)


def test_a_copy_is_no_source(cast):
    of = source(cast)
    copied = {"original": of, "kind": "notice", "organ": cast.office, "year": 2026, "number": 1, "issued_on": AT.date(),
              "state": "issued", "subject": services.LABEL, "subject_id": 1}  # fmt: skip
    (copy,) = create(Document, copied, actor=SYSTEM, at=AT)
    with pytest.raises(Refused, match="已印发"):
        prepare(cast, copy)


@pytest.mark.parametrize("who", ["office_head", "auditor", "administrator"])
def test_only_the_clerk_prepares_and_begins(cast, who):
    batch, seat = prepared(cast), actor(getattr(cast, who))
    with pytest.raises(Refused):
        prepare(cast, batch.source_id, actor=seat)
    with pytest.raises(Refused, match="安办经办"):
        services.begin_batch(batch=batch.pk, actor=seat, at=AT)


def test_a_placeholder_that_nobody_knows_is_refused_by_name(cast):
    with pytest.raises(Refused, match="电话"):
        prepare(cast, source(cast, TEXT + "{电话}").pk)


def test_nobody_to_send_to_is_refused(cast):
    with pytest.raises(Refused, match="请选择单位"):
        prepare(cast, source(cast).pk, units=[])


def test_rows_of_a_unit_that_was_not_chosen_are_refused_by_name(cast):
    given = {"units": list(units("jia").values()), "table": table(yi=[["1", "检查"]])}
    with pytest.raises(Refused, match="乙镇不在所选单位"):
        prepare(cast, source(cast).pk, **given)


def test_a_batch_is_begun_once(cast):
    batch = prepared(cast)
    services.begin_batch(batch=batch.pk, actor=actor(cast.clerk), at=AT)
    with pytest.raises(Refused, match="印发中"):
        services.begin_batch(batch=batch.pk, actor=actor(cast.clerk), at=AT)


def test_nothing_failed_nothing_is_made_again(cast):
    batch = prepared(cast)
    with pytest.raises(Refused, match="没有未印成"):
        services.run_again(batch=batch.pk, actor=actor(cast.clerk), at=AT)


def test_another_table_has_the_columns_of_the_first(cast):
    batch = begun(cast, prepared(cast, table=table(jia=[["1", "\U0001f44d"]])))
    other = table(jia=[["1", "检查"]])
    other = type(other)(("事项", "序号"), other.rows)
    with pytest.raises(Refused, match="栏目要和原来一样：序号、事项"):
        services.run_again(batch=batch.pk, table=other, actor=actor(cast.clerk), at=AT)
    assert Batch.objects.get().state == "done"


def sealed(cast, posts) -> int:
    stamp, row = seal(cast, posts=posts), registered(cast, content={"text": TEXT})
    use_seal(document=row.pk, seal=stamp, actor=actor(cast.office_head), at=AT)
    row.refresh_from_db()
    issue_as(row, store(image("PNG"), "通知.png", at=AT), actor=actor(cast.clerk), at=AT, note={})
    return row.pk


def test_copies_of_a_sealed_paper_are_begun_by_who_may_use_the_seal(cast):
    pk = prepare(cast, sealed(cast, [Post.OFFICE_HEAD]))
    with pytest.raises(Refused, match="用印人"):
        services.begin_batch(batch=pk, actor=actor(cast.clerk), at=AT)
    assert Batch.objects.get().state == "prepared"


def test_the_use_of_the_seal_is_written_down_with_the_number_of_copies(cast):
    pk = prepare(cast, sealed(cast, [Post.OFFICE_HEAD, Post.OFFICE_CLERK]))
    batch = begun(cast, Batch.objects.get(pk=pk))
    told = Entry.objects.filter(verb="documents.seal.use").order_by("-pk").first()
    assert told.data == {"batch": pk, "copies": 3}
    copy = batch.items.first().document
    assert copy.content["seal"] == SealUse.objects.get().seal.picture.sha256
    stamp = SealUse.objects.get().seal_id
    shown = {
        seat: identity(Client(), seat).get(f"/seals/{stamp}/").content.decode()
        for seat in (cast.clerk, cast.administrator)
    }
    assert all("批量印发带印" in page and "3 份" in page for page in shown.values())
    assert [f"/documents/batches/{pk}/" in page for page in shown.values()] == [True, False]


def again(cast, batch) -> None:
    services.run_again(batch=batch.pk, table=table(jia=[["1", "检查"]]), actor=actor(cast.clerk), at=AT)


def test_so_is_it_when_what_failed_is_made_again(cast):
    told = {"table": table(jia=[["1", "\U0001f44d"]]), "annex": "任务清单"}
    pk = prepare(cast, sealed(cast, [Post.OFFICE_HEAD, Post.OFFICE_CLERK]), **told)
    again(cast, begun(cast, Batch.objects.get(pk=pk)))
    used = Entry.objects.filter(verb="documents.seal.use", data__batch=pk).order_by("pk")
    assert [one.data["copies"] for one in used] == [3, 1]
    (one,) = copied_with(SealUse.objects.get().seal)  # of what was begun twice, what was issued
    assert (one["batch"], one["copies"]) == (pk, 2)


def give_up(cast, batch, **told) -> None:
    services.give_up(batch=batch.pk, **({"reason": "原文有误", "actor": actor(cast.clerk), "at": AT} | told))


def test_a_batch_whose_job_was_cleared_away_stands_still_too(cast):
    batch = prepared(cast)
    services.begin_batch(batch=batch.pk, actor=actor(cast.clerk), at=AT)
    assert not Batch.objects.get(pk=batch.pk).stands_still
    Job.objects.all().delete()
    assert Batch.objects.get(pk=batch.pk).stands_still
    page = identity(Client(), cast.clerk).get(f"/documents/batches/{batch.pk}/").content.decode()
    assert "give-up" in page


def test_a_batch_that_is_given_up_says_why_and_takes_no_number(cast):
    batch = prepared(cast, numbering="own")
    give_up(cast, batch)
    batch.refresh_from_db()
    assert (batch.state, set(states(batch).values())) == ("given_up", {"dropped"})
    assert Register.objects.get().last == 1
    entry = Entry.objects.get(verb="documents.batch.give_up")
    assert (entry.data["items"], entry.words["reason"]) == (3, "原文有误")
    with pytest.raises(Refused, match="已放弃"):
        services.begin_batch(batch=batch.pk, actor=actor(cast.clerk), at=AT)
    assert first_bad()[1] is None


@pytest.mark.parametrize(
    ("told", "says"), [({"reason": " "}, "写明理由"), ({"actor": "office_head"}, "安办经办")]
)
def test_it_is_given_up_by_the_clerk_with_a_reason(cast, told, says):
    told = told | ({"actor": actor(getattr(cast, told["actor"]))} if "actor" in told else {})
    with pytest.raises(Refused, match=says):
        give_up(cast, prepared(cast), **told)
    assert Batch.objects.get().state == "prepared"


def test_what_is_done_is_not_given_up(cast):
    with pytest.raises(Refused, match="已办完"):
        give_up(cast, begun(cast, prepared(cast)))
