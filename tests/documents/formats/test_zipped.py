"""ZIP files depend on their parts alone."""

from io import BytesIO
from zipfile import ZipFile

from documents.formats.zipped import stamped, zipped

PARTS = {"b.xml": b"<b/>", "a/a.xml": "公文".encode()}


def test_parts_stand_in_the_order_given_and_come_back():
    with ZipFile(BytesIO(zipped(PARTS))) as package:
        assert {name: package.read(name) for name in package.namelist()} == PARTS
        assert package.namelist() == list(PARTS)


def test_the_moment_of_zipping_leaves_no_trace():
    file = BytesIO()
    with ZipFile(file, "w") as package:
        for name, content in PARTS.items():
            package.writestr(name, content)
    assert stamped(file.getvalue()) == zipped(PARTS)
