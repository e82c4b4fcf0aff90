"""ZIP files (DOCX, XLSX and OFD are some) with the same bytes for the same parts."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

MADE = (2000, 1, 1, 0, 0, 0)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """In the order given, each stamped with a day that is none."""
    file = BytesIO()
    with ZipFile(file, "w") as package:
        for name, content in parts.items():
            package.writestr(ZipInfo(name, MADE), content, ZIP_DEFLATED)
    return file.getvalue()


def stamped(package: bytes) -> bytes:
    """What another library zipped, without the moment it did."""
    with ZipFile(BytesIO(package)) as source:
        return zipped({name: source.read(name) for name in source.namelist()})
