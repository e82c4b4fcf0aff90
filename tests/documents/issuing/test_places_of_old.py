"""Joint papers that had their number before places were kept (migration 0017)."""

from importlib import import_module

from django.apps import apps

from documents.models import Draft, SealPlace
from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM
from tests.workflows.tasks.minutes import AT

MOVE = import_module("documents.migrations.0017_places_of_joint_drafts").open_places


def test_each_organ_is_asked_once_and_only_where_a_seal_is_due(cast):
    values = {
        "kind": "notice",
        "title": "通知",
        "text": "通知",
        "organ": cast.office,
        "drafted_by": cast.clerk,
    }
    both = values | {"joint": True, "cosigners": ["bing", "jia"]}
    (waiting,) = create(Draft, both | {"state": "registered"}, actor=SYSTEM, at=AT)
    create(Draft, both | {"state": "sealed"}, actor=SYSTEM, at=AT)
    create(Draft, values | {"state": "registered"}, actor=SYSTEM, at=AT)
    for _ in range(2):
        MOVE(apps, None)
    places = SealPlace.objects.values_list("draft", "organ__code")
    assert sorted(places) == sorted([(waiting, "office"), (waiting, "jia"), (waiting, "bing")])
