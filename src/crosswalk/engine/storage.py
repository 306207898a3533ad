"""Compute digests, and write files in one step."""

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
# The lines of a docstring; parsing every check in each build would take longer.
DOCSTRING = re.compile(rb'(?:\A|(?<=:\n)) *"""(?:[^"\\]|\\.|"(?!""))*"""\n', re.DOTALL)


def digest_of_files(
    paths: Iterable[Path],
    root: Path,
    *,
    shared: str = "",
    read: Callable[[Path], bytes] = Path.read_bytes,
) -> str:
    """Return a digest of ``shared`` and of files: names below ``root`` and contents.

    Ignores a path that is not a file.
    ``read`` returns the content that enters the digest.
    """
    found = hashlib.sha256(shared.encode())
    for path in sorted(set(paths)):
        if path.is_file():
            content = read(path)
            found.update(f"{_name(path, root)}\0{len(content)}\0".encode())
            found.update(content)
    return found.hexdigest()


def without_docstrings(path: Path) -> bytes:
    """Return the content of a Python file without its docstrings."""
    return DOCSTRING.sub(b"", path.read_bytes())


@cache
def digest_of_code(folders: tuple[str, ...]) -> str:
    """Return a digest of the Python files in folders of this package.

    Ignores docstrings, because a reworded one changes no outcome, and stays as it is
    while this process runs.

    ``"."`` means the modules directly in the package; other folders include subfolders.
    An absolute path means a folder outside the package.
    """
    files = [
        path
        for name in folders
        for path in (PACKAGE / name).glob("*.py" if name == "." else "**/*.py")
    ]
    return digest_of_files(files, PACKAGE, read=without_docstrings)


def digest_of_data(
    data: object, default: Callable[[object], object] | None = None
) -> str:
    """Return a digest of plain data; ``default`` converts any other objects."""
    text = json.dumps(data, default=default, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file in one step, so no reader sees half of it.

    Raises OSError if it cannot be written; the old content remains.
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
    """Return the name of a file below ``root``, or its full path if it is outside."""
    return str(path.relative_to(root) if path.is_relative_to(root) else path)
