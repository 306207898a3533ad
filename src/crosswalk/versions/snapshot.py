"""What was seen in one environment, as data: ``versions/<device>-mindspore-<v>.json``.

A record is made by running, never by hand.
It holds no times and no figures that depend on the machine, so that it changes only
where a behaviour does.
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

# What of an environment is recorded; limits are not: nothing recorded depends on them.
ENVIRONMENT = ("python", "torch", "mindspore", "numpy", "device", "platform")


class RecordError(ValueError):
    """Raised for a record that cannot be used; the text says which and why."""


@dataclass(frozen=True)
class SeenSide:
    """What a side printed, one text per cell; ``failure`` is how it ended early.

    ``warnings`` are what the libraries warned of while it ran.
    """

    status: Status
    outputs: tuple[str, ...] = ()
    failure: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class SeenCheck:
    """Whether a check held, in which mode, and what came if not."""

    status: Status
    mode: str = ""
    failure: str = ""


@dataclass(frozen=True)
class SeenComparison:
    """What running one comparison gave.

    ``sources`` is the digest of all its files, of ``imports``, other files of the
    project that it imported, and of our own code that runs it.
    """

    sources: str
    sides: dict[Framework, SeenSide]
    checks: dict[str, SeenCheck]
    warnings: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()


@dataclass(frozen=True)
class SeenPair:
    """The verdicts of one pair.

    ``measurements`` maps a probe and a case to the verdict, or to that of each mode
    where they are not the same; ``errors`` a probe, a case and a mode to what was
    raised.
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
    """What a library says of one of its names; ``signature`` is None without it.

    ``notes`` are the sentences of its docstring that announce an end.
    """

    signature: tuple[Argument, ...] | None = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Record:
    """All that was seen in one environment."""

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
        """Return the device on which it ran."""
        return self.environment["device"]

    def with_comparison(self, name: str, seen: SeenComparison) -> "Record":
        """Return a record in which a comparison has run anew."""
        return replace(self, comparisons={**self.comparisons, name: seen})

    def with_pair(self, name: str, seen: SeenPair) -> "Record":
        """Return a record in which a pair was measured anew."""
        return replace(self, pairs={**self.pairs, name: seen})

    def only(self, comparisons: Iterable[str], pairs: Iterable[str]) -> "Record":
        """Return a record of these alone: what is gone from the site is gone."""
        return replace(
            self,
            comparisons=_kept(self.comparisons, comparisons),
            pairs=_kept(self.pairs, pairs),
        )


def path_of(project: Path, environment: dict[str, str]) -> Path:
    """Return the file of the record of an environment."""
    name = f"{environment['device']}-mindspore-{environment['mindspore']}.json"
    return project / SNAPSHOTS / name


def read_all(project: Path) -> tuple[Record, ...]:
    """Return all records of a project, by device, the oldest MindSpore first."""
    found = map(read, (project / SNAPSHOTS).glob("*.json"))
    return tuple(sorted(found, key=lambda r: (r.device, Version(r.version))))


def read(path: Path) -> Record:
    """Read one record; raises RecordError where it is none."""
    try:
        return convert(json.loads(path.read_text("utf-8")), Record)
    except (ValueError, TypeError) as error:
        message = (
            f"{path}: expected a record that `make versions` wrote, got {error!r}; "
            "remove it and run that version again"
        )
        raise RecordError(message) from error


def write(record: Record, project: Path) -> None:
    """Write a record, sorted, in one step."""
    path = path_of(project, record.environment)
    path.parent.mkdir(exist_ok=True)
    text = json.dumps(
        _short(asdict(record)), indent=1, ensure_ascii=False, sort_keys=True
    )
    storage.write_whole(path, text + "\n")


def _kept(items: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: items[name] for name in names if name in items}


def _short(data: object) -> object:
    """Leave out of each part what is empty: it is its default."""
    if isinstance(data, dict):
        return {k: _short(v) for k, v in data.items() if v not in ("", (), {}, [])}
    if isinstance(data, tuple) and all(isinstance(item, dict) for item in data):
        usual = (None, USUAL)
        return [{k: v for k, v in item.items() if v not in usual} for item in data]
    return data
