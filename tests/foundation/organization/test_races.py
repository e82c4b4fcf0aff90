"""A form that is sent twice at the same moment, in two processes: one adds, the other one hears why."""

import pytest

from foundation.organization.models import Person, Unit
from tests.cast import engage
from tests.pairs import pairs

pytestmark = pytest.mark.django_db(transaction=True)
FEW = 8


@pytest.fixture
def add(transactional_db, together):
    """add(act, name, of): by two administrators at once; of each pair one is told."""
    seat = engage().administrator.pk

    def at_once(act: str, of: str, says: str) -> int:
        for n, _ in enumerate(pairs(together, FEW), 1):
            both = {"act": act, "seat": seat, "kw": {of: f"new{n}"}}
            assert sorted(together(both, both)) == ["", says.format(f"new{n}")]
        return n

    return at_once


def test_two_accounts_of_one_name(add):
    made = add("add_account", "username", "账号“{}”已有人使用，请换一个。")
    assert Person.objects.filter(username__startswith="new").count() == made


def test_two_units_of_one_code(add):
    made = add("add_unit", "code", "编码“{}”已有单位使用，请换一个。")
    assert Unit.objects.filter(code__startswith="new").count() == made
