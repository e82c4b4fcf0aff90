"""What script/assets made: whole, and holding every icon that a page names."""

import hashlib
import re

from foundation.organization.templatetags.shell import ENTRIES
from tests.house import ROOT, sources

VENDOR = ROOT / "static" / "vendor"
NAMED = re.compile(r"""\bicon[ (]"([a-z0-9-]+)\"""")


def test_every_icon_that_a_page_names_is_in_the_sprite():
    named = {icon for path in sources(".html", ".py") for icon in NAMED.findall(path.read_text())}
    named |= {entry.icon for entry in ENTRIES}
    assert named <= set(re.findall(r'<symbol id="([^"]+)"', (VENDOR / "icons.svg").read_text()))


def test_every_asset_is_what_the_manifest_says():
    lines = (line.split() for line in (VENDOR / "manifest.sha256").read_text().splitlines())
    manifest = {name: digest for digest, name in lines}
    assert "./bootstrap/bootstrap.min.css" in manifest
    for name, digest in manifest.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest
