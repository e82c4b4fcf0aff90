"""One request to one server that may be slow, broken or hostile: bounded in time and size, and never led elsewhere.

No address and no answer of a server gets into an error: both may hold a key.
"""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

LARGEST = 64 * 1024  # bytes of an answer that are read
JSON = {"Content-Type": "application/json; charset=utf-8"}


class Down(Exception):
    """The server can't be reached, or does not answer as it should."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> dict[str, Any]:
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise Down("对方的回答看不懂。") from error
        if not isinstance(found, dict):
            raise Down("对方的回答看不懂。")
        return found


def ask(url: str, body: bytes | None = None, headers: Mapping[str, str] = JSON) -> Answer:
    """POST `body`, or GET without one. Raises Down; 5xx, 429 and redirects are as good as no answer."""
    seconds = settings.MESSAGE_TIMEOUT
    where = urlsplit(url)
    try:
        kind = HTTPSConnection if where.scheme == "https" else HTTPConnection
        connection = kind(where.hostname or "", where.port, timeout=seconds)
    except (ValueError, HTTPException) as error:
        raise Down("地址设置有误。") from error
    over = threading.Timer(seconds, _hang_up, [connection])
    over.daemon = True
    over.start()
    try:
        connection.request(
            "GET" if body is None else "POST",
            f"{where.path or '/'}?{where.query}".rstrip("?"),
            body,
            dict(headers),
        )
        response = connection.getresponse()
        answer = Answer(response.status, response.read(LARGEST))
    except ssl.SSLError as error:
        raise Down("对方的证书不可信，没有发送。") from error
    except (OSError, HTTPException, ValueError) as error:
        raise Down("连不上，或没有在时限内回答。") from error
    finally:
        over.cancel()
        connection.close()
    if answer.status == 429 or answer.status >= 500:
        raise Down(f"对方暂时不能接收（HTTP {answer.status}）。")
    if 300 <= answer.status < 400:
        raise Down(f"对方要求转到别的地址（HTTP {answer.status}），没有照办。请核对设置的地址。")
    return answer


def _hang_up(connection: HTTPConnection) -> None:
    """The time-out of a socket counts from byte to byte: a server that drips could keep us for ever."""
    sock = connection.sock
    if sock is not None:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:  # it has just ended by itself
            return


def as_json(value: Mapping[str, Any]) -> bytes:
    """The same bytes for the same value: what was sent twice is recognised by them."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
