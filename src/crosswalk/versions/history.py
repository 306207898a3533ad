"""Results on other versions and devices, from the records.

Of an item that has changed since it was recorded, only `OUTDATED` is known.
See `crosswalk.versions.snapshot` for the records.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from packaging.version import Version

from crosswalk.versions.snapshot import Record, SeenComparison, SeenPair

OUTDATED, MISSING = "outdated", "missing"
# States without a result for a version.
UNKNOWN = (OUTDATED, MISSING, "skipped")


@dataclass(frozen=True)
class Past:
    """A record, and the comparisons and pairs that have changed since."""

    record: Record
    outdated: frozenset[str] = frozenset()

    def of(self, name: str) -> SeenComparison | SeenPair | str:
        """Return the recorded result of an item, or why there is none."""
        if name in self.outdated:
            return OUTDATED
        found = self.record.comparisons.get(name) or self.record.pairs.get(name)
        return found or MISSING


@dataclass(frozen=True)
class History:
    """All records, with the version and the device of the build."""

    version: str = ""
    device: str = ""
    pasts: tuple[Past, ...] = ()
    seen: dict[str, SeenComparison | SeenPair] = field(default_factory=dict)

    @property
    def here(self) -> dict[str, Past]:
        """Return the records for the build's device by version, the oldest first."""
        return {
            p.record.version: p for p in self.pasts if p.record.device == self.device
        }

    @property
    def versions(self) -> tuple[str, ...]:
        """Return the versions of the build's device, including its own."""
        return tuple(sorted({*self.here, self.version}, key=_order))

    @property
    def others(self) -> dict[str, Past]:
        """Return the records of other versions for the build's device."""
        return {v: past for v, past in self.here.items() if v != self.version}

    @property
    def devices(self) -> dict[str, Past]:
        """Return the newest record of each other device."""
        return {
            p.record.device: p for p in self.pasts if p.record.device != self.device
        }

    def on_versions(self, name: str) -> dict[str, Any]:
        """Return the result of an item on each version, the oldest first.

        An item is a comparison or a pair; its result is `OUTDATED` or `MISSING` if the
        record has no current one. The build's own result represents its version.
        Without records, the result is empty.
        """
        found = {version: past.of(name) for version, past in self.here.items()}
        if found:
            found[self.version] = self.seen.get(name, MISSING)
        return {version: found[version] for version in self.versions if found}

    def on_devices(self, name: str) -> dict[str, Past]:
        """Return the newest record of each other device with a result for ``name``."""
        return {
            device: past
            for device, past in self.devices.items()
            if past.of(name) != MISSING
        }

    def checks(self, check: str) -> dict[str, str]:
        """Return the status of ``topic/name#check`` on each version."""
        name, _, function = check.partition("#")
        found = self.on_versions(name).items()
        return {version: status(seen, function) for version, seen in found}

    def check_devices(self, check: str) -> dict[tuple[str, str], str]:
        """Return the status of a check for each other device and its version."""
        name, _, function = check.partition("#")
        return {
            (device, past.record.version): status(past.of(name), function)
            for device, past in self.on_devices(name).items()
        }

    def shown(self, name: str) -> object:
        """Return all data from records that pages show for ``name``.

        ``name`` is a comparison, a check or a pair.
        """
        if "#" in name:
            found = self.checks(name), self.check_devices(name)
            return [list(part.items()) for part in found]
        pasts = [*self.others.values(), *self.devices.values()]
        told = [[past.record.environment, past.of(name)] for past in pasts]
        return [self.version if told else "", told]


def status(seen: SeenComparison | str, check: str) -> str:
    """Return the status of a check, or why there is none."""
    if isinstance(seen, str):
        return seen
    found = seen.checks.get(check)
    return found.status if found else MISSING


def span(states: Mapping[str, str], state: str, since: str, until: str) -> str:
    """Return the versions with ``state`` as text, the oldest first.

    It lists them, because a range would include releases that never ran.
    ``since`` and ``until`` are templates with a place for the version; they are used if
    the versions before or after had a different state.
    """
    order = list(states)
    at = [n for n, version in enumerate(order) if states[version] == state]
    first, last = at[0], at[-1]
    if last - first + 1 != len(at) or state in UNKNOWN:
        return ", ".join(order[n] for n in at)
    begins = first > 0 and states[order[first - 1]] not in UNKNOWN
    ends = last + 1 < len(order) and states[order[last + 1]] not in UNKNOWN
    if begins and last + 1 == len(order):
        return since.format(order[first])
    if ends and first == 0:
        return until.format(order[last])
    return ", ".join(order[first : last + 1])


def short(versions: Mapping[str, Any]) -> dict[str, Any]:
    """Return the same with short versions such as "2.9" if they remain unique."""
    names = {version: ".".join(version.split(".")[:2]) for version in versions}
    if len(set(names.values())) < len(names):
        return dict(versions)
    return {names[version]: value for version, value in versions.items()}


def _order(version: str) -> tuple[bool, Version]:
    """Return a key for sorting, also for an unknown version."""
    try:
        return True, Version(version)
    except ValueError:
        return False, Version("0")
