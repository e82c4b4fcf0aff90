"""Servers on the loopback that take messages as the real ones do, and refuse what has not their form."""

from __future__ import annotations

import json
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Reply = tuple[int, bytes]


@dataclass
class Request:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@contextmanager
def web(answer: Callable[[Request], Reply | Callable[[Any], None]]) -> Iterator[str]:
    """Its address. `answer` gives status and body, or a function that does what it likes with the open connection."""

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            where, size = urlsplit(self.path), int(self.headers.get("Content-Length") or 0)
            request = Request(
                self.command,
                where.path,
                dict(parse_qsl(where.query)),
                dict(self.headers),
                self.rfile.read(size),
            )
            reply = answer(request)
            if callable(reply):
                reply(self)
                return
            status, body = reply
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = _any

        def log_message(self, *_: object) -> None:
            """Nothing to be heard."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close = True, False
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def drip(handler: Any) -> None:
    """A byte now and then, for ever."""
    try:
        for _ in range(200):
            handler.wfile.write(b"H")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        return


def flood(handler: Any) -> None:
    """An answer without an end."""
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
    try:
        while True:
            handler.wfile.write(b"x" * 65536)
    except OSError:
        return


CARD = {"touser", "msgtype", "agentid", "textcard", "enable_duplicate_check", "duplicate_check_interval"}
TEXT = (CARD - {"textcard"}) | {"text"}


@dataclass
class WeCom:
    """gettoken, message/send and webhook/send by their public forms; the same JSON is delivered once."""

    members: set[str]
    delivered: list[dict] = field(default_factory=list)
    posts: list[dict] = field(default_factory=list)
    tokens: int = 0
    says: list[dict] = field(default_factory=list)  # what it answers first, whatever comes
    seen: set[bytes] = field(default_factory=set)

    def __call__(self, request: Request) -> Reply:
        if request.path == "/cgi-bin/gettoken":
            return self._told(self._token(request))
        assert request.method == "POST"
        assert request.headers["Content-Type"] == "application/json; charset=utf-8"
        if request.path == "/cgi-bin/webhook/send":
            return self._told(self._post(request))
        assert request.path == "/cgi-bin/message/send"
        if self.says:
            return self._told(self.says.pop(0))
        return self._told(self._send(request))

    def _token(self, request: Request) -> dict:
        assert (request.method, request.query) == ("GET", {"corpid": "wwcorp", "corpsecret": "geheim"})
        self.tokens += 1
        return {"errcode": 0, "errmsg": "ok", "access_token": f"t{self.tokens}", "expires_in": 7200}

    def _send(self, request: Request) -> dict:
        if request.query != {"access_token": f"t{self.tokens}"}:
            return {"errcode": 40014, "errmsg": "invalid access_token"}
        told = request.json
        assert set(told) == (CARD if told["msgtype"] == "textcard" else TEXT)
        assert (told["agentid"], told["enable_duplicate_check"], told["duplicate_check_interval"]) == (
            1000002,
            1,
            14400,
        )
        if told["msgtype"] == "textcard":
            card = told["textcard"]
            assert set(card) == {"title", "description", "url", "btntxt"}
            assert len(card["title"].encode()) <= 128 and len(card["description"].encode()) <= 512  # noqa: PT018
        if told["touser"] not in self.members:
            return {"errcode": 81013, "errmsg": "user & party & tag all invalid"}
        if request.body not in self.seen:
            self.delivered.append(told)
        self.seen.add(request.body)
        return {"errcode": 0, "errmsg": "ok", "msgid": "m1"}

    def _post(self, request: Request) -> dict:
        assert request.query == {"key": "geheim"}
        told = request.json
        assert set(told) == {"msgtype", "text"}
        assert set(told["text"]) <= {"content", "mentioned_list", "mentioned_mobile_list"}
        assert len(told["text"]["content"].encode()) <= 2048
        self.posts.append(told)
        return {"errcode": 0, "errmsg": "ok"}

    @staticmethod
    def _told(answer: dict) -> Reply:
        return 200, json.dumps(answer).encode()


@dataclass
class Post:
    """An SMTP server: the letters it took; whom it refuses, and when it is out of order."""

    letters: list[tuple[str, str]] = field(default_factory=list)  # to whom, all of it
    refuses: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def open(self) -> Iterator[int]:
        post = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self._say(220, "post")
                to = ""
                for line in self.rfile:
                    word = line.decode().strip()
                    verb = word.split(":")[0].split(" ")[0].upper()
                    if verb == "RCPT":
                        to = word.partition("<")[2].rstrip(">")
                        self._say(post.refuses.get(to, 250), "so")
                    elif verb == "DATA":
                        self._say(354, "go on")
                        post.letters.append((to, self._letter()))
                        self._say(250, "taken")
                    elif verb == "QUIT":
                        self._say(221, "bye")
                        return
                    else:
                        self._say(250, "post")

            def _letter(self) -> str:
                lines = []
                for line in self.rfile:
                    if line == b".\r\n":
                        break
                    lines.append(line)
                return b"".join(lines).decode()

            def _say(self, code: int, words: str) -> None:
                self.wfile.write(f"{code} {words}\r\n".encode())

        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads, server.block_on_close = True, False
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            server.server_close()
