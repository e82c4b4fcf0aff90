import pytest

from workflows.plans.models import Item

from .minutes import Minutes, campaign


@pytest.fixture
def item(cast) -> Item:
    return campaign(cast)


@pytest.fixture
def case(cast, item) -> Minutes:
    return Minutes(cast, item)
