"""Fill in, when pages are written, links that depend on other pages."""

from collections.abc import Iterator

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from crosswalk.sphinx.domain import domain_of
from crosswalk.sphinx.nodes import PageLink, UsedOn, box, uri_of


class ResolveLinks(SphinxPostTransform):
    """Turn links to pages, and lists of pages, into HTML links."""

    default_priority = 5

    def run(self, **_: object) -> None:
        """Replace every `PageLink` and `UsedOn` of the page."""
        for link in list(self.document.findall(PageLink)):
            uri = uri_of(self, link["page"], link["fragment"])
            link.replace_self(box("a", link.children, href=uri))
        for used in list(self.document.findall(UsedOn)):
            used.replace_self(list(self._pages(used["comparison"])))

    def _pages(self, name: str) -> Iterator[nodes.Node]:
        for number, page in enumerate(domain_of(self.env).pages(name)):
            if number:
                yield nodes.Text(", ")
            uri = self.app.builder.get_relative_uri(self.env.docname, page)
            title = self.env.titles[page].astext()
            yield box("a", [nodes.Text(title)], href=uri)
