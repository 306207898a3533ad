"""What records tell of the verdicts of a pair."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_args

from crosswalk.parity.continuing import Change, Resume
from crosswalk.parity.model import MATCHED, VERDICTS, Measurement, Mode
from crosswalk.sphinx import past
from crosswalk.versions.record import SeenPair

if TYPE_CHECKING:
    from crosswalk.sphinx.site import CrosswalkDomain

MODES: tuple[Mode, ...] = get_args(Mode)
NONE, UNMEASURED = "none", "unmeasured"
Part = Mapping[str, str | dict[str, str]]
"""A part of a record: a verdict, or that of each mode, of all that was tried."""


def seen_of(domain: "CrosswalkDomain", name: str) -> dict[str, SeenPair | str]:
    """Return what each version showed of a pair; without records the build's alone."""
    history = domain.history
    found = past.on_versions(domain, name)
    if not found and name in history.seen:
        found = {history.version: history.seen[name]}
    return found


def verdict(seen: SeenPair | str) -> str:
    """Return the verdict of a pair, or why there is none."""
    if isinstance(seen, str):
        return seen
    return UNMEASURED if seen.failure else seen.verdict or NONE


def modes(seen: SeenPair) -> dict[str, str]:
    """Return the worst verdict of matched arguments in each mode, where they differ."""
    matched = seen.settings.get(MATCHED, "")
    found: dict[str, str] = {}
    if isinstance(matched, dict):
        for what, each in matched.items():
            mode = what.partition(", ")[0]
            both = (found.get(mode, each), each)
            found[mode] = max(both, key=VERDICTS.index)
    # A record is sorted, what the build saw is not.
    ordered = {mode: found[mode] for mode in sorted(found, key=MODES.index)}
    return ordered if len(set(found.values())) > 1 else {}


def of_setting(seen: SeenPair, m: Measurement) -> tuple[str | None, str | None]:
    """Return verdict and error of one setting in one mode."""
    run = f"{m.mode}, {m.gradients}"
    return _in(seen.settings, m.setting, run), seen.errors.get(f"{m.setting}, {run}")


def of_resume(seen: SeenPair, r: Resume) -> tuple[str | None, str | None]:
    """Return verdict and error of a run that was resumed."""
    what = ", ".join(filter(None, (r.framework, r.setting, r.way)))
    return _in(seen.resumes, what, r.mode), seen.errors.get(f"{what}, {r.mode}")


def of_change(seen: SeenPair, c: Change) -> tuple[str | None, str | None]:
    """Return verdict and error of a hyperparameter that was changed."""
    what = f"{c.hyperparameter}, group {c.group}, {c.code}"
    return _in(seen.changes, what, c.mode), seen.errors.get(f"{what}, {c.mode}")


def _in(part: Part, what: str, mode: str) -> str | None:
    found = part.get(what)
    return found.get(mode) if isinstance(found, dict) else found


def in_data(domain: "CrosswalkDomain", entry: dict[str, Any]) -> dict[str, Any]:
    """Return the data of a pair with the verdicts of all versions and devices."""
    name = f"{entry['torch']}:{entry['mindspore'] or ''}"
    seen = past.on_versions(domain, name)
    known = {v: s for v, s in seen.items() if isinstance(s, SeenPair)}
    outcome = domain.parities[name]
    parts = (
        ("settings", outcome.measurements, of_setting),
        ("resumes", outcome.resumes, of_resume),
        ("changes", outcome.changes, of_change),
    )
    rows = {
        part: [
            row | {"versions": {v: find(s, one)[0] for v, s in known.items()}}
            for row, one in zip(entry[part], ones, strict=True)
        ]
        for part, ones, find in parts
    }
    devices = {
        device: {one.record.version: verdict(one.of(name))}
        for device, one in past.on_devices(domain, name).items()
    }
    versions = {version: verdict(found) for version, found in seen.items()}
    return entry | rows | {"versions": versions, "devices": devices}
