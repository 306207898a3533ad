"""Show the libraries' announcements about the APIs that a snippet uses."""

from collections.abc import Iterator
from dataclasses import replace
from textwrap import shorten

from docutils import nodes

from crosswalk.sphinx.interface import _
from crosswalk.sphinx.nodes import Box, box
from crosswalk.versions.announcements import Announcement

LONGEST = 320


def shown(found: list[Announcement], package: str) -> Iterator[Box]:
    """Yield a fold: names and versions in its summary, the sentences inside."""
    if not found:
        return
    announced = _(
        "Announced to change or to end: {names}. Still there in {package} {version}."
    )
    gone = _("No longer there in {package} {version}: {names}.")
    warned = _("A warning while this ran announces a change or an end.")
    lines = []
    for text, those in (
        (announced, [one for one in found if one.name and one.is_there]),
        (gone, [one for one in found if one.name and not one.is_there]),
        (warned, [one for one in found if not one.name]),
    ):
        if those:
            names = ", ".join(_titles(those))
            version = those[0].newest
            lines.append(text.format(names=names, package=package, version=version))
    summary = box("summary", [nodes.Text(" ".join(lines))])
    items = [_item(one) for one in found]
    yield box("details", [summary, box("ul", items)], class_="announced")


def _titles(found: list[Announcement]) -> Iterator[str]:
    """Yield each name once, with all parts that the announcements are about."""
    for name in dict.fromkeys(one.name for one in found):
        those = [one for one in found if one.name == name]
        about = dict.fromkeys(part for one in those for part in one.about)
        yield replace(those[0], about=tuple(about)).title


def _item(one: Announcement) -> Box:
    when = _("since {} or earlier:") if one.is_first else _("since {}:")
    head = [nodes.literal(one.title, one.title), nodes.Text(" ")] if one.name else []
    text = shorten(one.text, LONGEST, placeholder=" …")
    quote = box("q", [nodes.Text(text)], lang="en")
    told = nodes.Text(f"{when.format(one.since)} ")
    return box("li", [*head, told, quote])
