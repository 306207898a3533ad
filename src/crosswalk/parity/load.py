"""Read the data files of the reference: ``parity/<class>.py``."""

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

from crosswalk.parity.model import Pair, Subject


class SubjectError(ValueError):
    """Raised where a data file cannot be read; the text says which and why."""


def read(folder: Path) -> tuple[Subject, ...]:
    """Return the subjects of all data files in ``folder``, sorted by name.

    Raises SubjectError for a file without subject, or two of one class.
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
        message = f"{path}: expected SUBJECT = Subject(...), got {error!r}"
        raise SubjectError(message) from error
    return replace(subject, path=path)


def pairs(subjects: tuple[Subject, ...]) -> dict[str, Pair]:
    """Return all pairs by name; a class without counterpart is a pair with none."""
    found = [
        Pair(subject, counterpart)
        for subject in subjects
        for counterpart in subject.counterparts or (None,)
    ]
    return {pair.id: pair for pair in found}
