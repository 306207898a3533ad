"""The Sphinx extension; only this folder imports Sphinx.

This module lists everything that the extension adds; each feature has a folder.
"""

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from crosswalk import __version__, project
from crosswalk.sphinx import build, domain, interface, nodes, notebooks
from crosswalk.sphinx.api_index.directives import ApisDirective, collect, note_labels
from crosswalk.sphinx.api_index.links import LinkApis
from crosswalk.sphinx.api_index.runs_here import RunsHereDirective
from crosswalk.sphinx.checks.directives import ClaimsDirective, EvidenceDirective
from crosswalk.sphinx.checks.marks import ResolveMarks
from crosswalk.sphinx.checks.resolve import ResolveLinks
from crosswalk.sphinx.checks.roles import CheckRole, EvidenceRole, MeasuredRole
from crosswalk.sphinx.comparison import checks_page, code, downloads
from crosswalk.sphinx.comparison.directives import ComparisonDirective
from crosswalk.sphinx.incremental import outdated, stamp, writing
from crosswalk.sphinx.output import addresses, evidence, line_breaks, markdown
from crosswalk.sphinx.parity.directives import ParityDirective, ParityIndexDirective
from crosswalk.sphinx.parity.roles import MeasurementRole
from crosswalk.sphinx.parity.tables import ChangesDirective, ResumesDirective
from crosswalk.sphinx.search import index
from crosswalk.sphinx.versions import switch
from crosswalk.sphinx.versions.directives import ReleasesDirective

STATIC = Path(__file__).parent / "static"
# Name, default, scope of a rebuild, types.
CONFIG = (
    ("crosswalk_examples", str(project.EXAMPLES), "env", str),
    ("crosswalk_parity", str(project.PAIRS), "env", str),
    ("crosswalk_store", str(project.OUTCOMES), "", str),
    ("crosswalk_limits", {}, "", dict),
    ("crosswalk_device", None, "env", (str, type(None))),
)
DIRECTIVES = {
    "comparison": ComparisonDirective,
    "claims": ClaimsDirective,
    "evidence": EvidenceDirective,
    "parity": ParityDirective,
    "parity-index": ParityIndexDirective,
    "parity-resumes": ResumesDirective,
    "parity-changes": ChangesDirective,
    "releases": ReleasesDirective,
    "apis": ApisDirective,
    "runs-here": RunsHereDirective,
}
ROLES = {
    "check": CheckRole(),
    "measured": MeasuredRole(),
    "measurement": MeasurementRole(),
    "evidence": EvidenceRole(),
}
# Sphinx calls the handlers of one event in this order.
EVENTS = (
    ("builder-inited", build.run_comparisons),
    ("builder-inited", build.measure_pairs),
    ("builder-inited", build.read_records),
    ("builder-inited", collect),
    ("source-read", stamp.note_source),
    ("env-get-outdated", outdated.find_outdated),
    ("env-get-outdated", stamp.changed_sources),
    ("env-updated", outdated.find_moved),
    ("env-updated", note_labels),
    # Sphinx checks consistency only if it read a page again.
    ("env-updated", domain.check_usage),
    ("doctree-resolved", outdated.note_written),
    ("html-page-context", downloads.write_those_of),
    ("html-page-context", checks_page.write_those_of),
    ("html-page-context", switch.offer_versions),
    ("build-finished", evidence.write),
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything with Sphinx."""
    app.setup_extension("sphinx_design")
    for name, default, rebuild, types in CONFIG:
        app.add_config_value(name, default, rebuild, types)
    app.add_domain(domain.CrosswalkDomain)
    features = (interface, notebooks, nodes, index, code, addresses, markdown)
    features += (line_breaks, writing)
    for part in features:
        part.setup(app)
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    for name, role in ROLES.items():
        app.add_role(name, role)
    for transform in (ResolveMarks, ResolveLinks, LinkApis):
        app.add_post_transform(transform)
    for event, listener in EVENTS:
        app.connect(event, listener)
    app.connect("builder-inited", add_static_files)
    whole = stamp.Stamp()
    # Before Sphinx compiles messages and loads its environment.
    app.connect("config-inited", whole.begin)
    app.connect("build-finished", whole.finish, priority=900)
    return {"version": __version__, "parallel_read_safe": True}


def add_static_files(app: Sphinx) -> None:
    """Add the style sheets and scripts of comparisons and of the reference."""
    app.config.html_static_path.append(str(STATIC))
    for name in ("comparison", "crosswalk", "code", "parity", "search", "versions"):
        app.add_css_file(f"{name}.css")
    app.add_css_file("print.css", media="print")
    # Before the page appears, so no comparison changes while a reader looks at it.
    app.add_js_file("comparison.js")
    # After Sphinx's script that it amends, before the translations.
    app.add_js_file("plural.js", priority=300)
    for name in ("crosswalk", "code", "parity", "versions"):
        app.add_js_file(f"{name}.js", loading_method="defer")
    app.add_js_file("language.js", loading_method="defer")
