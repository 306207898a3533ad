"""Show the results of ``make bench`` from the repository: a role and a directive."""

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective, SphinxRole

from crosswalk.sphinx.domain import warn
from crosswalk.sphinx.interface import _
from crosswalk.sphinx.nodes import box

KEPT = Path("tools", "bench", "results.json")
MACHINE = "machine"
NOT_MEASURED = "–"
AT_LEAST = {
    "cold_16_mystnb": 6.0,
    "cold_16_gallery": 2.0,
    "cold_64_mystnb": 10.0,
    "cold_64_gallery": 4.0,
}
AT_MOST = {
    "over_limit": 1.3,
    "no_change": 1.2,
    "one_edit": 1.0,
    "growth_time_1000": 1.2,
    "growth_time_10000": 1.2,
    "growth_memory_1000": 1.2,
    "growth_memory_10000": 1.2,
    "page_kilobytes": 400.0,
    "search_10000": 1.0,
}
# Whole numbers; the others have two digits.
COUNTS = {"page_requests", "page_kilobytes", "per_worker_hour", "store_kilobytes"}
COUNTS |= {"each_milliseconds", "each_kilobytes"}
# Computed for 100,000 comparisons.
CARRY = {"own_seconds", "worker_hours", "site_hours", "site_gigabytes"}
OTHERS = {"plain_memory_10000", "search_growth_10000"}
RATIOS = {*AT_LEAST, *AT_MOST, *COUNTS, *CARRY, *OTHERS}
VERSIONS = {"Sphinx", "myst-nb", "sphinx-gallery", "torch", "mindspore"}


class SpeedRole(SphinxRole):
    """The role ``speed``, for a number's name, a package, or ``machine``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the measured value, or a dash if there is none."""
        if self.text not in {*RATIOS, *VERSIONS, MACHINE}:
            known = ", ".join(sorted({*RATIOS, *VERSIONS, MACHINE}))
            message = f"unknown figure {self.text!r} of speed; there are: {known}"
            warn("unknown", message, self.get_location())
            return [], []
        data = _kept(self.env)
        text = shown(data, self.text) if data else NOT_MEASURED
        return [nodes.Text(text)], []


class SpeedFigure(SphinxDirective):
    """A chart of each measured ratio compared with its goal."""

    def run(self) -> list[nodes.Node]:
        """Return the chart; nothing without measurements."""
        shares = reached(_kept(self.env).get("ratios", {}))
        if not shares:
            return []
        # Matplotlib takes half a second to import; most builds draw nothing.
        from crosswalk.sphinx.parity import figures  # noqa: PLC0415

        title = _("Share of what is wanted: 1 and more are good")
        told = "; ".join(f"{name} {share:.2f}" for name, share in shares.items())
        svg = figures.bars("speed", shares, title, (title, told))
        raw = nodes.raw("", svg, format="html")
        return [box("figure", [raw], class_="parity-figure")]


def reached(ratios: dict[str, float]) -> dict[str, float]:
    """Return how many times each ratio exceeds its goal; 1 and more are good."""
    least = {name: ratios[name] / AT_LEAST[name] for name in AT_LEAST if name in ratios}
    most = {name: AT_MOST[name] / ratios[name] for name in AT_MOST if name in ratios}
    return {**least, **most}


def _kept(env: BuildEnvironment) -> dict[str, Any]:
    """Return the stored measurements; empty if there are none."""
    path = Path(env.srcdir).parent / KEPT
    if not path.exists():
        return {}
    env.note_dependency(str(path))
    return json.loads(path.read_text("utf-8"))


def shown(data: dict[str, Any], name: str) -> str:
    """Return a number, a version or the machine of ``data`` as text for readers."""
    if name in VERSIONS:
        return data["versions"].get(name, NOT_MEASURED)
    if name in RATIOS:
        ratio = data["ratios"].get(name)
        digits = 0 if name in COUNTS else 2
        return NOT_MEASURED if ratio is None else f"{ratio:.{digits}f}"
    return ", ".join(
        f"{key.replace('_', ' ')} {value}" for key, value in data["machine"].items()
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the role and the directive."""
    app.add_directive("speed-figure", SpeedFigure)
    app.add_role("speed", SpeedRole())
    return {"parallel_read_safe": True}
