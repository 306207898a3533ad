"""Build the document nodes of one measured pair."""

from collections.abc import Callable, Iterator

from docutils import nodes
from sphinx.environment import BuildEnvironment

from crosswalk.parity import measure, report
from crosswalk.parity.model import (
    MATCHED,
    VERDICTS,
    Measurement,
    Pair,
    PairOutcome,
    Setting,
)
from crosswalk.sphinx.nodes import box
from crosswalk.sphinx.pair_versions import PairVersions
from crosswalk.sphinx.parity_signatures import Signatures
from crosswalk.sphinx.parity_tables import (
    ChangesDirective,
    ResumesDirective,
    change_rows,
    error_line,
    resume_rows,
    table,
)
from crosswalk.sphinx.past_pairs import of_setting
from crosswalk.sphinx.site import domain_of, pair_anchor
from crosswalk.sphinx.words import (
    AGREES,
    CAPTION,
    CLAIM,
    COMMAND,
    DISAGREES,
    LOSSES,
    MODE_WORDS,
    RATES,
    word,
)
from crosswalk.versions.record import SeenPair


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
        self.language = env.config.language
        self.versions = PairVersions(env, pair.id)

    def word(self, text: str) -> str:
        """Return an interface word in the page's language."""
        return word(self.language, text)

    def render(self, content: nodes.Node) -> nodes.Node:
        """Return the whole pair; ``content`` stands below the verdict."""
        verdict = None
        if not self.outcome:
            # The catalogue needs the texts; there is nothing measured to show.
            parts = [content, *self._texts()]
        elif not self.pair.counterpart:
            parts = [*self._verdict(), content, self._signatures()]
        else:
            verdict = measure.pair_verdict(self.outcome.measurements)
            parts = [*self._verdict(), *self._claims(), content, *self._picture()]
            parts += [self._table(), self._signatures(), *self._going_on()]
            parts.append(self._command())
        node = box("div", parts, class_="parity", data_pair=self.pair.id)
        node["attributes"]["data-verdict"] = verdict or "none"
        node["ids"] = [pair_anchor(self.pair.id)]
        return node

    def _texts(self) -> Iterator[nodes.Node]:
        subject, counterpart = self.pair.subject, self.pair.counterpart
        texts = [setting.name for setting in self.pair.settings]
        texts += subject.unexercised.values()
        texts += counterpart.unexercised.values() if counterpart else []
        return (self.text(text) for text in dict.fromkeys(texts))

    def _verdict(self) -> Iterator[nodes.Node]:
        parts = [*self.versions.whole(), nodes.Text(" "), *self.versions.where()]
        yield box("p", parts, class_="parity-verdict")
        yield from self.versions.lines()

    def _claims(self) -> Iterator[nodes.Node]:
        for claim, agrees in domain_of(self.env).claims_on(self.pair.id):
            verdict = self.word(claim.verdict_en)
            said = self.word(CLAIM).format(release=claim.release, verdict=verdict)
            text = f"{said} {self.word(AGREES if agrees else DISAGREES)}"
            status = "agrees" if agrees else "disagrees"
            yield box("p", [nodes.Text(text)], class_="parity-claim", data_claim=status)

    def _table(self) -> nodes.Node:
        runs = list(
            dict.fromkeys((m.mode, m.gradients) for m in self.outcome.measurements)
        )
        heads = [self.word("Setting")]
        heads += [f"{MODE_WORDS[m]}, {self.word(f'{g} gradients')}" for m, g in runs]
        head = [box("th", [nodes.Text(text)], scope="col") for text in heads]
        rows = [self._row(setting, runs) for setting in self.pair.settings]
        parts = [
            box("caption", [nodes.Text(self.word(CAPTION))]),
            box("thead", [box("tr", head)]),
            box("tbody", [row for row in rows if row]),
        ]
        find = self.word("Find in the table")
        table = box("table", parts, class_="table parity-table", data_find=find)
        return box("div", [table], class_="parity-scroll", tabindex="0")

    def _row(self, setting: Setting, runs: list[tuple[str, str]]) -> nodes.Node | None:
        found = {
            (m.mode, m.gradients): m
            for m in self.outcome.measurements
            if m.setting == setting.name
        }
        if not found:
            return None
        first = next(iter(found.values()))
        name = [self.text(setting.name), *self._changed(setting, first)]
        cells = [box("th", name, scope="row")]
        cells += [self._cell(found[run]) if run in found else box("td") for run in runs]
        worst = max((m.verdict for m in found.values()), key=VERDICTS.index)
        return box("tr", cells, data_verdict=worst)

    def _changed(self, setting: Setting, first: Measurement) -> Iterator[nodes.Node]:
        given = {**setting.torch, **setting.mindspore}
        shown = ", ".join(
            f"{name}={first.torch_arguments.get(name, value)!r}"
            for name, value in given.items()
        )
        if shown:
            yield box("p", [nodes.literal(shown, shown)], class_="parity-arguments")
        if first.missing:
            names = ", ".join(first.missing)
            text = f"{self.word('on one side only:')} {names}"
            yield box("p", [nodes.Text(text)], class_="parity-missing")

    def _cell(self, m: Measurement) -> nodes.Node:
        def find(seen: SeenPair) -> tuple[str | None, str | None]:
            return of_setting(seen, m)

        children = [*self.versions.chips(find)]
        children += self.versions.errors(find, lambda t: error_line(self.language, t))
        if not m.error:
            figures_ = (m.max_abs_deviation, m.max_rel_deviation, m.yardstick)
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
            labels = figures.Labels(self.word("step"), self.word("learning rate"))
            svg = figures.rates(name, series, labels, self._alternative(RATES))
        else:
            labels = figures.Labels(
                self.word("step"), self.word("loss"), self.word("deviation")
            )
            deviations = {
                self.word("MindSpore against PyTorch"): curves["deviation"],
                self.word("PyTorch float32 against float64"): curves["yardstick"],
            }
            svg = figures.trajectories(
                name, series, deviations, labels, self._alternative(LOSSES)
            )
        raw = nodes.raw("", svg, format="html")
        figure = box("figure", [raw], class_="parity-figure")
        yield self.versions.of_build(figure)

    def _alternative(self, sentence: str) -> tuple[str, str]:
        curves = self.outcome.curves
        found = next(m for m in self.outcome.measurements if m.setting == MATCHED)
        title = f"{self.pair.subject.torch} / {self.pair.counterpart.mindspore}"
        text = self.word(sentence).format(
            steps=len(curves["torch"]),
            torch=curves["torch"][-1],
            mindspore=curves["mindspore"][-1],
            deviation=report.figure(found.max_abs_deviation),
        )
        return title, text

    def _signatures(self) -> nodes.Node:
        heads = ["PyTorch", "default", "MindSpore", "default", "Remark"]
        if not self.pair.counterpart:
            heads = heads[:2]
        head = [box("th", [nodes.Text(self.word(h))], scope="col") for h in heads]
        signatures = Signatures(self.pair, self.outcome, self.language, self.text)
        rows = [box("tr", cells) for cells in signatures.rows()]
        table = box(
            "table",
            [box("thead", [box("tr", head)]), box("tbody", rows)],
            class_="table parity-signatures",
        )
        summary = box("summary", [nodes.Text(self.word("Arguments side by side"))])
        scroll = box("div", [table], class_="parity-scroll", tabindex="0")
        return box("details", [summary, scroll], class_="parity-details")

    def _going_on(self) -> Iterator[nodes.Node]:
        """Yield, folded, what resumes and which changes take effect."""
        name = self.pair.counterpart.mindspore.rpartition(".")[2]
        first = [nodes.literal(name, name)]
        for title, heads, rows in (
            ("Saving and resuming", RESUMES, resume_rows),
            ("Changing hyperparameters while training", CHANGES, change_rows),
        ):
            found = list(rows(self.versions, self.outcome, first))
            if found:
                summary = box("summary", [nodes.Text(self.word(title))])
                shown = table(self.language, ("MindSpore", *heads), found, "going-on")
                yield box("details", [summary, shown], class_="parity-details")

    def _command(self) -> nodes.Node:
        text = report.command(self.pair)
        block = nodes.literal_block(text, text, language="console")
        words = self.word(COMMAND).format(seconds=round(self.outcome.seconds))
        return box(
            "div", [box("p", [nodes.Text(words)]), block], class_="parity-command"
        )


RESUMES, CHANGES = ResumesDirective.heads, ChangesDirective.heads


def _spaced(spans: list[nodes.Node]) -> list[nodes.Node]:
    """Put spaces between, for readers and machines without style sheets."""
    return [node for span in spans for node in (span, nodes.Text(" "))]
