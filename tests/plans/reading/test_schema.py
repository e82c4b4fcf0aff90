import json

import jsonschema
import pytest

from tests.plans.reading.helpers import FIXTURES, LEXICON, PUBLISHED, ROOT, fixture, published
from workflows.plans.reading import read

SCHEMA = json.loads((ROOT / "docs" / "schemas" / "import_plan.json").read_text(encoding="utf-8"))


def check(document: dict[str, object]) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(json.dumps({"campaign": None, **document})))


@pytest.mark.parametrize("name", [p.stem for p in sorted(FIXTURES.glob("*.txt"))])
def test_every_reading_fits_the_schema(name):
    check(fixture(name)[1].as_json())


@published
def test_the_published_plan_fits_the_schema():
    check(read(PUBLISHED.read_text(encoding="utf-8"), LEXICON).as_json())


def test_an_empty_reading_fits_the_schema():
    check(read("你好", LEXICON).as_json())


def test_an_unknown_key_does_not_fit():
    with pytest.raises(jsonschema.ValidationError):
        check({**read("你好", LEXICON).as_json(), "warnings": []})
