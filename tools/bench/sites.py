"""Write the sites to compare: ours, those of the peers, and synthetic ones."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import nbformat

from crosswalk.comparisons.discover import discover
from crosswalk.model import Comparison
from tools.bench.timing import ROOT

# A theme that lists all pages on each page would dominate the measurement.
THEME = 'html_theme = "basic"\n'
OURS = f"""\
{THEME}\
project = "Ours"
extensions = ["crosswalk.sphinx"]
suppress_warnings = ["crosswalk.unused"]
"""
PLAIN = f"""\
{THEME}\
project = "Plain"
extensions = ["myst_parser"]
myst_heading_anchors = 3
suppress_warnings = ["myst", "toc", "misc.highlighting_failure"]
"""
MYSTNB = f"""\
{THEME}\
project = "MyST-NB"
extensions = ["myst_nb"]
nb_execution_mode = "force"
nb_execution_timeout = 300
"""
# A script fails if a previous one left MindSpore in Graph mode; Sphinx-Gallery only
# warns, and the build continues.
GALLERY = f"""\
{THEME}\
project = "Sphinx-Gallery"
extensions = ["sphinx_gallery.gen_gallery"]
sphinx_gallery_conf = {{
    "examples_dirs": "../scripts",
    "gallery_dirs": "gallery",
    "parallel": 2,
    "image_scrapers": (),
    "reset_modules": (),
    "min_reported_time": 10**6,
    "only_warn_on_example_error": True,
}}
"""
TINY = """\
# %%
total = sum(range({number}))
print(total)
"""
CHECKS = '''\
from crosswalk import expect


def same(pytorch, mindspore):
    """Sum {number} is the same on both sides."""
    expect.equal(pytorch.total, mindspore.total)
'''
# The peers have no checks, so the comparison uses only the sides.
NO_CHECKS = '''\
from crosswalk import expect


def ran(pytorch, mindspore):
    """Both sides ran."""
    expect.equal("__main__", pytorch.__name__)
'''
ON_A_PAGE, IN_A_TOPIC = 10, 100


def chosen(count: int) -> list[Comparison]:
    """Return ``count`` of the site's comparisons, evenly spread.

    Omits those that compile, because MindSpore's compiler cannot find their source in
    either peer.
    Raises ValueError if there are too few.
    """
    found = [
        comparison
        for comparison in discover(ROOT / "examples").comparisons.values()
        if not comparison.packages
        and not comparison.devices
        and not any(side.uses_jit for side in comparison.sides)
    ]
    if len(found) < count:
        message = f"expected {count} comparisons without @jit, there are {len(found)}"
        raise ValueError(message)
    return [found[n * len(found) // count] for n in range(count)]


def ours(folder: Path, comparisons: Sequence[Comparison]) -> None:
    """Write a page for each comparison, and the shown examples, without checks."""
    for comparison in comparisons:
        copy = folder / "examples" / comparison.id
        shutil.copytree(comparison.folder, copy)
        (copy / "checks.py").write_text(NO_CHECKS, "utf-8")
    pages = {
        f"page{n}": f"# {comparison.id}\n\n```{{comparison}} {comparison.id}\n```\n"
        for n, comparison in enumerate(comparisons)
    }
    _write(folder, OURS, pages)


def mystnb(folder: Path, comparisons: Sequence[Comparison]) -> None:
    """Write a notebook for each comparison, with both sides one after the other."""
    names = [f"page{n}" for n in range(len(comparisons))]
    _write(folder, MYSTNB, {}, names)
    for name, comparison in zip(names, comparisons, strict=True):
        title = nbformat.v4.new_markdown_cell(f"# {comparison.id}")
        cells = [cell for side in comparison.sides for cell in side.cells]
        code = [nbformat.v4.new_code_cell(cell.source) for cell in cells]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = nbformat.v4.new_notebook(
            cells=[title, *code], metadata={"kernelspec": kernel}
        )
        nbformat.write(notebook, folder / "docs" / f"{name}.ipynb")


def gallery(folder: Path, comparisons: Sequence[Comparison]) -> None:
    """Write a script for each comparison, with both sides one after the other."""
    _write(folder, GALLERY, {}, ["gallery/index"])
    scripts = folder / "scripts"
    scripts.mkdir()
    (scripts / "GALLERY_HEADER.rst").write_text("Scripts\n=======\n", "utf-8")
    for n, comparison in enumerate(comparisons):
        title = f'"""\n{comparison.id}\n{"=" * len(comparison.id)}\n"""\n'
        code = [side.path.read_text("utf-8") for side in comparison.sides]
        (scripts / f"plot_{n}.py").write_text("\n".join([title, *code]), "utf-8")


def synthetic(folder: Path, count: int) -> None:
    """Write ``count`` tiny comparisons, ten per page, and each topic's evidence."""
    pages: dict[str, list[str]] = {}
    for number in range(count):
        topic, name = f"topic{number // IN_A_TOPIC}", f"sum{number}"
        example = folder / "examples" / topic / name
        example.mkdir(parents=True)
        for side in ("torch", "mindspore"):
            text = TINY.format(number=number)
            (example / f"{name}_{side}.py").write_text(text, "utf-8")
        text = CHECKS.format(number=number)
        (example / "checks.py").write_text(text, "utf-8")
        found = f"{topic}/{name}"
        text = (
            f"Sum {number}: {{check}}`{found}#same`\n\n```{{comparison}} {found}\n```"
        )
        pages.setdefault(f"page{number // ON_A_PAGE}", []).append(text)
    texts = {
        name: "\n\n".join([f"# {name}", *parts, ""]) for name, parts in pages.items()
    }
    topics = {text.name for text in (folder / "examples").iterdir()}
    texts |= {
        topic: f"# Evidence of {topic}\n\n```{{evidence}} {topic}\n```\n"
        for topic in sorted(topics)
    }
    _write(folder, OURS, texts)


def plain(folder: Path, built: Path) -> None:
    """Write the pages of the site ``built`` as plain Markdown pages."""
    for page in built.rglob("*.md"):
        copy = folder / page.relative_to(built)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, copy)
    tree = "\n\n```{toctree}\n:glob:\n:hidden:\n*\n*/*\n*/*/*\n```\n"
    with (folder / "index.md").open("a", encoding="utf-8") as index:
        index.write(tree)


def _write(
    folder: Path, conf: str, pages: dict[str, str], others: Sequence[str] = ()
) -> None:
    """Write ``conf.py`` and the pages, with a list of all pages on the first one."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (folder / "conf.py").write_text(conf, "utf-8")
    for name, text in pages.items():
        (docs / f"{name}.md").write_text(text, "utf-8")
    names = "\n   ".join([*pages, *others])
    first = f"All\n===\n\n.. toctree::\n\n   {names}\n"
    (docs / "index.rst").write_text(first, "utf-8")
