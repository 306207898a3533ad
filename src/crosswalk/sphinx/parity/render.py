"""Build the document nodes of one measured pair."""

from collections.abc import Callable, Iterator

from docutils import nodes
from sphinx.environment import BuildEnvironment

from crosswalk.parity import verdicts
from crosswalk.parity.measurement import PairOutcome
from crosswalk.parity.model import MATCHED, Pair
from crosswalk.report import parity_text
from crosswalk.sphinx.domain import domain_of, pair_anchor
from crosswalk.sphinx.interface import _
from crosswalk.sphinx.nodes import box
from crosswalk.sphinx.parity.cases import CaseTable
from crosswalk.sphinx.parity.signatures import Signatures
from crosswalk.sphinx.parity.tables import (
    change_heads,
    change_rows,
    resume_heads,
    resume_rows,
    table,
)
from crosswalk.sphinx.parity.versions import PairVersions


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
            verdict = self.versions.own
            parts = [*self._verdict(), *self._exceptions(), content]
            parts += [self._measured(), self._signatures(), *self._going_on()]
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

    def _exceptions(self) -> Iterator[nodes.Node]:
        """Yield how many cases are the same, and which are not if they are few."""
        same, others = verdicts.by_case(self.outcome.trainings)
        if not others:
            return
        counts = {"same": len(same), "total": len(same + others)}
        if len(others) > len(same):
            text = _("{same} of {total} cases are the same.").format(**counts)
            parts = [nodes.Text(text)]
        else:
            text = _("{same} of {total} cases are the same, all but these:")
            parts = [nodes.Text(f"{text.format(**counts)} ")]
            # A paragraph each: Sphinx translates those.
            names = [box("li", [self.text(case)]) for case in others]
            parts.append(box("ul", names))
        shown = box("div", parts, class_="parity-exceptions")
        yield self.versions.of_build(shown)

    def _measured(self) -> nodes.Node:
        """Return, folded, every case, the versions and the official claim."""
        cases = CaseTable(self.pair, self.outcome, self.versions, self.text)
        summary = box("summary", [nodes.Text(_("Every case, and other versions"))])
        parts = [*self.versions.lines(), *self._claims(), *self._picture()]
        parts += [cases.render(), self._command()]
        return box("details", [summary, *parts], class_="parity-details")

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

    def _picture(self) -> Iterator[nodes.Node]:
        curves = self.outcome.curves
        if "torch" not in curves:
            return
        name = nodes.make_id(f"figure-{self.pair.id}")
        # Matplotlib takes half a second to import; most builds draw nothing.
        from crosswalk.sphinx.parity import figures  # noqa: PLC0415

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
            deviation=parity_text.figure(found.max_abs_deviation),
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
        text = parity_text.command(self.pair)
        block = nodes.literal_block(text, text, language="console")
        words = _("Measure it yourself ({seconds} s when this page was built):")
        words = words.format(seconds=round(self.outcome.seconds))
        return box(
            "div", [box("p", [nodes.Text(words)]), block], class_="parity-command"
        )
