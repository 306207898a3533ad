"""What a page was made from, as digests: one that differs makes it anew."""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from crosswalk.device import PACKAGES
from crosswalk.isolation import kept_in_all
from crosswalk.sphinx import announced, past

if TYPE_CHECKING:
    from crosswalk.sphinx.site import CrosswalkDomain

ALL, PARITY, APIS = "*", "parity *", "apis *"
TOPIC = "/*"
FIGURE = "figure "
# Of the whole, beside the versions of packages.
KEPT_FROM = "kept_from"
FIGURES = ("comparisons", "checks", "passed", KEPT_FROM)


def digest(domain: "CrosswalkDomain", name: str) -> str:
    """Return a digest of what a page shows of ``name``.

    That is a comparison, a check or one of its records (``topic/name#check.record``),
    a pair, a figure (`FIGURE` and its name), or all of a kind: `ALL` comparisons,
    those of a topic (its name and `TOPIC`), `PARITY` for the pairs, `APIS`.
    Outcomes do not change during a build, so each thing is digested once.
    """
    if name not in domain.digests:
        domain.digests[name] = digest_of(_shown(domain, name))
    return domain.digests[name]


def listed(domain: "CrosswalkDomain", name: str) -> list[str]:
    """Return the comparisons whose pages a list names: all, or those of a topic."""
    comparisons = domain.found.comparisons
    if name.endswith(TOPIC):
        topic = name.removesuffix("*")
        return [each for each in comparisons if each.startswith(topic)]
    return list(comparisons) if name in {ALL, APIS} else []


def digest_of(data: object) -> str:
    """Return a digest of plain data and dataclasses."""
    text = json.dumps(data, default=_plain, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _shown(domain: "CrosswalkDomain", name: str) -> object:
    if name in {ALL, PARITY} or name.endswith(TOPIC):
        items = domain.pairs if name == PARITY else listed(domain, name)
        return [digest(domain, each) for each in sorted(items)]
    if name == APIS:
        return domain.apis
    if name.startswith(FIGURE):
        return figure(domain, name.removeprefix(FIGURE))
    if name in domain.pairs:
        return [domain.parities.get(name), past.shown(domain, name)]
    if "#" in name:
        return _checked(domain, name)
    outcome = domain.outcome(name)
    told = announced.at(domain, outcome) if outcome else []
    return [domain.comparison(name), outcome, past.shown(domain, name), told]


def _checked(domain: "CrosswalkDomain", name: str) -> object:
    """Return what a page shows of a check, or of its record ``check.record``."""
    check, _, record = name.partition(".")
    comparison, _, function = check.partition("#")
    outcome = domain.outcome(comparison)
    checks = outcome.checks if outcome else ()
    found = [check for check in checks if check.name == function]
    records = [r for check in found for r in check.measured if r["name"] == record]
    recorded = [] if record else past.shown(domain, name)
    return [[check.status for check in found], records, recorded]


def _plain(value: object) -> object:
    """Return the data of a dataclass."""
    return str(value) if isinstance(value, Path) else vars(value)


def figure(domain: "CrosswalkDomain", name: str) -> str | None:
    """Return a figure of the whole: a number or a version; None if unknown."""
    if name in PACKAGES:
        return version(name)
    if name == KEPT_FROM:
        return ", ".join(kept_in_all(o.environment for o in domain.outcomes.values()))
    comparisons = domain.found.comparisons.values()
    checks = [check for o in domain.outcomes.values() for check in o.checks]
    figures = (
        len(comparisons),
        sum(len(comparison.checks) for comparison in comparisons),
        sum(check.status == "passed" for check in checks),
    )
    return str(figures[FIGURES.index(name)]) if name in FIGURES else None
