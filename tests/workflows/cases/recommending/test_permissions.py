"""Each rule is the same for one row and for a list, person by person."""

import pytest
from django.utils import timezone

from tests.cast import actor
from tests.matrix import EVERYBODY, person
from workflows.cases.models import Case, Recommendation
from workflows.cases.permissions import recommends, sees_recommendation

SEES = {"clerk", "office_head", "town.liaison", "town.handler", "town.deputy", "town.head"}


@pytest.mark.parametrize("key", sorted(EVERYBODY))
def test_who_recommends_and_who_sees(case, cast, key):
    case.recommend()
    seat, day = person(cast, key), timezone.localdate()
    row, of = case.row, Case.objects.get(pk=case.case)
    assert recommends(of, actor(seat), day) == (key in {"town.liaison", "town.handler"})
    assert Case.objects.filter(recommends.q(seat.pk, day)).exists() == recommends(of, actor(seat), day)
    assert sees_recommendation(row, actor(seat), day) == (key in SEES)
    assert Recommendation.objects.filter(sees_recommendation.q(seat.pk, day)).exists() == (key in SEES)
