"""Read the data files of the reference: ``parity/<class>.py``."""

import importlib.util
import sys
import traceback
from dataclasses import replace
from pathlib import Path

from crosswalk.parity.model import Pair, Subject


class SubjectError(ValueError):
    """Raised if a data file cannot be read; the message names file and reason."""


def require(folder: Path) -> None:
    """Raise SubjectError unless ``folder`` has data files."""
    if not any(folder.glob("*.py")):
        message = f"{folder}: expected a folder with data files, <class>.py, found none"
        raise SubjectError(message)


def read(folder: Path) -> tuple[Subject, ...]:
    """Return the subjects of all data files in ``folder``, sorted by name.

    Raises SubjectError for a file without a subject, or for two subjects of one class.
    """
    subjects = [read_file(path) for path in sorted(folder.glob("*.py"))]
    names = [subject.torch for subject in subjects]
    for subject in subjects:
        if names.count(subject.torch) > 1:
            message = f"{subject.path}: a second file for {subject.torch!r}"
            raise SubjectError(message)
    return tuple(sorted(subjects, key=lambda subject: subject.torch))


def read_file(path: Path) -> Subject:
    """Return the ``SUBJECT`` of one data file; raises SubjectError without one."""
    spec = importlib.util.spec_from_file_location(f"parity_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    # MindSpore's compiler imports the module of a class that it compiles.
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
        subject = module.SUBJECT
    except Exception as error:
        line = _line(path, error)
        message = f"{path}:{line}: expected SUBJECT = Subject(...), got {error!r}"
        raise SubjectError(message) from error
    return replace(subject, path=path)


def _line(path: Path, error: Exception) -> int:
    """Return the line of ``path`` that raised ``error``, or 1 if none did."""
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return error.lineno or 1
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(path)]
    return lines[-1] if lines and lines[-1] else 1


def pairs(subjects: tuple[Subject, ...]) -> dict[str, Pair]:
    """Return all pairs by name; a class without counterpart forms a pair with None."""
    listed = [
        Pair(subject, counterpart)
        for subject in subjects
        for counterpart in subject.counterparts or (None,)
    ]
    return {pair.id: pair for pair in listed}
