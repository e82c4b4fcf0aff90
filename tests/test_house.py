"""The house keeps its own rules: small files, no machine's paths, no foreign hosts."""

import re

from tests.house import ROOT, name, sources

CODE = (".py", ".html", ".css", ".js", ".sh", "script/test", "script/server", "script/bootstrap")
SHOWN = (".html", ".css", ".js", ".svg", ".txt")
MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(?:root|home/\w+|Users/\w+|work/(?:main|shared))(?=/|\b)")
REGISTRY = re.compile(r"registry\.npm|pypi\.org|pythonhosted|deb\.debian\.org|npmmirror|\bmirrors?\.\w+\.")
ADDRESS = re.compile(r"""(?:https?:|(?<=["'(]))//([\w.-]+\.[a-z]{2,})""")
NAMESPACES = {"www.w3.org"}


def too_long(paths, limit):
    return {name(p): n for p in paths if (n := len(p.read_text().splitlines())) > limit}


def test_a_source_file_is_at_most_400_lines():
    assert not too_long(sources(*CODE), 400)


def test_a_flow_reads_on_one_page():
    assert not too_long(
        [p for p in sources(".py") if {"flows", "flows.py"} & set(p.relative_to(ROOT).parts)], 160
    )


def test_no_file_names_a_path_of_one_machine():
    assert not [name(p) for p in sources() if MACHINE_PATH.search(p.read_text())]


def test_no_file_names_a_package_registry():
    assert not [name(p) for p in sources() if p.name != "test_house.py" and REGISTRY.search(p.read_text())]


def test_no_template_or_asset_names_a_foreign_host():
    shown = [p for p in sources(*SHOWN) if {"templates", "static"} & set(p.relative_to(ROOT).parts)]
    found = {name(p): set(ADDRESS.findall(p.read_text())) - NAMESPACES for p in shown}
    assert not {page: hosts for page, hosts in found.items() if hosts}
