"""Link APIs to their index, and the index to the places that compare them."""

from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from crosswalk.sphinx.api_index.directives import page_of_index, places
from crosswalk.sphinx.domain import domain_of
from crosswalk.sphinx.interface import _
from crosswalk.sphinx.nodes import ApiPlaces, Box, Code, box, uri_of

# For an API that more comparisons use, a fold lists only the pages.
MOST = 3
LINKS = (nodes.reference, nodes.title, nodes.rubric, addnodes.pending_xref)


class LinkApis(SphinxPostTransform):
    """Links the names of APIs, in code and in prose, to the index."""

    # After `ResolveLinks` and Sphinx's own references, so existing links remain.
    default_priority = 200

    def run(self, **_: object) -> None:
        """Link the names on the page; fill in the index itself."""
        domain = domain_of(self.env)
        index = page_of_index(domain)
        if index is None:
            return
        for node in list(self.document.findall(ApiPlaces)):
            node.replace_self(list(self._places(node["api"])))
        for code in self.document.findall(Code):
            code["index"] = uri_of(self, index, "")
        if index != self.env.docname:
            self._link_prose(index)

    def _link_prose(self, index: str) -> None:
        """Link literals with an API's full name as text or as attribute ``api``."""
        apis = domain_of(self.env).build.apis
        for literal in list(self.document.findall(nodes.literal)):
            name = literal.get("api", literal.astext())
            if name in apis and not _is_linked(literal):
                uri = uri_of(self, index, name)
                literal.replace_self(box("a", [literal.deepcopy()], href=uri))

    def _places(self, name: str) -> Iterator[nodes.Node]:
        found = places(domain_of(self.env), name)
        total = sum(map(len, found.values()))
        is_many = total > MOST
        items = []
        for page, comparisons in found.items():
            title = nodes.Text(self.env.titles[page].astext())
            parts = [box("a", [title], href=uri_of(self, page, comparisons[0][1]))]
            for number, (label, target) in enumerate(() if is_many else comparisons):
                literal = nodes.literal(label, label)
                parts.append(nodes.Text(" · " if number else " › "))
                parts.append(box("a", [literal], href=uri_of(self, page, target)))
            items.append(box("li", parts))
        places_list = box("ul", items, class_="api-places")
        if is_many:
            text = _("{comparisons} comparisons on {pages} pages")
            text = text.format(comparisons=total, pages=len(found))
            summary = box("summary", [nodes.Text(text)])
            yield box("details", [summary, places_list])
        else:
            yield places_list


def _is_linked(node: nodes.Node) -> bool:
    """Return whether ``node`` is in a link, a heading or the summary of a fold."""
    while node.parent:
        node = node.parent
        if isinstance(node, LINKS):
            return True
        if isinstance(node, Box) and node["tag"] in {"a", "summary"}:
            return True
    return False
