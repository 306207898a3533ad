"""The directive ``apis``: an index of all framework APIs on the site."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from crosswalk.model import FRAMEWORKS
from crosswalk.report import api_index
from crosswalk.report.api_index import Api
from crosswalk.sphinx.domain import (
    CrosswalkDomain,
    anchor,
    comparison_anchor,
    domain_of,
    page_of,
    pair_anchor,
    warn,
)
from crosswalk.sphinx.incremental.digests import APIS, PARITY
from crosswalk.sphinx.interface import _
from crosswalk.sphinx.nodes import ApiPlaces, PageLink, box
from crosswalk.sphinx.parity.versions import PairVersions
from crosswalk.versions.announcements import PACKAGES


def collect(app: Sphinx) -> None:
    """Find all APIs in the outcomes and in the pairs."""
    build = domain_of(app.env).build
    comparisons = build.found.comparisons
    build.apis = api_index.collect(comparisons, build.outcomes, build.pairs)


class ApisDirective(SphinxDirective):
    """Lists the APIs of one framework by module, each with the places that compare it.

    APIs of pairs come first; those that programs merely use are folded.
    """

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a section for each module."""
        package = PACKAGES.get(self.arguments[0])
        if package is None:
            message = f"apis: expected one of {list(FRAMEWORKS)}"
            warn(
                "unknown", f"{message}, got {self.arguments[0]!r}", self.get_location()
            )
            return []
        domain = domain_of(self.env)
        domain.data["indexed"][self.env.docname] = True
        for name in (APIS, PARITY):
            domain.note_seen(self.env.docname, name)
        modules: dict[str, list[Api]] = {}
        for api in domain.build.apis.values():
            if api.name.startswith(f"{package}."):
                modules.setdefault(api.module, []).append(api)
        return [self._section(module, apis) for module, apis in modules.items()]

    def _section(self, module: str, apis: list[Api]) -> nodes.Node:
        title = nodes.title("", "", nodes.literal(module, module), translatable=False)
        answered = [api for api in apis if api.pairs]
        used = [api for api in apis if not api.pairs]
        parts = [self._list(answered)] if answered else []
        if used:
            text = _("Used by programs on this site: {count}").format(count=len(used))
            summary = box("summary", [nodes.Text(text)])
            parts.append(box("details", [summary, self._list(used)]))
        return nodes.section(
            "", title, *parts, ids=[f"module-{module}"], names=[module]
        )

    def _list(self, apis: list[Api]) -> nodes.Node:
        entries = map(self._entry, apis)
        return box("dl", entries, class_="apis", data_find=_("Find an API"))

    def _entry(self, api: Api) -> nodes.Node:
        python = self.env.domains.python_domain
        python.note_object(api.name, api.kind, api.name, location=self.get_location())
        link = box("a", [nodes.literal(api.name, api.name)], href=f"#{api.name}")
        parts = [self._pair(api, name) for name in api.pairs]
        parts += [ApiPlaces(api=api.name)] if api.places else []
        kind = "api-entry member" if api.is_member else "api-entry"
        entry = box("div", [box("dt", [link]), box("dd", parts)], class_=kind)
        entry["ids"] = [api.name]
        return entry

    def _pair(self, api: Api, name: str) -> nodes.Node:
        domain = domain_of(self.env)
        other = next((n for n in name.split(":") if n not in {"", api.name}), "")
        page = page_of(domain.build.pairs[name].subject)
        link = PageLink(page=page, fragment=pair_anchor(name))
        link += nodes.literal(other, other) if other else nodes.literal(name, api.name)
        shown = [link, nodes.Text(" "), *PairVersions(self.env, name).verdict()]
        return box("p", shown, class_="api-pair")


def page_of_index(domain: CrosswalkDomain) -> str | None:
    """Return the page with the index, or None."""
    return next(iter(domain.data["indexed"]), None)


def places(domain: CrosswalkDomain, name: str) -> dict[str, list[tuple[str, str]]]:
    """Return the places that compare an API: for each page, comparisons and anchors."""
    found: dict[str, list[tuple[str, str]]] = {}
    for comparison, check in domain.build.apis[name].places.items():
        home = domain.home(comparison, "")
        full = f"{comparison}#{check}"
        target = anchor(full) if check else comparison_anchor(comparison)
        if home:
            found.setdefault(home, []).append((full if check else comparison, target))
    return found


def note_labels(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Register comparisons and checks as labels, which other projects can reference.

    Returns the pages with links to APIs if the set of APIs has changed since the last
    build.
    """
    del app
    domain = domain_of(env)
    labels = env.domains.standard_domain
    for name, comparison in domain.build.found.comparisons.items():
        page = domain.home(name, "")
        if page:
            anchors = {name: comparison_anchor(name)}
            full = [f"{name}#{check.name}" for check in comparison.checks]
            anchors |= {check: anchor(check) for check in full}
            for label, target in anchors.items():
                labels.labels[label] = page, target, label
                labels.anonlabels[label] = page, target
    names = list(domain.build.apis)
    before = domain.data["linked"].get("", names)
    domain.data["linked"][""] = names
    return [] if before == names else sorted(env.found_docs)
