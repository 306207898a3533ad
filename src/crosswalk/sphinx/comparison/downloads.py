"""Each side as a script and as a notebook with its outputs."""

import shutil
from pathlib import Path

import nbformat
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from crosswalk.model import Comparison, Outcome, Side
from crosswalk.sphinx.comparison.outputs import of_cell
from crosswalk.sphinx.domain import domain_of
from crosswalk.sphinx.interface import _
from crosswalk.sphinx.nodes import box

FOLDER = "downloads"


def links(env: BuildEnvironment, comparison: Comparison, side: Side) -> nodes.Node:
    """Return the line with the links to both files of ``side``."""
    up = "../" * env.docname.count("/")
    stem = f"{up}{FOLDER}/{comparison.id}/{side.path.stem}"
    parts: list[nodes.Node] = [nodes.Text(_("Download") + ": ")]
    files = {".py": _("script"), ".ipynb": _("notebook")}
    for number, (suffix, kind) in enumerate(files.items()):
        if number:
            parts.append(nodes.Text(" · "))
        label = nodes.Text(f"{suffix} ({kind})")
        parts.append(box("a", [label], href=f"{stem}{suffix}", download=""))
    return box("p", parts, class_="downloads")


def notebook(side: Side, outcome: Outcome | None) -> nbformat.NotebookNode:
    """Return ``side`` as a notebook, each cell with what it printed and shows."""
    found = outcome.side(side.framework) if outcome else None
    cells = []
    for number, cell in enumerate(side.cells):
        made = nbformat.v4.new_code_cell(cell.source, id=f"cell-{number}")
        made.metadata["tags"] = ["setup"] if cell.is_setup else []
        if found:
            text = found.outputs[number] if number < len(found.outputs) else ""
            made.outputs = list(of_cell(text, found.shown_by(number)))
        cells.append(made)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def write_those_of(app: Sphinx, pagename: str, *_: object) -> None:
    """Write the downloads of all that a page shows, with the page."""
    domain = domain_of(app.env)
    for name in domain.data["rendered"].get(pagename, ()):
        write(
            Path(app.outdir), domain.build.comparison(name), domain.build.outcome(name)
        )


def write(outdir: Path, comparison: Comparison, outcome: Outcome | None) -> None:
    """Write the files that `links` leads to below ``outdir``."""
    folder = outdir / FOLDER / comparison.id
    folder.mkdir(parents=True, exist_ok=True)
    for side in comparison.sides:
        shutil.copyfile(side.path, folder / side.path.name)
        path = folder / f"{side.path.stem}.ipynb"
        nbformat.write(notebook(side, outcome), path)
