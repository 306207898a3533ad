"""Digests of everything a page depends on; Sphinx re-reads a page when one changes."""

from importlib.metadata import version

import msgspec

from crosswalk.engine import storage
from crosswalk.engine.device import PACKAGES
from crosswalk.engine.sandbox import kept_in_all
from crosswalk.sphinx.state import Build
from crosswalk.versions import announcements

ALL, PARITY, APIS = "*", "parity *", "apis *"
TOPIC = "/*"
FIGURE = "figure "
# Numbers about the whole site, in addition to the versions of packages.
KEPT_FROM = "kept_from"
FIGURES = ("comparisons", "checks", "passed", KEPT_FROM)


def digest(build: Build, name: str) -> str:
    """Return a digest of everything that a page shows for ``name``.

    ``name`` is a comparison, a check, one of its records (``topic/name#check.record``),
    a pair, a number (`FIGURE` and its name), or all of a kind: `ALL` comparisons, those
    of a topic (its name and `TOPIC`), `PARITY` for the pairs, or `APIS`.
    Each digest is computed once, because outcomes do not change during a build.
    """
    if name not in build.digests:
        build.digests[name] = digest_of(_shown(build, name))
    return build.digests[name]


def listed(build: Build, name: str) -> list[str]:
    """Return the comparisons in a list with pages: all, or those of a topic."""
    comparisons = build.found.comparisons
    if name.endswith(TOPIC):
        topic = name.removesuffix("*")
        return [each for each in comparisons if each.startswith(topic)]
    return list(comparisons) if name in {ALL, APIS} else []


def digest_of(data: object) -> str:
    """Return a digest of plain data and dataclasses."""
    return storage.digest_of_data(data, _plain)


def _shown(build: Build, name: str) -> object:
    if name in {ALL, PARITY} or name.endswith(TOPIC):
        items = build.pairs if name == PARITY else listed(build, name)
        return [digest(build, each) for each in sorted(items)]
    if name == APIS:
        return build.apis
    if name.startswith(FIGURE):
        return figure(build, name.removeprefix(FIGURE))
    if name in build.pairs:
        return [build.parities.get(name), build.history.shown(name)]
    if "#" in name:
        return _checked(build, name)
    outcome = build.outcome(name)
    told = announcements.at(build.history, outcome) if outcome else []
    return [build.comparison(name), outcome, build.history.shown(name), told]


def _checked(build: Build, name: str) -> object:
    """Return the data that a page shows for a check or its record ``check.record``."""
    check, _, record = name.partition(".")
    comparison, _, function = check.partition("#")
    outcome = build.outcome(comparison)
    checks = outcome.checks if outcome else ()
    found = [check for check in checks if check.name == function]
    records = [r for check in found for r in check.measured if r["name"] == record]
    recorded = [] if record else build.history.shown(name)
    statuses = [check.status for check in found]
    return [statuses, records, recorded, *_claims(build, comparison, function)]


def _claims(build: Build, comparison: str, function: str) -> list[str]:
    known = build.comparison(comparison)
    checks = known.checks if known else ()
    return [check.statement for check in checks if check.name == function]


def _plain(value: object) -> object:
    """Return the data of a dataclass, a structure or a path."""
    return msgspec.to_builtins(value, enc_hook=str)


def figure(build: Build, name: str) -> str | None:
    """Return a number or a version about the whole site; None if unknown."""
    if name in PACKAGES:
        return version(name)
    if name == KEPT_FROM:
        return ", ".join(kept_in_all(o.environment for o in build.outcomes.values()))
    comparisons = build.found.comparisons.values()
    checks = [check for o in build.outcomes.values() for check in o.checks]
    figures = (
        len(comparisons),
        sum(len(comparison.checks) for comparison in comparisons),
        sum(check.status == "passed" for check in checks),
    )
    return str(figures[FIGURES.index(name)]) if name in FIGURES else None
