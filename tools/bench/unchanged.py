"""Measure a rebuild of the whole site, without changes and after one edit."""

import json
import shutil
import statistics
import sys
from functools import partial
from pathlib import Path

from tools.bench import reader, sites, timing

SITE = timing.WORK / "site"
PLAIN = timing.WORK / "plain"
REPEATS = 5
EDITED = ("optimizers/sgd_nn_sgd", "optimizers/adam_nn_adam", "checkpoint/adam_steps")
LANGUAGES = {"en": "en", "zh": "zh_CN"}
# The same theme and the same pages, without our extension.
CONF = """\
project = "Plain"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_copybutton"]
html_theme = "pydata_sphinx_theme"
myst_heading_anchors = 3
suppress_warnings = ["myst", "toc", "misc.highlighting_failure"]
"""


def measure() -> dict[str, float]:
    """Return the time of a rebuild, and the requests of a page."""
    _copy_site()
    make_html()
    _write_plain()
    plain = {name: partial(_build_plain, name) for name in LANGUAGES}
    for build in plain.values():
        build()
    actions = {"ours": make_html, **plain, "import": timing.import_frameworks}
    times = timing.in_turn(actions, REPEATS)
    edits = [_one_edit(name, times["ours"], times["import"]) for name in EDITED]
    return {
        "no_change": times["ours"] / (times["en"] + times["zh"]),
        "one_edit": statistics.median(edits),
        **_of_examples(SITE / "_build" / "outcomes"),
        **reader.pages(SITE / "_build" / "html" / "en"),
    }


def _of_examples(store: Path) -> dict[str, float]:
    """Return the time of a comparison of this site, and that of `timing.FAR`."""
    files = list(store.glob("*.json"))
    outcomes = [json.loads(path.read_text("utf-8"))["outcome"] for path in files]
    own = statistics.mean(
        sum(part["seconds"] for part in (*outcome["sides"], *outcome["checks"]))
        for outcome in outcomes
    )
    return {
        "own_seconds": own,
        "per_worker_hour": 3600 / own,
        "worker_hours": own * timing.FAR / 3600,
        "store_kilobytes": statistics.mean(p.stat().st_size for p in files) / 1000,
    }


def make_html() -> None:
    """Run ``make html`` in the copy of the site, with this environment."""
    binaries = Path(sys.executable).parent
    ready = SITE / "ready"
    ready.touch()  # newer than the requirements, so make installs nothing
    timing.run(["make", "html", f"BIN={binaries}", f"READY={ready}"], SITE)


def _copy_site() -> None:
    """Copy the project, and its outcomes if it has any."""
    shutil.rmtree(SITE, ignore_errors=True)
    skipped = shutil.ignore_patterns("_build", ".*", "__pycache__", "*.mo")
    shutil.copytree(timing.ROOT, SITE, ignore=skipped)
    outcomes = timing.ROOT / "_build" / "outcomes"
    if outcomes.exists():
        shutil.copytree(outcomes, SITE / "_build" / "outcomes")


def _write_plain() -> None:
    """Write the pages of both languages as plain Markdown pages."""
    shutil.rmtree(PLAIN, ignore_errors=True)
    for name in LANGUAGES:
        sites.plain(PLAIN / name, SITE / "_build" / "html" / name)
    (PLAIN / "conf.py").write_text(CONF, "utf-8")


def _build_plain(name: str) -> None:
    options = ["-j", "auto", "-c", ".", "-d", f"doctrees/{name}"]
    language = ["-D", f"language={LANGUAGES[name]}", name, f"html/{name}"]
    timing.run([sys.executable, "-m", "sphinx", *options, *language], PLAIN)


def _one_edit(comparison: str, unchanged: float, imported: float) -> float:
    """Return the time of ``make html`` after an edit relative to its limit."""
    name = comparison.partition("/")[2]
    path = SITE / "examples" / comparison / f"{name}_torch.py"
    edited = f"{path.read_text('utf-8')}print('edited')\n"
    path.write_text(edited, "utf-8")
    taken = timing.seconds(make_html)
    store = SITE / "_build" / "outcomes" / f"{comparison.replace('/', '.')}.json"
    outcome = json.loads(store.read_text("utf-8"))["outcome"]
    parts = [*outcome["sides"], *outcome["checks"]]
    own = sum(part["seconds"] for part in parts)
    return taken / (unchanged + 4 * own + imported)
