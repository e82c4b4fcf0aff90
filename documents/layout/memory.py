"""Fonts and word lists are large, and little of one is needed: what is done with goes back to the machine. Elsewhere than
on Linux nothing happens."""

import ctypes
import mmap
from contextlib import suppress

LARGE = 1 << 20  # bytes
MMAP_THRESHOLD = -3  # of <malloc.h>
PAGE_OUT = 21  # of <sys/mman.h>: never loses anything


def return_large() -> None:
    """What is large is given back when it is freed. By itself the allocator keeps ever more of what was freed once:
    said at the start, before it has."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").mallopt(MMAP_THRESHOLD, LARGE)


def put_away(address: int, length: int) -> None:
    """Of a file that was read through: what is needed again is read again."""
    start = -(-address // mmap.PAGESIZE) * mmap.PAGESIZE
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").madvise(
            ctypes.c_void_p(start), ctypes.c_size_t(max(0, address + length - start)), PAGE_OUT
        )
