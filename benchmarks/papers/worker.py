"""A peer that stays open, in a process of its own: "PAPER SIZE NUMBER" in, a file made, "done" out.

Its first line is the id of the process that is measured.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from .texts import text_of


def serve(make: Callable[[str, int], bytes], pid: int = 0, name: str = "{}-{}.pdf") -> None:
    folder = Path(sys.argv[1])
    print(pid or os.getpid(), flush=True)
    for line in sys.stdin:
        paper, size, number = line.split()
        made = make(text_of(paper, int(size), int(number)), int(number))
        (folder / name.format(paper, number)).write_bytes(made)
        print("done", flush=True)
