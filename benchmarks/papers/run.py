"""The rounds: everybody makes the same documents, kind by kind, taking turns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from .office import Office
from .peers import ROOT, Peer, installed, start
from .texts import SIZES, TINY, lacking, text_of
from .usage import watched

COPIES, SINGLES = 500, 60
FEW = (6, 2)


def measure(peers: Sequence[str], rounds: int, copies: int, sizes: dict[str, int]) -> dict[str, Any]:
    """`rounds`: for each, {paper: {peer: seconds a document}}, the office's start under "start"."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="anban-bench.")))
        open_peers: dict[str, Peer] = {}
        for name in peers:
            open_peers[name] = start(name, home)
            stack.callback(open_peers[name].close)
        warm = {name: _warm(peer, sizes) for name, peer in open_peers.items()}
        found = [_round(open_peers, sizes, range(1, copies + 1)) for _ in range(rounds)]
        memory = {name: _memory(peer, sizes) for name, peer in open_peers.items()}
    return {"rounds": found, "memory": memory, "pages": warm}


def _warm(peer: Peer, sizes: dict[str, int]) -> dict[str, int]:
    """Once around, and nobody leaves out a word. Pages of each."""
    for paper, size in sizes.items():
        peer.make(paper, size, [0])
    return {paper: _read(peer, paper, size) for paper, size in sizes.items()}


def _read(peer: Peer, paper: str, size: int) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(peer.folder / f"{paper}-0.pdf") as document:
        found = "".join(page.get_textpage().get_text_range() for page in document)
        if missing := lacking(text_of(paper, size, 0), found):
            raise SystemExit(f"{peer.folder.name} left out of {paper}: {missing}")
        return len(document)


def _round(peers: dict[str, Peer], sizes: dict[str, int], numbers: range) -> dict[str, dict[str, float]]:
    told: dict[str, dict[str, float]] = {
        paper: {name: peer.make(paper, size, numbers) / len(numbers) for name, peer in peers.items()}
        for paper, size in sizes.items()
    }
    told["start"] = {
        name: peer.start() / len(numbers) for name, peer in peers.items() if isinstance(peer, Office)
    }
    return told


def _memory(peer: Peer, sizes: dict[str, int]) -> int:
    """Once around, looked at all the time: looking costs time, which isn't measured here."""
    with watched(peer.memory) as peak:
        for paper, size in sizes.items():
            peer.make(paper, size, [0])
    return peak.bytes


def batch(copies: int, singles: int) -> dict[str, Any]:
    """Copies in one job against singles (benchmarks/copies.py)."""
    with tempfile.TemporaryDirectory(prefix="anban-bench.") as home:
        told = subprocess.check_output(
            [sys.executable, "-m", "benchmarks.copies", str(copies), str(singles)], cwd=ROOT, text=True,
            env=os.environ | {"ANBAN_DATA": home, "DJANGO_SETTINGS_MODULE": "benchmarks.settings"},
        )  # fmt: skip
    return json.loads(told)


def run(*, rounds: int, small: bool) -> dict[str, Any]:
    there = installed()
    peers = [name for name, is_there in there.items() if is_there]
    sizes, copies = (TINY, 1) if small else (SIZES, 10)
    found = measure(peers, rounds, copies, sizes)
    absent = [name for name, is_there in there.items() if not is_there]
    return found | {
        "copies": copies,
        "absent": absent,
        "batch": batch(*(FEW if small else (COPIES, SINGLES))),
    }
