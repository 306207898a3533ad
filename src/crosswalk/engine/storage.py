"""Digests, and files that are written in one step."""

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
# The lines of a docstring. Not by parsing: each build looks at every check.
DOCSTRING = re.compile(rb'(?:\A|(?<=:\n)) *"""(?:[^"\\]|\\.|"(?!""))*"""\n', re.DOTALL)


def digest_of_files(
    paths: Iterable[Path],
    root: Path,
    *,
    shared: str = "",
    read: Callable[[Path], bytes] = Path.read_bytes,
) -> str:
    """Return a digest of ``shared`` and of files: names below ``root``, and contents.

    A path that is no file does not count.  ``read`` gives the content that does.
    """
    found = hashlib.sha256(shared.encode())
    for path in sorted(set(paths)):
        if path.is_file():
            content = read(path)
            found.update(f"{_name(path, root)}\0{len(content)}\0".encode())
            found.update(content)
    return found.hexdigest()


def without_docstrings(path: Path) -> bytes:
    """Return what a file of Python does: words that describe it do not count."""
    return DOCSTRING.sub(b"", path.read_bytes())


def digest_of_code(
    folders: Iterable[str], read: Callable[[Path], bytes] = Path.read_bytes
) -> str:
    """Return a digest of the Python files in folders of this package.

    ``"."`` stands for those beside the folders; others are taken whole.
    A whole path stands for a folder outside.
    """
    files = [
        path
        for name in folders
        for path in (PACKAGE / name).glob("*.py" if name == "." else "**/*.py")
    ]
    return digest_of_files(files, PACKAGE, read=read)


def digest_of_data(
    data: object, default: Callable[[object], object] | None = None
) -> str:
    """Return a digest of plain data, and of what ``default`` makes plain."""
    text = json.dumps(data, default=default, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def write_whole(path: Path, content: str | bytes) -> None:
    """Give a file its new content in one step: no reader sees half of it.

    Raises OSError if it cannot be written; the old content stays.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _name(path: Path, root: Path) -> str:
    """Return the name of a file below ``root``; the whole path of another."""
    return str(path.relative_to(root) if path.is_relative_to(root) else path)
