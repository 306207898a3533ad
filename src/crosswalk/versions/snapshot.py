"""Records of one environment in ``versions/<device>-mindspore-<v>.json``.

Only runs create a record; do not edit it.
It contains no times or numbers that depend on the machine, so it changes only if a
behaviour changes.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from packaging.version import Version

from crosswalk.engine import storage
from crosswalk.introspect import USUAL, Argument
from crosswalk.model import Framework, Status
from crosswalk.model import read as convert
from crosswalk.parity.measurement import Key
from crosswalk.project import SNAPSHOTS

# The recorded parts of an environment; no record depends on its limits.
ENVIRONMENT = ("python", "torch", "mindspore", "numpy", "device", "platform")


class RecordError(ValueError):
    """Raised for an unusable record; the message names it and the reason."""


@dataclass(frozen=True)
class SeenSide:
    """Output of a side, one text per cell; ``failure`` is the error that ended it.

    ``warnings`` are the warnings of the libraries during the run.
    """

    status: Status
    outputs: tuple[str, ...] = ()
    failure: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class SeenCheck:
    """Status of a check, its mode, and the error if it failed."""

    status: Status
    mode: str = ""
    failure: str = ""


@dataclass(frozen=True)
class SeenComparison:
    """Result of running one comparison.

    ``sources`` is the digest of its files, of its ``imports`` (other files of the
    project), and of our own code that runs it.
    """

    sources: str
    sides: dict[Framework, SeenSide]
    checks: dict[str, SeenCheck]
    warnings: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()


@dataclass(frozen=True)
class SeenPair:
    """The verdicts of one pair.

    ``measurements`` maps a probe and a case to the verdict, or to one verdict per mode
    if they differ; ``errors`` maps a probe, a case and a mode to the error.
    """

    sources: str
    verdict: str | None = None
    failure: str = ""
    measurements: dict[str, dict[str, str | dict[str, str]]] = field(
        default_factory=dict
    )
    errors: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)

    def find(self, key: Key) -> tuple[str | None, str | None]:
        """Return the verdict and the error of a measurement."""
        verdict = self.measurements.get(key.probe, {}).get(key.case)
        if isinstance(verdict, dict):
            verdict = verdict.get(key.mode)
        raised = self.errors.get(key.probe, {}).get(key.case, {})
        return verdict, raised.get(key.mode)


@dataclass(frozen=True)
class SeenApi:
    """A library's data on one of its names; ``signature`` is None if it has none.

    ``notes`` are the sentences of its docstring that announce an end.
    """

    signature: tuple[Argument, ...] | None = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Record:
    """All results of one environment."""

    environment: dict[str, str]
    comparisons: dict[str, SeenComparison] = field(default_factory=dict)
    pairs: dict[str, SeenPair] = field(default_factory=dict)
    apis: dict[str, SeenApi] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """Return MindSpore's version."""
        return self.environment["mindspore"]

    @property
    def device(self) -> str:
        """Return the device of the runs."""
        return self.environment["device"]

    def with_comparison(self, name: str, seen: SeenComparison) -> "Record":
        """Return a record with a new result of a comparison."""
        return replace(self, comparisons={**self.comparisons, name: seen})

    def with_pair(self, name: str, seen: SeenPair) -> "Record":
        """Return a record with a new result of a pair."""
        return replace(self, pairs={**self.pairs, name: seen})

    def only(self, comparisons: Iterable[str], pairs: Iterable[str]) -> "Record":
        """Return a record of only these items, without those removed from the site."""
        return replace(
            self,
            comparisons=_kept(self.comparisons, comparisons),
            pairs=_kept(self.pairs, pairs),
        )


def path_of(project: Path, environment: dict[str, str]) -> Path:
    """Return the file for the record of an environment."""
    name = f"{environment['device']}-mindspore-{environment['mindspore']}.json"
    return project / SNAPSHOTS / name


def read_all(project: Path) -> tuple[Record, ...]:
    """Return all records of a project, by device, the oldest MindSpore first."""
    found = map(read, (project / SNAPSHOTS).glob("*.json"))
    return tuple(sorted(found, key=lambda r: (r.device, Version(r.version))))


def read(path: Path) -> Record:
    """Read one record; raises RecordError for any other file."""
    try:
        return convert(json.loads(path.read_text("utf-8")), Record)
    except (ValueError, TypeError) as error:
        message = (
            f"{path}: expected a record that `make versions` wrote, got {error!r}; "
            "remove it and run that version again"
        )
        raise RecordError(message) from error


def write(record: Record, project: Path) -> None:
    """Write a record in one step, sorted."""
    path = path_of(project, record.environment)
    path.parent.mkdir(exist_ok=True)
    text = json.dumps(
        _short(asdict(record)), indent=1, ensure_ascii=False, sort_keys=True
    )
    storage.write_whole(path, text + "\n")


def _kept(items: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: items[name] for name in names if name in items}


def _short(data: object) -> object:
    """Remove empty values, which are the defaults."""
    if isinstance(data, dict):
        return {k: _short(v) for k, v in data.items() if v not in ("", (), {}, [])}
    if isinstance(data, tuple) and all(isinstance(item, dict) for item in data):
        usual = (None, USUAL)
        return [{k: v for k, v in item.items() if v not in usual} for item in data]
    return data
