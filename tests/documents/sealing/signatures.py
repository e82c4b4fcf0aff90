"""Keys and signed papers that the tests of this room share; made once, a key costs half a second."""

import datetime as dt
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from documents.layout import Meta, parse, render_notice
from documents.sealing import authority, keys
from documents.sealing.signing import signed

AT = dt.datetime(2026, 5, 20, 9, tzinfo=dt.timezone(dt.timedelta(hours=8)))
PASSWORD = "correct horse"
ENDED = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)


@cache
def key_file(until: dt.datetime = authority.UNTIL, password: str = "", other: int = 0) -> Path:
    """`other` makes one of another authority."""
    path = Path(mkdtemp()) / "key.p12"
    path.write_bytes(authority.key_content(until=until, password=password.encode() or None))
    return path


def the_key() -> keys.Key:
    return keys._kept(key_file(), "")


def root(key: keys.Key):
    return key.chain[0]


@cache
def plain_pdf(code: str = "") -> bytes:
    text = "关于开展检查的通知\n各镇：\n请按时开展检查。\n某市安全生产委员会办公室"
    return render_notice(parse(text), Meta(organ="某市安全生产委员会办公室", issued_on=AT.date(), mark=code))


@cache
def signed_pdf() -> bytes:
    return signed(plain_pdf(), key=the_key(), organ="某市安全生产委员会办公室", at=AT)
