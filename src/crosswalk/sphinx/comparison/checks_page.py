"""The page of a comparison's checks: their code, their measurements, where they ran.

It is written with the page that shows the comparison, which stays short without it.
"""

from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx

from crosswalk.model import Check, CheckOutcome, Comparison, Outcome
from crosswalk.report import comparison_text
from crosswalk.sphinx.api_index.directives import page_of_index
from crosswalk.sphinx.comparison.code import in_check
from crosswalk.sphinx.comparison.versions import OnVersions, not_passed, why
from crosswalk.sphinx.comparison.versions import where as place_of
from crosswalk.sphinx.domain import (
    anchor,
    comparison_anchor,
    domain_of,
    page_of_checks,
)
from crosswalk.sphinx.interface import _
from crosswalk.sphinx.nodes import Code, box
from crosswalk.sphinx.statement import inline, translation
from crosswalk.sphinx.versions.variants import sign


def write_those_of(app: Sphinx, pagename: str, *_: object) -> None:
    """Write the page of the checks of each comparison whose home is a page."""
    domain = domain_of(app.env)
    for name in domain.data["rendered"].get(pagename, ()):
        outcome = domain.build.outcome(name)
        if outcome and domain.home(name, "") == pagename:
            comparison = domain.build.comparison(name)
            ChecksPage(app, comparison, outcome, pagename).write()


class ChecksPage:
    """Renders the checks of one comparison, in the language of the build."""

    def __init__(
        self, app: Sphinx, comparison: Comparison, outcome: Outcome, home: str
    ) -> None:
        """Render for the builder of ``app``; ``home`` shows the comparison."""
        self.builder = app.builder
        self.comparison = comparison
        self.outcome = outcome
        self.home = home
        self.name = page_of_checks(comparison.id)
        self.versions = OnVersions(app.env, comparison, outcome)
        self.translate = translation(app, home)
        self.index = page_of_index(domain_of(app.env))

    def write(self) -> None:
        """Write the page below the builder's folder."""
        title = _("Checks of {comparison}").format(comparison=self.comparison.id)
        body = box("article", [box("h1", [nodes.Text(title)]), *self._parts()])
        shown = self.builder.render_partial(body)["fragment"]
        context = {"title": title, "body": shown, "parents": [], "toc": ""}
        # For search engines.
        context["description"] = self.translate(self.comparison.checks[0].statement)
        self.builder.handle_page(self.name, context, "page.html")

    def _parts(self) -> Iterator[nodes.Node]:
        text = _("Both programs are on the page {page}.")
        before, _page, after = text.partition("{page}")
        uri = self.builder.get_relative_uri(self.name, self.home)
        href = f"{uri}#{comparison_anchor(self.comparison.id)}"
        title = self.builder.env.titles[self.home].astext()
        link = box("a", [nodes.Text(title)], href=href)
        yield box("p", [nodes.Text(before), link, nodes.Text(after)])
        for check in self.comparison.checks:
            node = box("section", self._check(check), class_="check-details")
            node["ids"] = [anchor(f"{self.comparison.id}#{check.name}")]
            yield node
        yield from self._helpers()
        yield from self.versions.announcements()

    def _check(self, check: Check) -> Iterator[nodes.Node]:
        outcome = self.outcome.check(check.name)
        claim = [*inline(self.translate(check.statement))]
        sign_ = box("span", [nodes.Text(sign(outcome.status))], class_="check-badge")
        sign_["attributes"]["data-status"] = outcome.status
        sign_["attributes"]["data-check"] = f"{self.comparison.id}#{check.name}"
        yield box("h2", [sign_, nodes.Text(f" {check.name}")])
        yield box("p", claim, class_="statement")
        yield self._code(check.source, in_check(check, outcome.uses))
        place = place_of(self.outcome.environment, outcome.mode)
        found = [_measured(outcome)] if outcome.measured else []
        if outcome.status != "passed":
            found.append(not_passed(outcome.status, why(outcome)))
        parts = " · ".join([*place, f"{outcome.seconds:.2f} s"])
        found.append(box("p", [nodes.Text(parts)], class_="where"))
        yield self.versions.of_build(box("div", found))
        yield from self.versions.check(check.name)

    def _helpers(self) -> Iterator[nodes.Node]:
        """Yield what the checks use, so that readers see all that is asserted."""
        texts = helpers(self.comparison)
        if texts:
            codes = [self._code(text, {}) for text in texts]
            head = box("h2", [nodes.Text(_("Helpers of the checks"))])
            yield box("section", [head, *codes], class_="check-helpers")

    def _code(self, source: str, uses: dict) -> nodes.Node:
        code = Code(source, source, language="python")
        code.preserve_original_messages()
        for comment in code.extract_original_messages():
            code.apply_translated_message(comment, self.translate(comment))
        code["uses"] = uses
        if self.index:
            code["index"] = self.builder.get_relative_uri(self.name, self.index)
        return code


def helpers(comparison: Comparison) -> list[str]:
    """Return the sources of the helpers that a comparison's checks use, each once."""
    found = (h.source for check in comparison.checks for h in check.helpers)
    return list(dict.fromkeys(found))


def _measured(outcome: CheckOutcome) -> nodes.Node:
    heads = (_("What"), _("Measured"), _("Wanted"))
    head = box("tr", [box("th", [nodes.Text(text)], scope="col") for text in heads])
    rows = []
    for record in outcome.measured:
        texts = (
            record["name"],
            comparison_text.measured_text(record),
            comparison_text.wanted_text(record),
        )
        rows.append(box("tr", [box("td", [nodes.Text(text)]) for text in texts]))
    parts = [box("thead", [head]), box("tbody", rows)]
    return box("table", parts, class_="measured")
