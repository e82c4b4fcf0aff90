"""What commands that read files have in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError


@contextmanager
def bad_input(*faults: type[Exception]) -> Iterator[None]:
    """A file that can't be opened, or one of `faults` in what it says, ends the command with 2 and a sentence."""
    try:
        yield
    except OSError as error:
        raise CommandError(f"文件 {error.filename} 打不开：{error.strerror}。", returncode=2) from error
    except faults as error:
        raise CommandError(str(error), returncode=2) from error
