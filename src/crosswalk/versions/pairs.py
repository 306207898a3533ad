"""What records tell of the verdicts of a pair."""

from typing import Any, get_args

from crosswalk.parity.measurement import TRAININGS, VERDICTS, Mode, PairOutcome
from crosswalk.parity.model import MATCHED
from crosswalk.versions.history import MISSING, History
from crosswalk.versions.snapshot import SeenPair

MODES: tuple[Mode, ...] = get_args(Mode)
NONE, UNMEASURED, SAME_EXCEPT = "none", "unmeasured", "same-except"


def seen_of(history: History, name: str) -> dict[str, SeenPair | str]:
    """Return what each version showed of a pair; without records the build's alone."""
    found = history.on_versions(name)
    if not found and name in history.seen:
        found = {history.version: history.seen[name]}
    return found


def left_out(outcome: PairOutcome) -> frozenset[str]:
    """Return the cases that a pair's verdict leaves out: one side lacks something."""
    return frozenset(m.case for m in outcome.trainings if m.details.missing)


def verdict(seen: SeenPair | str, left_out: frozenset[str] = frozenset()) -> str:
    """Return the verdict of a pair, or why there is none.

    A pair is the same with exceptions if the matched arguments are the same in every
    run, and so are at least half of the cases that are not ``left_out``.
    """
    if isinstance(seen, str):
        return seen
    if seen.failure:
        return UNMEASURED
    cases = {
        case: _every(found)
        for probe in TRAININGS
        for case, found in seen.measurements.get(probe, {}).items()
        if case not in left_out
    }
    same = sum(found == {"same"} for found in cases.values())
    is_close = cases.get(MATCHED) == {"same"} and 2 * same >= len(cases)
    if seen.verdict in {"differs", "ignored"} and is_close:
        return SAME_EXCEPT
    return seen.verdict or NONE


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
    out = left_out(outcome)
    devices = {
        device: {one.record.version: verdict(one.of(name), out)}
        for device, one in history.on_devices(name).items()
    }
    versions = {version: verdict(found, out) for version, found in seen.items()}
    mine = seen_of(history, name).get(history.version, MISSING)
    told = {"verdict": verdict(mine, out)} if outcome.trainings else {}
    return entry | told | rows | {"versions": versions, "devices": devices}
