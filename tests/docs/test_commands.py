"""docs/commands.md has a section for every management command of ours, with all its options."""

import re

import pytest
from django.core.management import BaseCommand, get_commands, load_command_class

from tests.house import ROOT

ROOMS = ("foundation", "approvals", "documents", "workflows")
OURS = {name: app for name, app in get_commands().items() if app.split(".")[0] in ROOMS}
EVERYWHERE = BaseCommand().create_parser("manage.py", "")._option_string_actions


def sections() -> dict[str, str]:
    parts = re.split(r"^## (\w+).*$", (ROOT / "docs/commands.md").read_text(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_command_is_documented_and_every_documented_command_exists():
    assert sorted(sections()) == sorted(OURS)


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_option_of_a_command_is_documented(name):
    parser = load_command_class(OURS[name], name).create_parser("manage.py", name)
    options = set(parser._option_string_actions) - set(EVERYWHERE)
    assert not {option for option in options if option not in sections()[name]}
