"""docs/settings.md lists what config/settings.py and the scripts read from the environment: no more, no less."""

import ast
import re

from tests.house import ROOT, sources

DOCUMENTED = re.compile(r"^\| `([A-Z_]+)`", re.MULTILINE)
WITH_DEFAULT = re.compile(r"\$\{([A-Z_]+):-")


def read_by_settings() -> set[str]:
    tree = ast.parse((ROOT / "config/settings.py").read_text())
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    return {c.args[0].value for c in calls if re.match(r"env\b(?!iron)", ast.unparse(c.func))}


def read_by_scripts() -> set[str]:
    scripts = (path.read_text() for path in sources() if path.parent.name == "script")
    return {name for text in scripts for name in WITH_DEFAULT.findall(text)}


def test_every_setting_is_documented_and_every_documented_setting_exists():
    documented = DOCUMENTED.findall((ROOT / "docs/settings.md").read_text())
    assert sorted(documented) == sorted(read_by_settings() | read_by_scripts())


def test_nothing_but_the_settings_reads_the_environment():
    rooms = ("foundation", "approvals", "documents", "workflows")
    readers = [p for p in sources(".py") if p.relative_to(ROOT).parts[0] in rooms]
    assert not [p for p in readers if re.search(r"\b(environ|getenv)\b", p.read_text())]
