"""All outcomes as data beside the pages: ``evidence.json``, ``parity.json``."""

import json
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from crosswalk import catalogue
from crosswalk.model import Check, Comparison, Outcome
from crosswalk.parity import report
from crosswalk.sphinx.site import CrosswalkDomain, domain_of


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the two JSON files, after a build of HTML that wrote any page.

    Whatever changes in them changes a page, too.
    """
    domain = domain_of(app.env)
    if exception or app.builder.format != "html" or not domain.written:
        return
    path = Path(app.srcdir) / catalogue.IN_DOCS
    chinese = catalogue.translations(catalogue.read(path)) if path.exists() else {}
    data = collect(domain, chinese)
    text = json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True)
    Path(app.outdir, "evidence.json").write_text(text + "\n", encoding="utf-8")
    if domain.pairs:
        parity = report.to_json(domain.pairs.values(), domain.parities)
        text = json.dumps(parity, indent=1, ensure_ascii=False)
        Path(app.outdir, "parity.json").write_text(text + "\n", encoding="utf-8")


def collect(domain: CrosswalkDomain, chinese: dict[str, str]) -> dict[str, Any]:
    """Return the evidence of the whole site as plain data, sorted by id."""
    outcomes = domain.outcomes
    comparisons = [
        _comparison(domain, domain.found.comparisons[name], outcomes[name], chinese)
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
    for side in comparison.sides:
        found = outcome.side(side.framework)
        sides[side.framework] = {
            "source": side.path.read_text("utf-8"),
            "status": found.status,
            "seconds": round(found.seconds, 3),
            "stdout": found.stdout,
        }
    checks = [
        _check(comparison, check, outcome, chinese) for check in comparison.checks
    ]
    pages = domain.pages(comparison.id)
    return {"id": comparison.id, "pages": pages, "sides": sides, "checks": checks}


def _check(
    comparison: Comparison, check: Check, outcome: Outcome, chinese: dict[str, str]
) -> dict[str, Any]:
    found = outcome.check(check.name)
    english = check.statement
    return {
        "id": f"{comparison.id}#{check.name}",
        "statement": {"en": english, "zh": chinese.get(english)},
        "status": found.status,
        "mode": found.mode,
        "seconds": round(found.seconds, 3),
        "measured": list(found.measured) or None,
    }
