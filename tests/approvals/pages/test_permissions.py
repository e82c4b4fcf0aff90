"""Who may open an approval: the page, the predicate and the queryset say the same for everybody."""

import pytest
from django.utils import timezone

from approvals.models import Approval
from approvals.permissions import may_open
from foundation.organization.actors import Actor

from .conftest import decide

PAGES = ["", "return/", "disagree/", "withdraw/"]


@pytest.fixture
def hall(send, cast):
    """One that waits for 甲镇's deputy, one for its head, one of 乙镇."""
    first, second, third = send(1), send(2), send(3, house=cast.other)
    decide(second, cast.town.deputy)
    return {first: cast.town, second: cast.town, third: cast.other}


def readers(cast, house) -> set:
    own = {house.liaison, house.deputy, house.head}
    return own | {cast.clerk, cast.office_head, cast.twice_office, cast.auditor}


def test_everybody_opens_theirs_and_nobody_elses(hall, cast, sign_in):
    for pk, house in hall.items():
        answers = {seat: sign_in(seat).get(f"/approvals/{pk}/").status_code for seat in cast}
        allowed = readers(cast, house) | {cast.twice}  # the same person as twice_office
        assert answers == {seat: 200 if seat in allowed else 403 for seat in cast}


def test_predicate_and_queryset_agree(hall, cast):
    day = timezone.localdate()
    for seat in cast:
        seen = set(Approval.objects.filter(may_open.q(seat.pk, day)).values_list("pk", flat=True))
        assert seen == {pk for pk, house in hall.items() if seat in readers(cast, house)}
        one_by_one = {a.pk for a in Approval.objects.all() if may_open(a, Actor.of(seat), day)}
        assert seen == one_by_one


@pytest.mark.parametrize("tail", PAGES)
def test_a_stranger_decides_nothing(hall, cast, sign_in, tail):
    for pk, house in hall.items():
        for seat in set(cast) - readers(cast, house) - {cast.twice}:
            answer = sign_in(seat).post(f"/approvals/{pk}/{tail}", {"signer": 1, "text": "x", "opinion": "x"})
            assert answer.status_code == 403
    assert set(Approval.objects.values_list("state", flat=True)) == {"pending"}


@pytest.mark.parametrize("tail", PAGES[:3])
def test_a_reader_who_is_no_signer_decides_nothing(hall, cast, sign_in, tail):
    for pk in hall:
        for seat in (cast.auditor, cast.clerk):
            data = {"signer": 1, "text": "x", "opinion": "x", "to": "initiator"}
            assert sign_in(seat).post(f"/approvals/{pk}/{tail}", data).status_code in (409, 422)
    assert set(Approval.objects.values_list("state", flat=True)) == {"pending"}


@pytest.mark.parametrize("path", ["/inbox/", "/approvals/1/", "/approvals/opinions/", "/proxies/"])
def test_who_is_not_signed_in_is_asked_to(client, db, path):
    answer = client.get(path)
    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/sign-in/")


def test_an_approval_that_is_not_there_is_not_found(sign_in, cast):
    assert sign_in(cast.clerk).get("/approvals/999/").status_code == 404
