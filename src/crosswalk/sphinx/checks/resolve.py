"""Fill in, when pages are written, what depends on other pages."""

from collections.abc import Iterator

from docutils import nodes
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform

from crosswalk.sphinx.checks import cited
from crosswalk.sphinx.checks.cited import Cited
from crosswalk.sphinx.domain import domain_of
from crosswalk.sphinx.nodes import Badge, Box, PageLink, UsedOn, box
from crosswalk.sphinx.versions.variants import (
    on_device,
    seen_on,
    seen_on_briefly,
    sign,
    state_word,
    variants,
)


class ResolveBadges(SphinxPostTransform):
    """Turn badges and lists of pages into links."""

    default_priority = 5

    def run(self, **_: object) -> None:
        """Replace every `Badge`, `PageLink` and `UsedOn` of the page."""
        for badge in list(self.document.findall(Badge)):
            badge.replace_self(list(self._badges(badge)))
        for link in list(self.document.findall(PageLink)):
            uri = uri_of(self, link["page"], link["fragment"])
            link.replace_self(box("a", link.children, href=uri))
        for used in list(self.document.findall(UsedOn)):
            used.replace_self(list(self._pages(used["comparison"])))

    def _badges(self, badge: Badge) -> Iterator[nodes.Node]:
        """Yield the badge, or one for each status where versions differ."""
        domain, docname = domain_of(self.env), self.env.docname
        if "check" in badge:
            cites = cited.check(domain, badge["check"], docname)
        else:
            cites = cited.measurement(domain, badge["measurement"], docname)
        # What opens details may hold no link: a keyboard could not tell them apart.
        is_opener = isinstance(badge.parent, Box) and badge.parent["tag"] == "summary"
        way = {"role": "img"}
        if cites.page and not is_opener:
            way = {"href": uri_of(self, cites.page, cites.fragment)}
        history = domain.build.history
        yield from variants(
            history,
            cites.states or {history.version: cites.status},
            lambda state: self._badge(cites, state, way),
        )

    def _badge(self, cites: Cited, state: str, way: dict[str, str]) -> Box:
        where = seen_on(cites.states, state)
        told = f"{state_word(state)} ({where})" if where else state_word(state)
        brief = seen_on_briefly(cites.states, state)
        for (device, version), found in cites.devices.items():
            told = f"{told}; {on_device(device, version, state_word(found))}"
            # What the build cannot run is told by another device.
            if state == "skipped":
                brief = f"{brief} {device.upper()} {sign(found)}"
        label = f"{told}: {cites.name}"
        parts = [nodes.Text(sign(state))]
        if brief:
            text = nodes.Text(f" {brief.strip()}")
            parts.append(box("span", [text], class_="check-versions"))
            parts[-1]["classes"].append("no-search")
        return box(
            "a" if "href" in way else "span",
            parts,
            class_="check-badge",
            data_status=state,
            title=label,
            aria_label=label,
            **{f"data_{cites.kind}": cites.name},
            **way,
        )

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
