"""What runs inside the forked process: a comparison, and what libraries warn of."""

import re
import warnings
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from crosswalk.comparisons import execute
from crosswalk.comparisons import run as compared
from crosswalk.engine import sandbox
from crosswalk.engine.task import Procedure, Task
from crosswalk.expect import normalise
from crosswalk.model import FRAMEWORKS, Comparison, Outcome, Status, read

SENTENCE = re.compile(r"(?<=\.) (?=[A-Z])")
# In characters.
LONGEST = 400
PARTS = (*FRAMEWORKS, "checks")
# As Python prints them: the file, the line, the category and the text.
PYTHON = re.compile(r"^\S+:\d+: (?P<category>\w*Warning): (?P<text>.*)$", re.MULTILINE)
# As MindSpore's Python code prints them, which calls itself ME; what differs from run
# to run stands in parentheses. What its compiler prints is of nodes and addresses.
MINDSPORE = re.compile(
    r"^\[WARNING\] (?P<category>ME)\([^)]*\):[^\[]*\[[^\]]*\](?! *\w+\] )"
    r"(?P<text>.*)$",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Heard:
    """An outcome, and what was warned of in each side and in the checks."""

    outcome: Outcome
    warnings: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Return the comparison's name."""
        return self.outcome.id

    @property
    def sources(self) -> tuple[str, ...]:
        """Return what it imported from the project."""
        return self.outcome.sources

    @property
    def status(self) -> Status:
        """Return whether it may be reused."""
        return self.outcome.status

    def tells_of(self, item: Comparison) -> bool:
        """Return whether it is of ``item``, with every side and every check."""
        return self.outcome.tells_of(item)

    def to_json(self) -> dict[str, Any]:
        """Return plain data that `from_json` reads back."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: object) -> "Heard":
        """Read what `to_json` gave; raises TypeError for anything else."""
        return read(data, cls)


def run(task: Task) -> Heard:
    """Run one comparison, in this process, and listen to every warning."""
    warnings.simplefilter("default")
    outcome = execute.run(task)
    files = {part: (task.folder / part).with_suffix(".err") for part in PARTS}
    return Heard(outcome, {n: heard(f, task.limits) for n, f in files.items()})


def lost(task: Task, message: str) -> Heard:
    """Return what is known of a process that did not report."""
    return Heard(compared.lost(task, message))


CODE = (*compared.CODE, "versions")
PROCEDURE = Procedure(run, lost, Heard.from_json, CODE)


def heard(file: Path, limits: sandbox.Limits) -> tuple[str, ...]:
    """Return the warnings in what was printed to ``file``, each once, sorted."""
    data, _ = sandbox.printed(file, limits)
    return warnings_in(data.decode(errors="replace"))


def warnings_in(text: str) -> tuple[str, ...]:
    """Return the warnings that Python and MindSpore printed, each once, sorted."""
    found = [m for pattern in (PYTHON, MINDSPORE) for m in pattern.finditer(text)]
    texts = (f"{m['category']}: {m['text'].strip()}" for m in found)
    return tuple(sorted({cut(normalise(first_sentence(text))) for text in texts}))


def first_sentence(text: str) -> str:
    """Return what a warning says first: values and advice come after it."""
    return SENTENCE.split(text, maxsplit=1)[0]


def cut(text: str) -> str:
    """Return a text of a library as it is kept: some are pages long."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
