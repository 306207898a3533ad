"""The directives of the reference: ``parity`` and ``parity-index``."""

from collections.abc import Iterator

from docutils import nodes

from crosswalk.parity import verdicts
from crosswalk.parity.measurement import PairOutcome
from crosswalk.parity.model import Pair, Subject
from crosswalk.report import parity_text
from crosswalk.report.user_input import meant
from crosswalk.sphinx.domain import domain_of, page_of, pair_anchor, warn
from crosswalk.sphinx.incremental.digests import PARITY
from crosswalk.sphinx.interface import _
from crosswalk.sphinx.nodes import Badge, Box, PageLink, box
from crosswalk.sphinx.parity.render import PairRenderer
from crosswalk.sphinx.parity.tables import searched
from crosswalk.sphinx.parity.versions import MODE_TITLES, PairVersions
from crosswalk.sphinx.statement import TextDirective

# As many exceptions are named in a table.
FEW = 3
COLUMNS: dict[str, dict[str, str]] = {
    "optimizer": {
        "mindspore.nn": "mindspore.nn.",
        "mindspore.experimental.optim": "mindspore.experimental.optim.",
        "mindspore.mint.optim": "mindspore.mint.optim.",
    },
    "scheduler": {
        "mindspore.experimental.optim.lr_scheduler": (
            "mindspore.experimental.optim.lr_scheduler."
        ),
        "mindspore.nn": "mindspore.nn.",
    },
}


class ParityDirective(TextDirective):
    """Show what was measured of one pair, given as ``torch.X:mindspore.Y``.

    The content stands below the verdict: the cause of a difference, each
    sentence with a badge, and the recipe, which is a comparison.
    """

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the pair's nodes, or a warning for an unknown name."""
        name = self.arguments[0]
        domain = domain_of(self.env)
        pair = domain.build.pairs.get(name)
        if pair is None:
            known = (
                meant(name, domain.build.pairs)
                or f"there are: {', '.join(domain.build.pairs)}"
            )
            message = f"unknown pair {name!r}; {known}".rstrip()
            warn("unknown", message, self.get_location())
            return []
        domain.note_pair(self.env.docname, name)
        outcome = domain.build.parities.get(name)
        content = nodes.container(classes=["parity-content"])
        self.state.nested_parse(self.content, self.content_offset, content)
        self._require(pair, outcome, content)
        renderer = PairRenderer(self.env, pair, outcome, self.text)
        return [renderer.render(content)]

    def _require(
        self, pair: Pair, outcome: PairOutcome | None, content: nodes.container
    ) -> None:
        """Warn of a difference without a checked cause, or of no recipe."""
        if not outcome:
            return  # the catalogue's builder measures nothing
        verdict = verdicts.pair_verdict(outcome.trainings)
        badges = [b for p in content.children for b in causes_in(p)]
        if verdict not in {None, "same", "defaults-differ"} and not badges:
            message = (
                f"{pair.id}: the verdict is {verdict!r}, give the cause with a badge"
            )
            warn("parity", message, self.get_location())
        recipes = [
            b for b in content.findall(Box) if "data-comparison" in b["attributes"]
        ]
        if not recipes and verdict != "fails":
            message = f"{pair.id}: no recipe, show a comparison in the directive"
            warn("parity", message, self.get_location())


class ParityIndexDirective(TextDirective):
    """List every class of one kind with a verdict for each counterpart."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return one table: a row for each PyTorch class."""
        kind = self.arguments[0]
        if kind not in COLUMNS:
            message = f"parity-index: expected one of {list(COLUMNS)}, got {kind!r}"
            warn("unknown", message, self.get_location())
            return []
        domain = domain_of(self.env)
        domain.note_seen(self.env.docname, PARITY)
        subjects = [s for s in domain.build.subjects if s.kind == kind]
        subjects.sort(key=lambda subject: subject.torch.lower())
        heads = [nodes.Text("PyTorch")]
        # None for schedulers: the package of the optimizer decides.
        recommends = any(subject.recommended for subject in subjects)
        if recommends:
            heads.append(nodes.Text(_("Recommended")))
        heads += [nodes.literal(name, name) for name in COLUMNS[kind]]
        head = [box("th", [name], scope="col") for name in heads]
        rows = [
            self._row(subject, COLUMNS[kind], recommends=recommends)
            for subject in subjects
        ]
        parts = [box("thead", [box("tr", head)]), box("tbody", rows)]
        return [searched(parts, "parity-index")]

    def _row(
        self, subject: Subject, columns: dict[str, str], *, recommends: bool
    ) -> nodes.Node:
        short = subject.torch.rpartition(".")[2]
        first = PageLink(page=page_of(subject), fragment="")
        first += nodes.literal(short, short)
        cells = [box("th", [first], scope="row")]
        if recommends:
            cells.append(box("td", self._recommended(subject)))
        for prefix in columns.values():
            content = []
            for pair in self._pairs(subject, prefix):
                content += self._cell(pair)
            cells.append(box("td", content or [nodes.Text("–")]))
        return box("tr", cells, data_name=short.lower())

    def _recommended(self, subject: Subject) -> list[nodes.Node]:
        """Return the class to use, with its note."""
        if not subject.recommended:
            return [nodes.Text("–")]
        name = subject.recommended.removeprefix("mindspore.")
        text = nodes.literal(name, name, api=subject.recommended)
        return [text, self.text(subject.note)] if subject.note else [text]

    def _pairs(self, subject: Subject, prefix: str) -> Iterator[Pair]:
        for counterpart in subject.counterparts:
            rest = counterpart.mindspore.removeprefix(prefix)
            if rest != counterpart.mindspore:
                yield Pair(subject, counterpart)

    def _cell(self, pair: Pair) -> list[nodes.Node]:
        outcome = domain_of(self.env).build.parities.get(pair.id)
        verdict = verdicts.pair_verdict(outcome.trainings) if outcome else None
        name = pair.counterpart.mindspore.rpartition(".")[2]
        link = PageLink(page=page_of(pair.subject), fragment=pair_anchor(pair.id))
        link += nodes.literal(name, name)
        parts: list[nodes.Node] = [link, nodes.Text(" ")]
        versions = PairVersions(self.env, pair.id)
        parts += versions.verdict()
        if outcome and verdict in {"same-except", "differs", "ignored"}:
            parts.append(versions.of_build(self._exceptions(outcome)))
        modes = parity_text.by_mode(outcome) if outcome else {}
        if verdict in modes.values() and len(set(modes.values())) > 1:
            bad = [
                MODE_TITLES[mode] for mode, found in modes.items() if found == verdict
            ]
            parts.append(nodes.Text(f" ({', '.join(bad)})"))
        return [box("div", parts, class_="parity-cell")]

    def _exceptions(self, outcome: PairOutcome) -> nodes.Node:
        """Return how many cases are the same, and the names of the others if few."""
        same, others = verdicts.by_case(outcome.trainings)
        count = f"{len(same)}/{len(same + others)}"
        told = _("{same} of {total} cases are the same.")
        told = told.format(same=len(same), total=len(same + others))
        parts = [box("span", [nodes.Text(count)], class_="parity-count", title=told)]
        if len(others) <= FEW:
            names = [box("li", [self.text(case)]) for case in others]
            parts.append(box("ul", names))
        return box("div", parts, class_="parity-exceptions")


def causes_in(node: nodes.Node) -> list[nodes.Node]:
    """Return the badges of checks in a paragraph or list; a recipe is no prose.

    A measurement that is the same is no cause of a difference.
    """
    found = [] if isinstance(node, Box) else node.findall(Badge)
    return [badge for badge in found if "check" in badge]
