"""The 核验码 that stands on a paper, read from its text."""

from __future__ import annotations

import re

from . import codes

SAYS = re.compile(rf"核\s*验\s*码\s*({codes.PRINTED.pattern})")


def printed_code(content: bytes) -> str:
    """From the last page forward; empty where there is none, or no page can be read."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(content) as pdf:
            for number in reversed(range(len(pdf))):
                if found := SAYS.search(pdf[number].get_textpage().get_text_bounded()):
                    return codes.typed(found[1])
    except pypdfium2.PdfiumError:
        return ""
    return ""
