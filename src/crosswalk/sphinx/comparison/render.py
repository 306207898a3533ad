"""Build the document nodes of one comparison."""

from collections.abc import Iterable, Iterator

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx_design.shared import create_component

from crosswalk.model import (
    TITLES,
    Cell,
    Check,
    Comparison,
    Display,
    Outcome,
    Side,
)
from crosswalk.report import comparison_text
from crosswalk.sphinx.comparison import align, downloads, words
from crosswalk.sphinx.comparison.checks_page import helpers
from crosswalk.sphinx.comparison.code import in_cell
from crosswalk.sphinx.comparison.outputs import Outputs, is_shown
from crosswalk.sphinx.comparison.versions import (
    OnVersions,
    how_many_passed,
    not_passed,
    status_text,
)
from crosswalk.sphinx.comparison.versions import where as place_of
from crosswalk.sphinx.domain import anchor, comparison_anchor, page_of_checks
from crosswalk.sphinx.interface import _
from crosswalk.sphinx.nodes import Badge, Code, PageLink, box


class Renderer:
    """Renders one comparison of one page, in the page's language."""

    def __init__(
        self,
        env: BuildEnvironment,
        document: nodes.document,
        comparison: Comparison,
        outcome: Outcome | None,
        line: int,
    ) -> None:
        """Render for ``document``; nodes are said to come from its ``line``."""
        self.env = env
        self.document = document
        self.comparison = comparison
        self.outcome = outcome
        self.line = line
        self.marks = align.marks(comparison)
        self.words = words.differing(comparison, self.marks)
        self.outputs = Outputs(env, document, line)
        self.versions = OnVersions(env, comparison, outcome) if outcome else None

    def render(
        self,
        statements: dict[str, list[nodes.Node]],
        titles: list[list[nodes.Node]],
    ) -> nodes.Node:
        """Return the whole comparison; ``statements`` holds each check's sentence.

        ``titles`` are shown above the snippets, in their order; there may be none.
        """
        self.titles = titles
        status = self.outcome.status if self.outcome else "skipped"
        name = self.comparison.id
        parts = [
            self._head(),
            *(self.versions.notes() if self.versions else ()),
            self._tabs(),
            *self._where(),
            self._checks(statements),
        ]
        # Beside each other, both sides share rows: title, cells, end.
        rows = max(len(side.cells) for side in self.comparison.sides) + 2
        is_marked = not words.mostly_differs(self.comparison, self.marks, self.words)
        node = box(
            "div",
            parts,
            class_="comparison",
            data_comparison=name,
            data_status=status,
            data_marked="few" if is_marked else "none",
            style=f"--rows: {rows}",
        )
        node["ids"] = [comparison_anchor(name)]
        return node

    def _head(self) -> nodes.Node:
        """Return the line above: the name as a permalink, and what did not pass.

        The words of the switch are data for the script that makes it.
        """
        name = self.comparison.id
        mark = box("span", [nodes.Text("#")], class_="permalink", aria_hidden="true")
        parts = [
            box(
                "a",
                [nodes.Text(f"{name} "), mark],
                class_="comparison-name",
                href=f"#{comparison_anchor(name)}",
            )
        ]
        if self.versions:
            parts += self.versions.statuses(self._status_box)
        return box(
            "div",
            parts,
            class_="comparison-head",
            data_layout=_("Layout"),
            data_beside=_("Side by side"),
            data_tabs=_("Tabs"),
        )

    def _status_box(self, status: str) -> nodes.Node:
        text = nodes.Text(status_text(status))
        return box("strong", [text], class_="comparison-status", data_status=status)

    def _tabs(self) -> nodes.Node:
        items = []
        for side in self.comparison.sides:
            title = TITLES[side.framework]
            label = nodes.rubric(title, title, classes=["sd-tab-label"])
            label["sync_id"], label["sync_group"] = side.framework, "framework"
            panel = box("div", self._side(side), data_side=side.framework)
            content = create_component(
                "tab-content", ["sd-tab-content"], children=[panel]
            )
            items.append(
                create_component("tab-item", ["sd-tab-item"], children=[label, content])
            )
        return create_component("tab-set", ["sd-tab-set"], children=items)

    def _side(self, side: Side) -> Iterator[nodes.Node]:
        yield box("p", [nodes.Text(TITLES[side.framework])], class_="side-title")
        outcome = self.outcome.side(side.framework) if self.outcome else None
        titles = iter(self.titles)
        for number, cell in enumerate(side.cells):
            code = self._code(cell.source)
            code["marks"] = self.marks[side.framework][number]
            code["words"] = self.words[side.framework].get(number, {})
            code["uses"] = in_cell(side, cell, outcome.uses if outcome else ())
            title = [] if cell.is_setup else [n.deepcopy() for n in next(titles, ())]
            above = [box("div", title, class_="cell-title")] if title else []
            parts = [*above, *self._cell(cell, code)]
            if self.versions:
                parts += self.versions.outputs(side.framework, number, self._output)
                parts += self._displays(outcome.shown_by(number))
            yield box("div", parts, class_="cell")
        end = []
        if self.versions:
            end += self.versions.failures(side.framework, not_passed)
            end += self.versions.announcements(side.framework)
        end.append(downloads.links(self.env, self.comparison, side))
        yield box("div", end, class_="side-end")

    def _cell(self, cell: Cell, code: nodes.Node) -> Iterator[nodes.Node]:
        if cell.is_setup:
            summary = box("summary", [nodes.Text(_("Setup"))])
            yield box("details", [summary, code], class_="setup")
        else:
            yield code

    def _code(self, source: str) -> nodes.Node:
        code = Code(source, source, language="python")
        code.source, code.line = self.document["source"], self.line
        return code

    def _output(self, text: str) -> nodes.Node:
        more = _("… {count} more characters: the notebook has them all")
        shown = comparison_text.shown(text, more)
        return self._output_box(self.outputs.stream(shown))

    def _displays(self, displays: Iterable[Display]) -> Iterator[nodes.Node]:
        """Yield what the values that end a cell show, for this build's version."""
        for display in displays:
            node = self._output(display.text)
            if is_shown(display):
                node = self._output_box(self.outputs.display(display))
            yield self.versions.of_build(node)

    def _output_box(self, shown: list[nodes.Node]) -> nodes.Element:
        return box("div", shown, class_="side-output", data_label=_("Output"))

    def _where(self) -> Iterator[nodes.Node]:
        outcome = self.outcome
        if outcome is None:
            yield box("p", [], class_="where")
            return
        seconds = f"{outcome.seconds:.1f} s"
        place = where(outcome, outcome.mode)
        parts = [*place, seconds, how_many_passed(outcome.checks)]
        yield from self.versions.where(" · ".join(parts))

    def _checks(self, statements: dict[str, list[nodes.Node]]) -> nodes.Node:
        """Return the claims; their code is on the page of the checks."""
        items: list[nodes.Node] = [
            self._check(check, statements[check.name])
            for check in self.comparison.checks
        ]
        parts = [box("ul", items, class_="checks")]
        if self.outcome is None:  # for the catalogue: the code has comments
            codes = [check.source for check in self.comparison.checks]
            parts += map(self._code, codes + helpers(self.comparison))
        return box("div", parts)

    def _check(self, check: Check, statement: list[nodes.Node]) -> nodes.Node:
        name = f"{self.comparison.id}#{check.name}"
        link = PageLink(page=page_of_checks(self.comparison.id), fragment=anchor(name))
        link += nodes.Text(_("code"))
        item = box("li", [Badge(check=name), *statement, link], class_="check")
        item["ids"] = [anchor(name)]
        return item


def where(outcome: Outcome, mode: str) -> list[str]:
    """Return device, ``mode`` and versions, as a reader sees them."""
    return place_of(outcome.environment, mode)
