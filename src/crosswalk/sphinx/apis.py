"""The index of APIs: every name of the frameworks that the site uses, and where."""

import ast
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from crosswalk.model import FRAMEWORKS
from crosswalk.sphinx.announced import PACKAGES
from crosswalk.sphinx.nodes import ApiPlaces, PageLink, box
from crosswalk.sphinx.pair_versions import PairVersions
from crosswalk.sphinx.seen import APIS, PARITY
from crosswalk.sphinx.site import (
    CrosswalkDomain,
    anchor,
    comparison_anchor,
    domain_of,
    page_of,
    pair_anchor,
    warn,
)
from crosswalk.sphinx.words import word


@dataclass
class Api:
    """One name, the comparisons that use it, the pairs that measure it.

    ``places`` maps a comparison to the check that uses the name, "" if a side
    does; ``is_called`` tells functions and methods from other values, ``is_run``
    whether it is used by what passed, where no error is expected.
    """

    name: str
    places: dict[str, str] = field(default_factory=dict)
    pairs: list[str] = field(default_factory=list)
    is_called: bool = False
    is_run: bool = False

    @property
    def module(self) -> str:
        """Return where it is: all before its class, or before its own name."""
        parts = self.name.split(".")
        inside = range(1, len(parts) - 1)
        end = next((n for n in inside if parts[n][0].isupper()), len(parts) - 1)
        return ".".join(parts[:end])

    @property
    def is_member(self) -> bool:
        """Whether it is a method or an attribute of a class."""
        return self.name.count(".") > self.module.count(".") + 1

    @property
    def kind(self) -> str:
        """Return what Sphinx's Python domain calls it."""
        if self.is_member:
            return "method" if self.is_called else "attribute"
        last = self.name.rpartition(".")[2]
        is_class = self.is_called or self.pairs or not last.isupper()
        if last[0].isupper() and is_class:
            return "class"  # a constant such as GRAPH_MODE is not called
        return "function" if self.is_called else "data"


def collect(app: Sphinx) -> None:
    """Find all APIs in the outcomes and in the pairs."""
    domain = domain_of(app.env)
    found: dict[str, Api] = {}
    lines, guarded = cache(_lines), cache(_guarded)  # each file is read once
    for name, outcome in sorted(domain.outcomes.items()):
        comparison = domain.found.comparisons[name]
        parts = [(s, outcome.side(s.framework), "") for s in comparison.sides]
        parts += [(c, outcome.check(c.name), c.name) for c in comparison.checks]
        for part, ran, check in parts:
            for use in ran.uses:
                api = found.setdefault(use.name, Api(use.name))
                api.places.setdefault(name, check)
                # The first place that tells is enough: files are long to parse.
                if not api.is_called:
                    line = lines(part.path)[use.line - 1]
                    api.is_called = line.startswith("(", use.end)
                if not api.is_run and ran.status == "passed":
                    api.is_run = use.line not in guarded(part.path)
    for name in sorted(domain.pairs):
        for side in filter(None, name.split(":")):
            found.setdefault(side, Api(side)).pairs.append(name)
    domain.apis = dict(sorted(found.items(), key=lambda item: _order(item[1])))


def _order(api: Api) -> tuple[str, str]:
    return api.module, api.name.lower()


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").split("\n")


def _guarded(path: Path) -> set[int]:
    """Return the lines on which an error is expected: caught, or wanted by a check."""
    found: set[int] = set()
    source = path.read_text("utf-8")
    if "try" not in source and "expect.raises" not in source:
        return found  # most files: parsing them all takes a third of a build
    for node in ast.walk(ast.parse(source)):
        parts = node.body if isinstance(node, ast.Try) else []
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "expect.raises":
            parts = [node]
        for part in parts:
            found.update(range(part.lineno, part.end_lineno + 1))
    return found


class ApisDirective(SphinxDirective):
    """List the APIs of one framework by module, each with where it is compared."""

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
        for api in domain.apis.values():
            if api.name.startswith(f"{package}."):
                modules.setdefault(api.module, []).append(api)
        return [self._section(module, apis) for module, apis in modules.items()]

    def _section(self, module: str, apis: list[Api]) -> nodes.Node:
        title = nodes.title("", "", nodes.literal(module, module), translatable=False)
        find = word(self.env.config.language, "Find an API")
        entries = box("dl", map(self._entry, apis), class_="apis", data_find=find)
        return nodes.section("", title, entries, ids=[module], names=[module])

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
        page = page_of(domain.pairs[name].subject)
        link = PageLink(page=page, fragment=pair_anchor(name))
        link += nodes.literal(other, other) if other else nodes.literal(name, api.name)
        shown = [link, nodes.Text(" "), *PairVersions(self.env, name).verdict()]
        return box("p", shown, class_="api-pair")


def page_of_index(domain: CrosswalkDomain) -> str | None:
    """Return the page that has the index, if there is one."""
    return next(iter(domain.data["indexed"]), None)


def places(domain: CrosswalkDomain, name: str) -> dict[str, list[tuple[str, str]]]:
    """Return where an API is compared: for each page, comparisons and anchors."""
    found: dict[str, list[tuple[str, str]]] = {}
    for comparison, check in domain.apis[name].places.items():
        home = domain.home(comparison, "")
        full = f"{comparison}#{check}"
        target = anchor(full) if check else comparison_anchor(comparison)
        if home:
            found.setdefault(home, []).append((full if check else comparison, target))
    return found


def note_labels(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Name comparisons and checks as labels, which other projects can refer to.

    Returns the pages that have links to APIs, if there are other APIs than at the
    last build.
    """
    del app
    domain = domain_of(env)
    labels = env.domains.standard_domain
    for name, comparison in domain.found.comparisons.items():
        page = domain.home(name, "")
        if page:
            anchors = {name: comparison_anchor(name)}
            full = [f"{name}#{check.name}" for check in comparison.checks]
            anchors |= {check: anchor(check) for check in full}
            for label, target in anchors.items():
                labels.labels[label] = page, target, label
                labels.anonlabels[label] = page, target
    names = list(domain.apis)
    before = domain.data["linked"].get("", names)
    domain.data["linked"][""] = names
    return [] if before == names else sorted(env.found_docs)
