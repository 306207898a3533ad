"""The directive ``comparison``."""

from docutils import nodes

from crosswalk.model import Comparison
from crosswalk.sphinx.checks.roles import unknown_comparison
from crosswalk.sphinx.comparison.render import Renderer
from crosswalk.sphinx.domain import domain_of, warn
from crosswalk.sphinx.statement import TextDirective


class ComparisonDirective(TextDirective):
    """Show a comparison: both sides, their outputs, where it ran, its checks.

    The content is a list with a title for each snippet, or nothing.
    """

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the comparison's nodes, or a warning for an unknown name."""
        name = self.arguments[0]
        domain = domain_of(self.env)
        comparison = domain.build.comparison(name)
        if comparison is None:
            warn("unknown", unknown_comparison(domain.build, name), self.get_location())
            return []
        if not domain.note_rendered(self.env.docname, name):
            message = f"comparison {name!r} is shown twice on this page"
            warn("comparison", message, self.get_location())
            return []
        outcome = domain.build.outcome(name)
        renderer = Renderer(
            self.env, self.state.document, comparison, outcome, self.lineno
        )
        statements = {c.name: [self.statement(c)] for c in comparison.checks}
        return [renderer.render(statements, self._titles(comparison))]

    def _titles(self, comparison: Comparison) -> list[list[nodes.Node]]:
        """Return the titles of the snippets; warn unless there is one for each."""
        content = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, content)
        titles = [item.children for item in content.findall(nodes.list_item)]
        wanted = {sum(not c.is_setup for c in s.cells) for s in comparison.sides}
        if self.content and wanted != {len(titles)}:
            message = (
                f"comparison {comparison.id!r}: expected a list with a title for each "
                f"of its {max(wanted)} snippets, found {len(titles)}"
            )
            warn("comparison", message, self.get_location())
            return []
        return titles
