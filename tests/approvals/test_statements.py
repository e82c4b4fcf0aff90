"""What a decision costs in statements: the same for a step of five as for a step of one, and a constant for a chunk."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals import services
from approvals.deciding import Shown
from approvals.models import Approval, Signer
from foundation.organization.actors import Actor

from .conftest import AT, appoint, make_route

ALL = {
    "name": "会签",
    "batch": True,
    "steps": [{"name": "会签", "who": [{"post": "handler"}], "mode": "all"}],
}
# Lock, signers, who may act, signers' rows, the move with its entry (two on SQLite).
MOST = {"postgresql": 5, "sqlite": 7}
CHUNK = {"postgresql": 7, "sqlite": 9}  # and what each is about, which a single one needs not


def sent(call) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        call()
    return [
        one["sql"] for one in asked if not one["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT"))
    ]


@pytest.fixture
def five(town, told):
    make_route(ALL)
    return [appoint(town.unit, "handler", f"经办{n}") for n in range(5)]


def opened(town, number: int) -> int:
    return services.start(
        route="test", subject="test.matter", subject_id=number, title="月报", brief="", unit=town.unit.pk, digest="d1",
        actor=Actor.of(town.liaison), at=AT,
    )  # fmt: skip


def test_one_decision_of_five_signers(town, five):
    approvals = [opened(town, 1), opened(town, 2)]
    for seat in five[:4]:  # the first time a statement is worked out
        services.decide(approval_id=approvals[0], actor=Actor.of(seat), at=AT, do="agree")
    last = five[4]
    costs = [
        len(
            sent(
                lambda seat=seat: services.decide(
                    approval_id=approvals[1], actor=Actor.of(seat), at=AT, do="agree"
                )
            )
        )
        for seat in five
    ]
    services.decide(approval_id=approvals[0], actor=Actor.of(last), at=AT, do="agree")
    assert max(costs) <= MOST[connection.vendor]
    assert set(Approval.objects.values_list("state", flat=True)) == {"approved"}


def test_two_hundred_agreements_are_two_chunks(town, five):
    def shown(first: int, count: int) -> dict[int, Shown]:
        pks = [opened(town, first + n) for n in range(count)]
        keys = Signer.objects.filter(approval__in=pks, appointment=five[0]).values_list("approval", "key")
        return {pk: Shown(key, "d1") for pk, key in keys}

    few, many = shown(1000, 2), shown(2000, 200)
    actor = Actor.of(five[0])
    services.agree_to(shown=shown(500, 2), actor=actor, at=AT)  # worked out once
    small = len(sent(lambda: services.agree_to(shown=few, actor=actor, at=AT)))
    assert small <= CHUNK[connection.vendor]
    assert len(sent(lambda: services.agree_to(shown=many, actor=actor, at=AT))) == 2 * small
