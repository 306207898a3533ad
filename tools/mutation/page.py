"""The directive ``mutation``: how many mutants checks catch, and which survive."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from crosswalk.sphinx.domain import domain_of
from crosswalk.sphinx.incremental.digests import ALL
from crosswalk.sphinx.interface import _
from crosswalk.sphinx.nodes import box
from crosswalk.sphinx.parity.tables import table
from tools.mutation import record

# Reasons in the record why a mutant makes no difference to a reader.
REASONS = (
    _("The claims hold for the other value, too."),
    _("The claims hold without it, too: with the default."),
    _("It is the default, written out."),
    _("The numbers are the same in another container, type or copy."),
    _("A name, or a guard against what does not happen here."),
    _("It only changes how a value is shown."),
    _("It has no effect there: that is what a claim says."),
    _("What is loaded or run afterwards gives the same, as a claim says."),
)


class MutationDirective(SphinxDirective):
    """Shows the score of the recorded mutants, and each survivor."""

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
        changed = len(known.changed(domain.build.found.comparisons))
        share = _share(tried, caught)
        text = _("{caught} of {tried} mutants were caught ({share}).")
        lines = [text.format(caught=caught, tried=tried, share=share)]
        if changed:
            text = _("{count} comparisons have changed since their last mutation test.")
            lines.append(text.format(count=changed))
        # Composed in the language of the page: no message of the catalogue.
        said = [nodes.paragraph("", line, translatable=False) for line in lines]
        return [*said, self._kinds(score), *self._survivors(known.survivors)]

    def _kinds(self, score: dict[str, tuple[int, int]]) -> nodes.Node:
        rows = [
            _row(_kind(kind), tried, caught, _share(tried, caught))
            for kind, (tried, caught) in score.items()
        ]
        heads = (_("What was changed"), _("Times"), _("Caught"), _("Share"))
        return table(heads, rows, "mutation-score")

    def _survivors(self, survivors: Sequence[record.Survivor]) -> list[nodes.Node]:
        """Return one folded table for each reason, the largest first."""
        heads = (_("Place"), _("Kind"), _("Was"), _("Became"))
        found = []
        for reason, count in Counter(s.reason for s in survivors).most_common():
            rows = [
                _row(
                    nodes.literal("", f"{s.item}/{s.file}:{s.line}"),
                    _kind(s.kind),
                    nodes.literal("", s.before),
                    nodes.literal("", s.after),
                )
                for s in survivors
                if s.reason == reason
            ]
            title = _("{count} mutants not caught. {reason}")
            title = title.format(count=count, reason=_reason(reason))
            shown = table(heads, rows, "mutation-survivors")
            summary = box("summary", [nodes.Text(title)])
            found.append(box("details", [summary, shown]))
        return found


def _kind(kind: str) -> str:
    """Return the name of a kind of change."""
    words = {
        "number": _("a number in a snippet"),
        "flag": _("True or False in a snippet"),
        "operator": _("an operator in a snippet"),
        "argument": _("an argument in a snippet"),
        "call": _("a call in a snippet"),
        "emptied": _("a check, emptied"),
        "negated": _("a check, turned round"),
        "translated number": _("a number in a translation"),
        "translated name": _("a name in a translation"),
        "badge": _("a badge"),
    }
    return words[kind]


def _reason(reason: str) -> str:
    return _(reason) if reason else _("The reason is not yet known.")


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


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.add_directive("mutation", MutationDirective)
    return {"parallel_read_safe": True}
