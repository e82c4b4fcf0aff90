"""Files that can be made again at any time: under a name that tells their content, the oldest go."""

from __future__ import annotations

import os
from pathlib import Path

from foundation.organization.whole import unfinished


def keep(path: Path, content: bytes, *, most: int) -> None:
    """Whole or not at all; nobody waits for the disk, since it can be made again. Of more than `most` files of its kind the oldest quarter goes."""
    with unfinished(path.parent) as file:
        file.write(content)
        file.flush()
        os.replace(file.name, path)
    there = list(path.parent.glob(f"*{path.suffix}"))
    if len(there) > most:
        for old in sorted(there, key=_age)[: len(there) - most * 3 // 4]:
            old.unlink(missing_ok=True)


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another worker was here first
        return 0.0
