"""The Sphinx extension: the only folder that imports Sphinx."""

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from crosswalk import __version__
from crosswalk.sphinx import (
    addresses,
    again,
    apis,
    code,
    downloads,
    evidence,
    intact,
    markdown,
    nodes,
    parallel,
    runs,
    search,
    site,
    switch,
)
from crosswalk.sphinx.api_links import LinkApis
from crosswalk.sphinx.directives import (
    ClaimsDirective,
    ComparisonDirective,
    EvidenceDirective,
)
from crosswalk.sphinx.mutation import MutationDirective
from crosswalk.sphinx.parity import ParityDirective, ParityIndexDirective
from crosswalk.sphinx.parity_tables import ChangesDirective, ResumesDirective
from crosswalk.sphinx.releases import ReleasesDirective
from crosswalk.sphinx.resolve import ResolveBadges
from crosswalk.sphinx.roles import CheckRole, EvidenceRole, MeasuredRole
from crosswalk.sphinx.runs_here import RunsHereDirective
from crosswalk.sphinx.speed import SpeedFigure, SpeedRole

STATIC = Path(__file__).parent / "static"


def setup(app: Sphinx) -> dict[str, Any]:
    """Wire directives, roles, nodes and events into Sphinx."""
    app.setup_extension("myst_parser")
    app.setup_extension("sphinx_design")
    app.add_config_value("crosswalk_examples", "examples", "env", str)
    app.add_config_value("crosswalk_parity", "parity", "env", str)
    app.add_config_value("crosswalk_store", "_build/outcomes", "", str)
    app.add_config_value("crosswalk_limits", {}, "", dict)
    app.add_config_value("crosswalk_device", None, "env", (str, type(None)))
    nodes.setup(app)
    search.setup(app)
    code.setup(app)
    addresses.setup(app)
    markdown.setup(app)
    parallel.setup(app)
    app.add_domain(site.CrosswalkDomain)
    app.add_directive("comparison", ComparisonDirective)
    app.add_directive("claims", ClaimsDirective)
    app.add_directive("evidence", EvidenceDirective)
    app.add_directive("parity", ParityDirective)
    app.add_directive("parity-index", ParityIndexDirective)
    app.add_directive("parity-resumes", ResumesDirective)
    app.add_directive("parity-changes", ChangesDirective)
    app.add_directive("mutation", MutationDirective)
    app.add_directive("releases", ReleasesDirective)
    app.add_directive("speed-figure", SpeedFigure)
    app.add_directive("apis", apis.ApisDirective)
    app.add_directive("runs-here", RunsHereDirective)
    app.add_role("check", CheckRole())
    app.add_role("measured", MeasuredRole())
    app.add_role("evidence", EvidenceRole())
    app.add_role("speed", SpeedRole())
    app.add_post_transform(ResolveBadges)
    app.add_post_transform(LinkApis)
    # Before Sphinx compiles messages and takes up what it read last time.
    app.connect("config-inited", intact.begin)
    app.connect("builder-inited", runs.run_comparisons)
    app.connect("builder-inited", runs.measure_pairs)
    app.connect("builder-inited", runs.read_records)
    app.connect("builder-inited", apis.collect)
    app.connect("builder-inited", add_static_files)
    app.connect("env-get-outdated", again.find_outdated)
    app.connect("env-updated", again.find_moved)
    app.connect("env-updated", apis.note_labels)
    # Sphinx checks consistency only where a page was read again.
    app.connect("env-updated", site.check_usage)
    app.connect("doctree-resolved", again.note_written)
    app.connect("html-page-context", downloads.write_those_of)
    app.connect("html-page-context", switch.offer_versions)
    app.connect("build-finished", evidence.write)
    app.connect("source-read", intact.note_source)
    app.connect("env-get-outdated", intact.changed_sources)
    app.connect("build-finished", intact.finish, priority=900)
    return {"version": __version__, "parallel_read_safe": True}


def add_static_files(app: Sphinx) -> None:
    """Add the style sheets and the scripts of comparisons and of the reference."""
    app.config.html_static_path.append(str(STATIC))
    for name in ("comparison", "crosswalk", "code", "parity", "search", "versions"):
        app.add_css_file(f"{name}.css")
    app.add_css_file("print.css", media="print")
    # Before the page shows, so that no comparison changes under a reader's eyes.
    app.add_js_file("comparison.js")
    # After Sphinx's script that it amends, before the translations.
    app.add_js_file("plural.js", priority=300)
    for name in ("crosswalk", "code", "parity", "versions"):
        app.add_js_file(f"{name}.js", loading_method="defer")
    app.add_js_file("language.js", loading_method="defer")
