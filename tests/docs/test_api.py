"""docs/api.md tells of every address of the API, and what it shows can be sent."""

import json
import re

from django.urls import URLPattern, get_resolver

from approvals.api.urls import urlpatterns
from foundation.organization.schemas import fault
from tests.docs.test_manual import PROGRAMS
from tests.house import ROOT
from tests.test_pages import names

TEXT = (ROOT / "docs/api.md").read_text("utf-8")
HEADS = re.findall(r"^## (GET|POST) (/\S+)$", TEXT, re.MULTILINE)
SENT = re.findall(r"/api/(\S+) -d '(.+)'", TEXT)


def told(pattern: URLPattern) -> str:
    return "/" + re.sub(
        r"<\w+:(\w+)>", lambda found: {"pk": "ID"}.get(found[1], found[1].upper()), str(pattern.pattern)
    )


def test_every_address_has_its_head():
    assert sorted(address for _, address in HEADS) == sorted(map(told, urlpatterns))
    assert {one.name for one in urlpatterns} == {
        name for name in names(get_resolver().url_patterns) if name.startswith(PROGRAMS)
    }


def test_what_is_shown_keeps_the_schema():
    assert len(SENT) == 3
    for path, body in SENT:
        assert fault(json.loads(body), "api_agree" if "inbox" in path else "api_decision", path) == ""


def test_every_schema_of_the_api_is_named():
    schemas = {path.name for path in (ROOT / "docs/schemas").glob("api_*.json")}
    assert set(re.findall(r"schemas/(api_\w+\.json)", TEXT)) == schemas


def test_the_boxes_and_acts_of_the_schemas_are_ours():
    from approvals.api.deciding import ACTS
    from approvals.inbox import BOXES

    def schema(name: str) -> dict:
        return json.loads((ROOT / f"docs/schemas/{name}.json").read_text("utf-8"))["properties"]

    assert schema("api_inbox")["box"]["enum"] == list(BOXES)
    assert set(schema("api_approval")["may"]["items"]["enum"]) == set(ACTS)
