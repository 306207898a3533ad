"""Fill in, when pages are written, what depends on other pages."""

from collections.abc import Iterator

from docutils import nodes
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform

from crosswalk.sphinx.nodes import Badge, Box, PageLink, UsedOn, box
from crosswalk.sphinx.site import anchor, domain_of
from crosswalk.sphinx.words import word

SIGNS = {"passed": "✓", "failed": "✗", "skipped": "–"}


class ResolveBadges(SphinxPostTransform):
    """Turn badges and lists of pages into links."""

    default_priority = 5

    def run(self, **_: object) -> None:
        """Replace every `Badge`, `PageLink` and `UsedOn` of the page."""
        for badge in list(self.document.findall(Badge)):
            badge.replace_self(self._badge(badge))
        for link in list(self.document.findall(PageLink)):
            uri = uri_of(self, link["page"], link["fragment"])
            link.replace_self(box("a", link.children, href=uri))
        for used in list(self.document.findall(UsedOn)):
            used.replace_self(list(self._pages(used["comparison"])))

    def _badge(self, badge: Badge) -> nodes.Node:
        domain = domain_of(self.env)
        check = badge["check"]
        name, _, function = check.partition("#")
        outcome = domain.outcome(name)
        status = outcome.check(function).status if outcome else "skipped"
        label = f"{word(self.config.language, status)}: {check}"
        # What opens details may hold no link: a keyboard could not tell them apart.
        is_opener = isinstance(badge.parent, Box) and badge.parent["tag"] == "summary"
        page = None if is_opener else domain.home(name, self.env.docname)
        link = box(
            "a" if page else "span",
            [nodes.Text(SIGNS[status])],
            class_="check-badge",
            data_check=check,
            data_status=status,
            title=label,
            aria_label=label,
            **({} if page else {"role": "img"}),
        )
        if page:
            link["attributes"]["href"] = uri_of(self, page, anchor(check))
        return link

    def _pages(self, name: str) -> Iterator[nodes.Node]:
        for number, page in enumerate(domain_of(self.env).pages(name)):
            if number:
                yield nodes.Text(", ")
            uri = self.app.builder.get_relative_uri(self.env.docname, page)
            title = self.env.titles[page].astext()
            yield box("a", [nodes.Text(title)], href=uri)


def uri_of(transform: SphinxPostTransform, page: str, fragment: str) -> str:
    """Return the way from the page that is being written to another place."""
    docname = transform.env.docname
    try:
        uri = transform.app.builder.get_relative_uri(docname, page)
    except NoUri:
        return f"#{fragment}"
    start = "" if page == docname else uri
    return f"{start}#{fragment}" if fragment else start
