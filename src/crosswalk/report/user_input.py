"""Check the names and paths that a user gives, before anything runs."""

import difflib
import os
from collections.abc import Iterable
from pathlib import Path

SHOWN = 3
# How much of a name has to be the same, and of its last part.
ALIKE, ALIKE_PART = 0.6, 0.75


class UsageError(ValueError):
    """Raised for an unusable argument; the message gives the reason."""


def near(name: str, known: Iterable[str]) -> list[str]:
    """Return the names of ``known`` that ``name`` may mean, the closest first.

    The comparison ignores case, and accepts the last part of a dotted or slashed name
    for the whole name.
    """
    whole: dict[str, list[str]] = {}
    last: dict[str, list[str]] = {}
    for one in known:
        text = one.lower()
        whole.setdefault(text, []).append(one)
        last.setdefault(text.replace("/", ".").rpartition(".")[2], []).append(one)
    asked = name.lower()
    if asked in whole:
        return whole[asked][:SHOWN]
    tail = asked.replace("/", ".").rpartition(".")[2]
    found = [*last.get(tail, ())]
    for texts, text, alike in ((whole, asked, ALIKE), (last, tail, ALIKE_PART)):
        for match in difflib.get_close_matches(text, texts, SHOWN, alike):
            found += texts[match]
    return list(dict.fromkeys(found))[:SHOWN]


def meant(name: str, known: Iterable[str]) -> str:
    """Return "did you mean …? ", or "" if no known name is close to ``name``."""
    found = near(name, known)
    return f"did you mean {' or '.join(map(repr, found))}? " if found else ""


def require_file(path: Path, option: str) -> None:
    """Raise UsageError unless a file can be written at ``path``; write nothing."""
    folder = path.absolute().parent
    if path.is_dir():
        message = f"{option}: expected the name of a file, found the folder {path}"
        raise UsageError(message)
    if not folder.is_dir():
        message = (
            f"{option} {path}: expected an existing folder, found none at {folder}; "
            "make it, or name another file"
        )
        raise UsageError(message)
    if not os.access(path if path.exists() else folder, os.W_OK):
        message = f"{option} {path}: writing there is not allowed; name another file"
        raise UsageError(message)


def require_folder(path: Path, option: str) -> None:
    """Raise UsageError unless ``path`` is a writable folder or can become one."""
    there = path.absolute()
    while not there.exists():
        there = there.parent
    if not there.is_dir():
        message = (
            f"{option} {path}: expected a folder, found the file {there}; "
            "name another folder"
        )
        raise UsageError(message)
    if not os.access(there, os.W_OK | os.X_OK):
        message = (
            f"{option} {path}: writing in {there} is not allowed; name another folder"
        )
        raise UsageError(message)
