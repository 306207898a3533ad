"""Build the document nodes of one measured pair."""

from collections.abc import Callable, Iterator

from docutils import nodes
from sphinx.environment import BuildEnvironment

from crosswalk.parity import report, verdicts
from crosswalk.parity.measurement import VERDICTS, Measurement, PairOutcome
from crosswalk.parity.model import MATCHED, Case, Pair
from crosswalk.sphinx.domain import domain_of, pair_anchor
from crosswalk.sphinx.interface import _
from crosswalk.sphinx.nodes import box
from crosswalk.sphinx.parity.signatures import Signatures
from crosswalk.sphinx.parity.tables import (
    change_heads,
    change_rows,
    error_line,
    resume_heads,
    resume_rows,
    searched,
    table,
)
from crosswalk.sphinx.parity.versions import GRADIENTS, MODE_TITLES, PairVersions
from crosswalk.versions.snapshot import SeenPair


class PairRenderer:
    """Renders one pair of one page, in the page's language."""

    def __init__(
        self,
        env: BuildEnvironment,
        pair: Pair,
        outcome: PairOutcome | None,
        text: Callable[[str], nodes.paragraph],
    ) -> None:
        """Render ``outcome``; ``text`` makes a translatable paragraph."""
        self.env = env
        self.pair = pair
        self.outcome = outcome
        self.text = text
        self.versions = PairVersions(env, pair.id)

    def render(self, content: nodes.Node) -> nodes.Node:
        """Return the whole pair; ``content`` stands below the verdict."""
        verdict = None
        if not self.outcome:
            # The catalogue needs the texts; there is nothing measured to show.
            parts = [content, *self._texts()]
        elif not self.pair.counterpart:
            parts = [*self._verdict(), content, self._signatures()]
        else:
            verdict = verdicts.pair_verdict(self.outcome.trainings)
            parts = [*self._verdict(), *self._exceptions(), *self._claims()]
            parts += [content, *self._picture()]
            parts += [self._table(), self._signatures(), *self._going_on()]
            parts.append(self._command())
        node = box("div", parts, class_="parity", data_pair=self.pair.id)
        node["attributes"]["data-verdict"] = verdict or "none"
        node["ids"] = [pair_anchor(self.pair.id)]
        return node

    def _texts(self) -> Iterator[nodes.Node]:
        subject, counterpart = self.pair.subject, self.pair.counterpart
        texts = [case.name for case in self.pair.cases]
        texts += subject.unexercised.values()
        texts += counterpart.unexercised.values() if counterpart else []
        return (self.text(text) for text in dict.fromkeys(texts))

    def _verdict(self) -> Iterator[nodes.Node]:
        parts = [*self.versions.whole(), nodes.Text(" "), *self.versions.where()]
        yield box("p", parts, class_="parity-verdict")
        yield from self.versions.lines()

    def _exceptions(self) -> Iterator[nodes.Node]:
        """Yield how many settings are the same, and which are not if they are few."""
        same, others = verdicts.by_case(self.outcome.trainings)
        if not others:
            return
        counts = {"same": len(same), "total": len(same + others)}
        if len(others) > len(same):
            text = _("{same} of {total} settings are the same.").format(**counts)
            parts = [nodes.Text(text)]
        else:
            text = _("{same} of {total} settings are the same, all but these:")
            parts = [nodes.Text(f"{text.format(**counts)} ")]
            # A paragraph each: Sphinx translates those.
            names = [box("li", [self.text(case)]) for case in others]
            parts.append(box("ul", names))
        shown = box("div", parts, class_="parity-exceptions")
        yield self.versions.of_build(shown)

    def _claims(self) -> Iterator[nodes.Node]:
        for claim, agrees in domain_of(self.env).claims_on(self.pair.id):
            verdicts = {"consistent": _("consistent"), "differs": _("differs")}
            said = _("The official table of MindSpore {release} says: {verdict}.")
            said = said.format(
                release=claim.release, verdict=verdicts[claim.verdict_en]
            )
            ours = (
                _("The measurement agrees.")
                if agrees
                else _("The measurement does not agree.")
            )
            text = f"{said} {ours}"
            status = "agrees" if agrees else "disagrees"
            yield box("p", [nodes.Text(text)], class_="parity-claim", data_claim=status)

    def _table(self) -> nodes.Node:
        runs = list(
            dict.fromkeys((m.mode, m.gradients) for m in self.outcome.trainings)
        )
        heads = [_("Setting")]
        heads += [f"{MODE_TITLES[mode]}, {GRADIENTS[kind]}" for mode, kind in runs]
        head = [box("th", [nodes.Text(text)], scope="col") for text in heads]
        rows = [self._row(case, runs) for case in self.pair.cases]
        caption = _(
            "In each cell, the largest deviation over all steps: absolute; relative; "
            "and the yardstick, which is how far PyTorch in float32 is from PyTorch in "
            "float64."
        )
        parts = [
            box("caption", [nodes.Text(caption)]),
            box("thead", [box("tr", head)]),
            box("tbody", [row for row in rows if row]),
        ]
        return searched(parts, "parity-table")

    def _row(self, case: Case, runs: list[tuple[str, str]]) -> nodes.Node | None:
        found = {
            (m.mode, m.gradients): m
            for m in self.outcome.trainings
            if m.case == case.name
        }
        if not found:
            return None
        first = next(iter(found.values()))
        name = [self.text(case.name), *self._changed(case, first)]
        cells = [box("th", name, scope="row")]
        cells += [self._cell(found[run]) if run in found else box("td") for run in runs]
        worst = max((m.verdict for m in found.values()), key=VERDICTS.index)
        return box("tr", cells, data_verdict=worst)

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

    def _cell(self, m: Measurement) -> nodes.Node:
        def find(seen: SeenPair) -> tuple[str | None, str | None]:
            return seen.find(m.key)

        children = [*self.versions.chips(find)]
        children += self.versions.errors(find, error_line)
        if not m.error:
            figures_ = (
                m.max_abs_deviation,
                m.details.max_rel_deviation,
                m.details.yardstick,
            )
            texts = [report.figure(value) for value in figures_]
            spans = [box("span", [nodes.Text(text)]) for text in texts]
            shown = box("p", _spaced(spans), class_="figures")
            children.append(self.versions.of_build(shown))
        return box("td", children, data_verdict=m.verdict)

    def _picture(self) -> Iterator[nodes.Node]:
        curves = self.outcome.curves
        if "torch" not in curves:
            return
        name = nodes.make_id(f"figure-{self.pair.id}")
        # Matplotlib takes half a second to import; most builds draw nothing.
        from crosswalk.parity import figures  # noqa: PLC0415

        series = {"PyTorch": curves["torch"], "MindSpore": curves["mindspore"]}
        if self.pair.subject.kind == "scheduler":
            labels = figures.Labels(_("step"), _("learning rate"))
            svg = figures.rates(name, series, labels, self._alternative())
        else:
            labels = figures.Labels(_("step"), _("loss"), _("deviation"))
            deviations = {
                _("MindSpore against PyTorch"): curves["deviation"],
                _("PyTorch float32 against float64"): curves["yardstick"],
            }
            svg = figures.trajectories(
                name, series, deviations, labels, self._alternative()
            )
        raw = nodes.raw("", svg, format="html")
        figure = box("figure", [raw], class_="parity-figure")
        yield self.versions.of_build(figure)

    def _alternative(self) -> tuple[str, str]:
        """Return the name of the picture, and what it shows as a sentence."""
        curves = self.outcome.curves
        found = next(m for m in self.outcome.trainings if m.case == MATCHED)
        title = f"{self.pair.subject.torch} / {self.pair.counterpart.mindspore}"
        sentence = (
            _(
                "Learning rate over {steps} steps with matched arguments: it ends at "
                "{torch:.4g} in PyTorch and at {mindspore:.4g} in MindSpore; the "
                "largest deviation is {deviation}."
            )
            if self.pair.subject.kind == "scheduler"
            else _(
                "Loss over {steps} steps with matched arguments: it ends at "
                "{torch:.4g} in PyTorch and at {mindspore:.4g} in MindSpore; the "
                "parameters deviate by {deviation} at most."
            )
        )
        text = sentence.format(
            steps=len(curves["torch"]),
            torch=curves["torch"][-1],
            mindspore=curves["mindspore"][-1],
            deviation=report.figure(found.max_abs_deviation),
        )
        return title, text

    def _signatures(self) -> nodes.Node:
        default = _("default")
        heads = ["PyTorch", default, "MindSpore", default, _("Remark")]
        if not self.pair.counterpart:
            heads = heads[:2]
        head = [box("th", [nodes.Text(text)], scope="col") for text in heads]
        signatures = Signatures(self.pair, self.outcome, self.text)
        rows = [box("tr", cells) for cells in signatures.rows()]
        table = box(
            "table",
            [box("thead", [box("tr", head)]), box("tbody", rows)],
            class_="table parity-signatures",
        )
        summary = box("summary", [nodes.Text(_("Arguments side by side"))])
        scroll = box("div", [table], class_="parity-scroll", tabindex="0")
        return box("details", [summary, scroll], class_="parity-details")

    def _going_on(self) -> Iterator[nodes.Node]:
        """Yield, folded, what resumes and which changes take effect."""
        name = self.pair.counterpart.mindspore.rpartition(".")[2]
        first = [nodes.literal(name, name)]
        for title, heads, rows in (
            (_("Saving and resuming"), resume_heads(), resume_rows),
            (
                _("Changing hyperparameters while training"),
                change_heads(),
                change_rows,
            ),
        ):
            found = list(rows(self.versions, self.outcome, first))
            if found:
                summary = box("summary", [nodes.Text(title)])
                shown = table(("MindSpore", *heads), found, "going-on")
                yield box("details", [summary, shown], class_="parity-details")

    def _command(self) -> nodes.Node:
        text = report.command(self.pair)
        block = nodes.literal_block(text, text, language="console")
        words = _("Measure it yourself ({seconds} s when this page was built):")
        words = words.format(seconds=round(self.outcome.seconds))
        return box(
            "div", [box("p", [nodes.Text(words)]), block], class_="parity-command"
        )


def _spaced(spans: list[nodes.Node]) -> list[nodes.Node]:
    """Put spaces between, for readers and machines without style sheets."""
    return [node for span in spans for node in (span, nodes.Text(" "))]
