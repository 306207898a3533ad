"""The directive ``mutation``: how much damage is noticed, and what is not."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from crosswalk.mutation import record
from crosswalk.sphinx.nodes import box
from crosswalk.sphinx.parity_tables import table
from crosswalk.sphinx.seen import ALL
from crosswalk.sphinx.site import domain_of
from crosswalk.sphinx.words import (
    KIND_WORDS,
    NO_REASON,
    NOT_DAMAGED,
    SCORE,
    UNNOTICED,
    word,
)


class MutationDirective(SphinxDirective):
    """Show the score of the recorded damages, and each that nothing noticed."""

    def run(self) -> list[nodes.Node]:
        """Return a sentence, a table of kinds, and a table of survivors."""
        domain = domain_of(self.env)
        domain.note_seen(self.env.docname, ALL)
        project = Path(self.env.srcdir).parent
        for name in (record.TRIED, record.SURVIVORS):
            self.env.note_dependency(str(project / name))
        known = record.read(project)
        score = known.score()
        tried, caught = map(sum, zip(*score.values(), strict=True))
        if not tried:
            return []
        changed = len(known.changed(domain.found.comparisons))
        share = _share(tried, caught)
        lines = [self._word(SCORE).format(caught=caught, tried=tried, share=share)]
        if changed:
            lines.append(self._word(NOT_DAMAGED).format(count=changed))
        # Composed in the language of the page: no message of the catalogue.
        said = [nodes.paragraph("", line, translatable=False) for line in lines]
        return [*said, self._kinds(score), *self._survivors(known.survivors)]

    def _word(self, text: str) -> str:
        return word(self.env.config.language, text)

    def _kinds(self, score: dict[str, tuple[int, int]]) -> nodes.Node:
        rows = [
            _row(self._word(KIND_WORDS[kind]), tried, caught, _share(tried, caught))
            for kind, (tried, caught) in score.items()
        ]
        heads = ("What was damaged", "Times", "Noticed", "Share")
        return table(self.env.config.language, heads, rows, "mutation-score")

    def _survivors(self, survivors: Sequence[record.Survivor]) -> list[nodes.Node]:
        """Return one folded table for each reason, the largest first."""
        heads = ("Place", "Kind", "Was", "Became")
        language = self.env.config.language
        found = []
        for reason, count in Counter(s.reason for s in survivors).most_common():
            rows = [
                _row(
                    nodes.literal("", f"{s.item}/{s.file}:{s.line}"),
                    self._word(KIND_WORDS[s.kind]),
                    nodes.literal("", s.before),
                    nodes.literal("", s.after),
                )
                for s in survivors
                if s.reason == reason
            ]
            title = self._word(UNNOTICED).format(
                count=count, reason=self._word(reason or NO_REASON)
            )
            shown = table(language, heads, rows, "mutation-survivors")
            summary = box("summary", [nodes.Text(title)])
            found.append(box("details", [summary, shown]))
        return found


def _share(tried: int, caught: int) -> str:
    return f"{100 * caught / tried:.1f} %" if tried else "–"


def _row(*cells: nodes.Node | str | int) -> nodes.Node:
    return box(
        "tr",
        [
            box("td", [c if isinstance(c, nodes.Node) else nodes.Text(str(c))])
            for c in cells
        ],
    )
