"""Every schema in docs/schemas is one."""

import json

import pytest
from jsonschema import Draft202012Validator

from tests.house import ROOT

SCHEMAS = sorted((ROOT / "docs/schemas").glob("*.json"))


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.stem)
def test_it_is_a_schema(path):
    Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))
