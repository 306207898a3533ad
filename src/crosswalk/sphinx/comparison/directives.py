"""The directive ``comparison``."""

from docutils import nodes

from crosswalk.sphinx.checks.roles import unknown_comparison
from crosswalk.sphinx.comparison.render import Renderer
from crosswalk.sphinx.domain import domain_of, warn
from crosswalk.sphinx.statement import TextDirective


class ComparisonDirective(TextDirective):
    """Show a comparison: both sides, their outputs, where it ran, its checks."""

    required_arguments = 1

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
        return [renderer.render(statements)]
