"""What a badge says: the status of a check or of a measurement, and where it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from crosswalk.sphinx.domain import (
    CrosswalkDomain,
    anchor,
    page_of_checks,
    pair_anchor,
)
from crosswalk.sphinx.parity.roles import differences
from crosswalk.versions import pairs


@dataclass(frozen=True)
class Cited:
    """A check or a measurement; ``page`` is None where none shows it.

    ``claim`` is the check's docstring, or the name of what was measured.
    ``states`` has the status on each version, ``devices`` on each other device and
    its version; there is none without records.
    """

    kind: str
    name: str
    claim: str
    status: str
    states: Mapping[str, str]
    devices: Mapping[tuple[str, str], str]
    page: str | None
    fragment: str


def check(domain: CrosswalkDomain, name: str, docname: str) -> Cited:
    """Return what a badge on ``docname`` says of ``topic/name#check``."""
    comparison, _, function = name.partition("#")
    outcome = domain.build.outcome(comparison)
    history = domain.build.history
    return Cited(
        "check",
        name,
        _claim(domain, comparison, function),
        outcome.check(function).status if outcome else "skipped",
        history.checks(name),
        history.check_devices(name),
        page_of_checks(comparison) if domain.home(comparison, docname) else None,
        anchor(name),
    )


def measurement(domain: CrosswalkDomain, name: str, docname: str) -> Cited:
    """Return what a badge on ``docname`` says of ``pair#probe/case``."""
    pair, _, rest = name.partition("#")
    probe, _, case = rest.partition("/")
    build = domain.build
    status = "failed" if differences(build, name) else "passed"
    seen = build.history.on_versions(pair)
    return Cited(
        "measurement",
        name,
        f"{pair}: {case}",
        status if pair in build.parities else "skipped",
        {v: pairs.status(found, probe, case) for v, found in seen.items()},
        {
            (device, past.record.version): pairs.status(past.of(pair), probe, case)
            for device, past in build.history.on_devices(pair).items()
        },
        domain.home_of_pair(pair, docname),
        pair_anchor(pair),
    )


def _claim(domain: CrosswalkDomain, comparison: str, function: str) -> str:
    checks = domain.build.comparison(comparison).checks
    return next(check.statement for check in checks if check.name == function)
