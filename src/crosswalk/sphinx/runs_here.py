"""Which of MindSpore's APIs run on the device of the build, and how others fail."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from crosswalk.parity import measure
from crosswalk.parity.model import MATCHED, PairOutcome
from crosswalk.sphinx.nodes import PageLink, box
from crosswalk.sphinx.pair_versions import PairVersions
from crosswalk.sphinx.parity_tables import error_line, table
from crosswalk.sphinx.seen import ALL, APIS, PARITY
from crosswalk.sphinx.site import domain_of, page_of, pair_anchor, warn
from crosswalk.sphinx.words import MODE_WORDS, NOTHING_HERE, word

if TYPE_CHECKING:
    from crosswalk.sphinx.apis import Api

OURS = "mindspore."
# Verdicts of pairs whose API does not do its work.
FAILS, IDLE = ("fails", "unmeasured"), ("frozen", "ignored")


class RunsHereDirective(SphinxDirective):
    """List MindSpore's APIs that fail, that do nothing, or that run."""

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
        none = nodes.Text(word(self.env.config.language, NOTHING_HERE))
        return found or [box("p", [none])]

    def _table(self, verdicts: tuple[str, ...]) -> list[nodes.Node]:
        domain = domain_of(self.env)
        language = self.env.config.language
        rows = [
            box("tr", self._cells(name, outcome))
            for name, outcome in sorted(domain.parities.items(), key=_by_counterpart)
            if _verdict(outcome) in verdicts
        ]
        heads = ["MindSpore", "Verdict"]
        heads += ["What it raises"] if verdicts == FAILS else []
        return [table(language, heads, rows, "runs-here")] if rows else []

    def _cells(self, name: str, outcome: PairOutcome) -> Iterator[nodes.Node]:
        subject = domain_of(self.env).pairs[name].subject
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
        """Yield what matched arguments raise, and in which modes."""
        found: dict[str, list[str]] = {}
        for m in outcome.measurements:
            if m.setting == MATCHED and m.error:
                found.setdefault(m.error, []).append(MODE_WORDS[m.mode])
        if outcome.failure:
            found[outcome.failure] = []
        for error, modes in found.items():
            names = ", ".join(dict.fromkeys(modes))
            yield box("p", [nodes.Text(names)])
            yield error_line(self.env.config.language, error)

    def _modules(self, *, is_run: bool) -> Iterator[nodes.Node]:
        """Yield the names of each module."""
        domain = domain_of(self.env)
        failing = {
            name.partition(":")[2]
            for name, outcome in domain.parities.items()
            if _verdict(outcome) in {*FAILS, *IDLE}
        }
        modules: dict[str, list[Api]] = {}
        for api in domain.apis.values():
            is_ours = api.name.startswith(OURS) and api.name not in failing
            if is_ours and is_run == bool(api.is_run or api.pairs):
                modules.setdefault(api.module, []).append(api)
        for module, apis in modules.items():
            items = [box("li", [_short(api)]) for api in apis]
            head = box("p", [nodes.strong("", module)], class_="runs-here-module")
            yield box("div", [head, box("ul", items)], class_="runs-here-names")


def _short(api: "Api") -> nodes.Node:
    """Return the name below its module; it becomes a link."""
    text = api.name.removeprefix(f"{api.module}.")
    return nodes.literal(text, text, api=api.name)


def _verdict(outcome: PairOutcome) -> str | None:
    return (
        "unmeasured" if outcome.failure else measure.pair_verdict(outcome.measurements)
    )


def _by_counterpart(item: tuple[str, PairOutcome]) -> str:
    return item[0].partition(":")[2].lower()
