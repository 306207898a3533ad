"""The role ``speed``: figures that ``make bench`` measured, kept in the repository."""

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from crosswalk.sphinx.site import warn

KEPT = Path("bench", "results.json")
MACHINE = "machine"
NOT_MEASURED = "–"
RATIOS = {
    f"cold_{count}_{peer}" for count in (16, 64) for peer in ("mystnb", "gallery")
} | {f"growth_{what}_{count}" for count in (1000, 10000) for what in ("time", "memory")}
RATIOS |= {"over_limit", "no_change", "one_edit"}
VERSIONS = {"Sphinx", "myst-nb", "sphinx-gallery", "torch", "mindspore"}


class SpeedRole(SphinxRole):
    """The role ``speed``, with a ratio's name, a package's, or ``machine``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return what was measured; a dash for what was not."""
        path = Path(self.env.srcdir).parent / KEPT
        if self.text not in {*RATIOS, *VERSIONS, MACHINE}:
            known = ", ".join(sorted({*RATIOS, *VERSIONS, MACHINE}))
            message = f"unknown figure {self.text!r} of speed; there are: {known}"
            warn("unknown", message, self.get_location())
            return [], []
        if not path.exists():
            return [nodes.Text(NOT_MEASURED)], []
        self.env.note_dependency(str(path))
        data = json.loads(path.read_text("utf-8"))
        return [nodes.Text(shown(data, self.text))], []


def shown(data: dict[str, Any], name: str) -> str:
    """Return a ratio, a version or the machine of ``data``, as a reader sees it."""
    if name in VERSIONS:
        return data["versions"].get(name, NOT_MEASURED)
    if name in RATIOS:
        ratio = data["ratios"].get(name)
        return NOT_MEASURED if ratio is None else f"{ratio:.2f}"
    return ", ".join(
        f"{key.replace('_', ' ')} {value}" for key, value in data["machine"].items()
    )
