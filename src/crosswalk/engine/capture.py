"""Capture the output of a program, including output of C code and child processes."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from crosswalk import expect


@contextlib.contextmanager
def captured(stem: Path) -> Iterator[int]:
    """Redirect file descriptors 1 and 2 to ``stem``.out and .err; yield the former."""
    sys.stdout.flush()
    sys.stderr.flush()
    saved = os.dup(1), os.dup(2)
    flags = os.O_CREAT | os.O_WRONLY | os.O_APPEND
    files = [os.open(stem.with_suffix(end), flags, 0o600) for end in (".out", ".err")]
    os.dup2(files[0], 1)
    os.dup2(files[1], 2)
    try:
        yield files[0]
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        for descriptor, number in zip(saved, (1, 2), strict=True):
            os.dup2(descriptor, number)
            os.close(descriptor)
        for descriptor in files:
            os.close(descriptor)


def split_output(data: bytes, ends: list[int]) -> tuple[str, ...]:
    """Split output at the offsets ``ends`` into one text for each part."""
    starts = [0, *ends]
    pieces = [data[a:b] for a, b in zip(starts, [*ends, len(data)], strict=True)]
    if not pieces[-1]:
        pieces.pop()
    return tuple(expect.normalise(piece.decode(errors="replace")) for piece in pieces)
