"""Write all outcomes as data: ``evidence.json`` and ``parity.json``."""

import json
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from crosswalk.model import Check, Comparison, Display, Outcome, SideOutcome
from crosswalk.report import parity_text
from crosswalk.sphinx.comparison.outputs import digest_of_png, harmless
from crosswalk.sphinx.domain import CrosswalkDomain, domain_of
from crosswalk.versions import announcements, pairs
from crosswalk.versions.history import History
from crosswalk.versions.snapshot import SeenComparison
from crosswalk.website import catalogue


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the two JSON files after an HTML build that wrote any page.

    Without a written page they cannot have changed, because pages show all their data.
    """
    domain = domain_of(app.env)
    if exception or app.builder.format != "html" or not domain.written:
        return
    path = Path(app.srcdir) / catalogue.IN_DOCS
    chinese = catalogue.translations(catalogue.read(path)) if path.exists() else {}
    data = collect(domain, chinese)
    _write(Path(app.outdir, "evidence.json"), data)
    build = domain.build
    if build.pairs:
        entries = parity_text.to_json(build.pairs.values(), build.parities)
        parity = [pairs.in_data(build.history, *found) for found in entries]
        _write(Path(app.outdir, "parity.json"), parity)


def _write(path: Path, data: object) -> None:
    """Write the data in pieces, because the whole text would take twice the memory."""
    with path.open("w", encoding="utf-8") as file:
        json.dump(data, file, indent=1, ensure_ascii=False)
        file.write("\n")


def collect(domain: CrosswalkDomain, chinese: dict[str, str]) -> dict[str, Any]:
    """Return the evidence of the whole site as plain data, sorted by id."""
    outcomes = domain.build.outcomes
    comparisons = [
        _comparison(
            domain, domain.build.found.comparisons[name], outcomes[name], chinese
        )
        for name in sorted(outcomes)
    ]
    environment = next((o.environment for o in outcomes.values()), {})
    return {"environment": environment, "comparisons": comparisons}


def _comparison(
    domain: CrosswalkDomain,
    comparison: Comparison,
    outcome: Outcome,
    chinese: dict[str, str],
) -> dict[str, Any]:
    sides = {}
    history = domain.build.history
    told, _ = announcements.at(history, outcome)
    versions = history.on_versions(comparison.id)
    devices = history.on_devices(comparison.id)
    for side in comparison.sides:
        found = outcome.side(side.framework)
        sides[side.framework] = {
            "source": side.path.read_text("utf-8"),
            "status": found.status,
            "seconds": round(found.seconds, 3),
            "stdout": found.stdout,
            "displays": [_display(display) for display in found.displays],
            "versions": {
                version: _seen_side(seen, found) for version, seen in versions.items()
            },
            "announced": [vars(one) for one in told[side.framework]],
            "devices": {
                device: {one.record.version: _seen_side(one.of(comparison.id), found)}
                for device, one in devices.items()
            },
        }
    checks = [
        _check(history, comparison, check, outcome, chinese)
        for check in comparison.checks
    ]
    pages = domain.pages(comparison.id)
    return {"id": comparison.id, "pages": pages, "sides": sides, "checks": checks}


def _display(display: Display) -> dict[str, Any]:
    """Return the display of a cell: harmless HTML, and digests of pictures."""
    pictures = {"light": display.light, "dark": display.dark}
    shown: dict[str, Any] = {"cell": display.cell, "text": display.text}
    if display.light:
        return shown | {name: digest_of_png(png) for name, png in pictures.items()}
    return shown | {"html": harmless(display.html)}


def _seen_side(seen: SeenComparison | str, live: SideOutcome) -> dict[str, str]:
    """Return a side's data from a record; its output only if it differs."""
    if isinstance(seen, str):
        return {"status": seen}
    side = seen.sides[live.framework]
    found = {"status": side.status}
    if side.failure:
        found["failure"] = side.failure
    if side.outputs != live.outputs:
        found["stdout"] = "".join(side.outputs)
    return found


def _check(
    history: History,
    comparison: Comparison,
    check: Check,
    outcome: Outcome,
    chinese: dict[str, str],
) -> dict[str, Any]:
    found = outcome.check(check.name)
    english = check.statement
    name = f"{comparison.id}#{check.name}"
    devices: dict[str, dict[str, str]] = {}
    for (device, version), status in history.check_devices(name).items():
        devices.setdefault(device, {})[version] = status
    return {
        "id": name,
        "statement": {"en": english, "zh": chinese.get(english)},
        "status": found.status,
        "mode": found.mode,
        "seconds": round(found.seconds, 3),
        "measured": list(found.measured) or None,
        "versions": history.checks(name),
        "devices": devices,
    }
