"""What records tell of the verdicts of a pair."""

from typing import Any, get_args

from crosswalk.parity.measurement import TRAININGS, VERDICTS, Mode, PairOutcome
from crosswalk.parity.model import MATCHED
from crosswalk.versions.history import MISSING, History
from crosswalk.versions.snapshot import SeenPair

MODES: tuple[Mode, ...] = get_args(Mode)
NONE, UNMEASURED = "none", "unmeasured"


def seen_of(history: History, name: str) -> dict[str, SeenPair | str]:
    """Return what each version showed of a pair; without records the build's alone."""
    found = history.on_versions(name)
    if not found and name in history.seen:
        found = {history.version: history.seen[name]}
    return found


def verdict(seen: SeenPair | str) -> str:
    """Return the verdict of a pair, or why there is none."""
    if isinstance(seen, str):
        return seen
    return UNMEASURED if seen.failure else seen.verdict or NONE


def _every(found: str | dict[str, str]) -> set[str]:
    return set(found.values()) if isinstance(found, dict) else {found}


def status(seen: SeenPair | str, probe: str, case: str) -> str:
    """Return "passed" if a case is the same in every mode, or why nobody knows."""
    if isinstance(seen, str):
        return seen
    found = seen.measurements.get(probe, {}).get(case)
    if found is None:
        return MISSING
    return "passed" if _every(found) == {"same"} else "failed"


def modes(seen: SeenPair) -> dict[str, str]:
    """Return the worst verdict of matched arguments in each mode, where they differ."""
    trainings = (seen.measurements.get(probe, {}) for probe in TRAININGS)
    matched = next((t[MATCHED] for t in trainings if MATCHED in t), "")
    found: dict[str, str] = {}
    if isinstance(matched, dict):
        for run, each in matched.items():
            mode = run.partition(", ")[0]
            both = (found.get(mode, each), each)
            found[mode] = max(both, key=VERDICTS.index)
    # A record is sorted, what the build saw is not.
    ordered = {mode: found[mode] for mode in sorted(found, key=MODES.index)}
    return ordered if len(set(found.values())) > 1 else {}


def in_data(
    history: History, outcome: PairOutcome, entry: dict[str, Any]
) -> dict[str, Any]:
    """Return the data of a pair with the verdicts of all versions and devices."""
    name = outcome.id
    seen = history.on_versions(name)
    known = {v: s for v, s in seen.items() if isinstance(s, SeenPair)}
    parts = {
        "settings": outcome.trainings,
        "resumes": outcome.of("resume"),
        "changes": outcome.of("change"),
    }
    rows = {
        part: [
            row | {"versions": {v: s.find(m.key)[0] for v, s in known.items()}}
            for row, m in zip(entry[part], measurements, strict=True)
        ]
        for part, measurements in parts.items()
    }
    devices = {
        device: {one.record.version: verdict(one.of(name))}
        for device, one in history.on_devices(name).items()
    }
    versions = {version: verdict(found) for version, found in seen.items()}
    return entry | rows | {"versions": versions, "devices": devices}
