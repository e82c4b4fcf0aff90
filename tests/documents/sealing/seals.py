"""Seals and sealed papers that the tests of this room share."""

import datetime as dt
import io

from PIL import Image, ImageDraw

from documents.models import Document
from documents.sealing.services import add_seal
from documents.services import register_document
from foundation.organization.posts import Post
from tests.cast import Cast, actor

AT = dt.datetime(2026, 5, 20, 9, tzinfo=dt.timezone(dt.timedelta(hours=8)))
TEXT = "关于开展检查的通知\n各镇：\n请按时开展检查。\n某市安全生产委员会办公室"


def ring(size=(600, 600), mode="RGBA", paper=(0, 0, 0, 0), kind="PNG") -> bytes:
    """A red ring, as a seal is."""
    image = Image.new(mode, size, paper)
    ImageDraw.Draw(image).ellipse((10, 10, size[0] - 10, size[1] - 10), outline=(230, 0, 18), width=12)
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def seal(cast: Cast, **told) -> int:
    given = {
        "organ": cast.office, "name": "办公室印章", "picture": ring(), "file_name": "印.png", "start": AT.date(),
        "posts": [Post.OFFICE_HEAD], "actor": actor(cast.administrator), "at": AT,
    }  # fmt: skip
    return add_seal(**(given | told))


def registered(cast: Cast, **told) -> Document:
    values = {
        "kind": "notice", "title": "关于开展检查的通知", "subject": "plans.plan", "subject_id": 1, "numbered": True,
        "organ": cast.office, "content": {"text": TEXT}, "actor": actor(cast.clerk), "at": AT,
    }  # fmt: skip
    values |= told
    values["organ"].document_code = "某安办"
    return Document.objects.get(pk=register_document(**values))
