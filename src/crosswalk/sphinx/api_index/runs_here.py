"""The directive ``runs-here``: which MindSpore APIs run on the build's device."""

from collections.abc import Iterator
from typing import ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from crosswalk.parity import verdicts
from crosswalk.parity.measurement import PairOutcome
from crosswalk.parity.model import MATCHED
from crosswalk.report.api_index import Api
from crosswalk.sphinx.domain import domain_of, page_of, pair_anchor, warn
from crosswalk.sphinx.incremental.digests import ALL, APIS, PARITY
from crosswalk.sphinx.interface import _
from crosswalk.sphinx.nodes import PageLink, box
from crosswalk.sphinx.parity.tables import error_line, table
from crosswalk.sphinx.parity.versions import MODE_TITLES, PairVersions

OURS = "mindspore."
# Verdicts of pairs whose API does not work.
FAILS, IDLE = ("fails", "unmeasured"), ("frozen", "ignored")


class RunsHereDirective(SphinxDirective):
    """Lists MindSpore's APIs that fail, have no effect, run, or only raise errors."""

    required_arguments = 1
    kinds: ClassVar = ("fails", "idle", "runs", "refused")

    def run(self) -> list[nodes.Node]:
        """Return a table of pairs, or the names of each module."""
        kind = self.arguments[0]
        if kind not in self.kinds:
            message = f"runs-here: expected one of {list(self.kinds)}, got {kind!r}"
            warn("unknown", message, self.get_location())
            return []
        for name in (ALL, APIS, PARITY):
            domain_of(self.env).note_seen(self.env.docname, name)
        if kind in {"fails", "idle"}:
            found = self._table(FAILS if kind == "fails" else IDLE)
        else:
            found = list(self._modules(is_run=kind == "runs"))
        return found or [box("p", [nodes.Text(_("There is none."))])]

    def _table(self, verdicts: tuple[str, ...]) -> list[nodes.Node]:
        parities = domain_of(self.env).build.parities
        rows = [
            box("tr", self._cells(name, outcome))
            for name, outcome in sorted(parities.items(), key=_by_counterpart)
            if _verdict(outcome) in verdicts
        ]
        heads = ["MindSpore", _("Verdict")]
        heads += [_("What it raises")] if verdicts == FAILS else []
        return [table(heads, rows, "runs-here")] if rows else []

    def _cells(self, name: str, outcome: PairOutcome) -> Iterator[nodes.Node]:
        subject = domain_of(self.env).build.pairs[name].subject
        link = PageLink(page=page_of(subject), fragment=pair_anchor(name))
        text = name.partition(":")[2]
        link += nodes.literal(text, text.removeprefix(OURS))
        versions = PairVersions(self.env, name)
        yield box("th", [link], scope="row")
        yield box("td", [*versions.whole(), *versions.lines()])
        if _verdict(outcome) in FAILS:
            errors = box("div", self._errors(outcome))
            yield box("td", [versions.of_build(errors)])

    def _errors(self, outcome: PairOutcome) -> Iterator[nodes.Node]:
        """Yield the errors with matched arguments, and their modes."""
        found: dict[str, list[str]] = {}
        for m in outcome.trainings:
            if m.case == MATCHED and m.error:
                found.setdefault(m.error, []).append(MODE_TITLES[m.mode])
        if outcome.failure:
            found[outcome.failure] = []
        for error, modes in found.items():
            names = ", ".join(dict.fromkeys(modes))
            yield box("p", [nodes.Text(names)])
            yield error_line(error)

    def _modules(self, *, is_run: bool) -> Iterator[nodes.Node]:
        """Yield the names of each module."""
        domain = domain_of(self.env)
        failing = {
            name.partition(":")[2]
            for name, outcome in domain.build.parities.items()
            if _verdict(outcome) in {*FAILS, *IDLE}
        }
        modules: dict[str, list[Api]] = {}
        for api in domain.build.apis.values():
            is_ours = api.name.startswith(OURS) and api.name not in failing
            if is_ours and is_run == bool(api.is_run or api.pairs):
                modules.setdefault(api.module, []).append(api)
        for module, apis in modules.items():
            items = [box("li", [_short(api)]) for api in apis]
            head = box("p", [nodes.strong("", module)], class_="runs-here-module")
            yield box("div", [head, box("ul", items)], class_="runs-here-names")


def _short(api: Api) -> nodes.Node:
    """Return the name without its module, as a literal that becomes a link."""
    text = api.name.removeprefix(f"{api.module}.")
    return nodes.literal(text, text, api=api.name)


def _verdict(outcome: PairOutcome) -> str | None:
    return "unmeasured" if outcome.failure else verdicts.pair_verdict(outcome.trainings)


def _by_counterpart(item: tuple[str, PairOutcome]) -> str:
    return item[0].partition(":")[2].lower()
