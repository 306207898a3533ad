"""The table of a pair's cases: a verdict for each, the numbers on demand."""

from collections.abc import Callable, Iterator

from docutils import nodes

from crosswalk.parity.measurement import VERDICTS, Measurement, PairOutcome
from crosswalk.parity.model import Case, Pair
from crosswalk.report import parity_text
from crosswalk.sphinx.interface import _
from crosswalk.sphinx.nodes import box
from crosswalk.sphinx.parity.tables import stated_by_run, table
from crosswalk.sphinx.parity.versions import GRADIENTS, MODE_TITLES, PairVersions


class CaseTable:
    """Renders what was measured of one pair, a row for each case."""

    def __init__(
        self,
        pair: Pair,
        outcome: PairOutcome,
        versions: PairVersions,
        text: Callable[[str], nodes.paragraph],
    ) -> None:
        """Render ``outcome``; ``text`` makes a translatable paragraph."""
        self.pair = pair
        self.outcome = outcome
        self.versions = versions
        self.text = text

    def render(self) -> nodes.Node:
        """Return the table: case, verdict of its runs, their numbers folded."""
        rows = [row for case in self.pair.cases for row in self._row(case)]
        return table((_("Case"), _("Verdict"), _("Numbers")), rows, "parity-table")

    def _row(self, case: Case) -> Iterator[nodes.Node]:
        found = [m for m in self.outcome.trainings if m.case == case.name]
        if not found:
            return
        name = [self.text(case.name), *self._changed(case, found[0])]
        verdict = stated_by_run(self.versions, {_run(m): m for m in found})
        cells = [
            box("th", name, scope="row"),
            box("td", verdict),
            box("td", self._numbers(found)),
        ]
        worst = max((m.verdict for m in found), key=VERDICTS.index)
        yield box("tr", cells, data_verdict=worst)

    def _changed(self, case: Case, first: Measurement) -> Iterator[nodes.Node]:
        given = {**case.torch, **case.mindspore}
        shown = ", ".join(
            f"{name}={first.details.torch_arguments.get(name, value)!r}"
            for name, value in given.items()
        )
        if shown:
            yield box("p", [nodes.literal(shown, shown)], class_="parity-arguments")
        if first.details.missing:
            names = ", ".join(first.details.missing)
            text = nodes.Text(_("on one side only:") + f" {names}")
            yield box("p", [text], class_="parity-missing")

    def _numbers(self, found: list[Measurement]) -> Iterator[nodes.Node]:
        """Yield, folded, how far both sides are apart in each run."""
        lines = [_numbers_of(m) for m in found if not m.error]
        if lines:
            largest = max(m.max_abs_deviation or 0.0 for m in found if not m.error)
            summary = box("summary", [nodes.Text(parity_text.figure(largest))])
            items = box("ul", [box("li", [nodes.Text(line)]) for line in lines])
            shown = box("details", [summary, items], class_="parity-numbers")
            yield self.versions.of_build(shown)


def _run(m: Measurement) -> str:
    """Return a run as a reader sees it."""
    return f"{MODE_TITLES[m.mode]}, {GRADIENTS[m.gradients]}"


def _numbers_of(m: Measurement) -> str:
    text = _(
        "{run}: deviation {absolute}, relative {relative}; rounding baseline {baseline}"
    )
    return text.format(
        run=_run(m),
        absolute=parity_text.figure(m.max_abs_deviation),
        relative=parity_text.figure(m.details.max_rel_deviation),
        baseline=parity_text.figure(m.details.yardstick),
    )
