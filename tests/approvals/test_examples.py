"""docs/examples/approvals: every row of the semantics, played by `approvals simulate`, to the last word."""

import json

import jsonschema
import pytest

from approvals.engine import route_json
from approvals.simulation import script, simulate
from tests.house import ROOT

EXAMPLES = ROOT / "docs/examples/approvals"
NAMES = sorted(path.name.removesuffix(".route.json") for path in EXAMPLES.glob("*.route.json"))
SCHEMAS = {
    kind: json.loads((ROOT / f"docs/schemas/{name}.json").read_text())
    for kind, name in (("route", "route"), ("script", "approvals_script"), ("expected", "approvals_simulate"))
}


def read(name: str, kind: str):
    document = json.loads((EXAMPLES / f"{name}.{kind}.json").read_text())
    jsonschema.validate(document, SCHEMAS[kind])
    return document


@pytest.mark.parametrize("name", NAMES)
def test_an_example_does_what_it_says(name):
    found = simulate(route_json.read(read(name, "route")), script.read(read(name, "script")))
    assert found == read(name, "expected")


def test_every_command_and_every_effect_is_shown_at_least_once():
    done = {line["do"] for name in NAMES for line in read(name, "script")["commands"]}
    seen = {
        effect["kind"]
        for name in NAMES
        for result in read(name, "expected")["results"]
        for effect in result["effects"]
    }
    assert done == set(SCHEMAS["script"]["properties"]["commands"]["items"]["properties"]["do"]["enum"])
    results = SCHEMAS["expected"]["properties"]["results"]["items"]["properties"]
    assert seen == set(results["effects"]["items"]["properties"]["kind"]["enum"])
