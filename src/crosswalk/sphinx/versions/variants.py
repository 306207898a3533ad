"""Parts of a page for some versions only, and texts about the versions of a result.

An element with ``data-version`` is for the versions that it names.
Elements for other versions than the build's are hidden, so a page without scripts
shows the build's version.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping

from docutils import nodes

from crosswalk.sphinx.interface import _
from crosswalk.sphinx.nodes import Box, box
from crosswalk.versions.history import MISSING, OUTDATED, History, short, span

SIGNS = {"passed": "✓", "failed": "✗"}
# One sign for everything that did not run, whatever the reason.
NOT_RUN = "–"
STATES = {
    "passed": _("passed"),
    "failed": _("failed"),
    "skipped": _("skipped"),
    OUTDATED: _("outdated"),
    MISSING: _("missing"),
}


def sign(status: str) -> str:
    """Return the sign of a status."""
    return SIGNS.get(status, NOT_RUN)


def state_word(state: str) -> str:
    """Return the word for a status, or for the reason why there is none."""
    return str(STATES[state])


def variants(
    history: History,
    found: Mapping[str, Hashable],
    make: Callable[[Hashable], Box],
) -> Iterator[Box]:
    """Yield the box from ``make`` for each value, marked with the value's versions.

    ``found`` maps each version to its value, None if there is nothing to show.
    A value that all versions share has no mark; the build's own value comes first.
    """
    groups: dict[Hashable, list[str]] = {}
    mine = found.get(history.version)
    if mine is not None:
        groups[mine] = []
    for version, value in found.items():
        if value is not None:
            groups.setdefault(value, []).append(version)
    for value, those in groups.items():
        node = make(value)
        if len(those) < len(history.versions):
            mark(node, those, history.version)
        yield node


def stated(
    history: History,
    found: Mapping[str, Hashable],
    make: Callable[[Hashable], Box],
    tag: str = "span",
) -> Iterator[Box]:
    """Yield `variants`; if they differ, each includes its versions as text."""
    states = {v: MISSING if value is None else value for v, value in found.items()}

    def with_versions(value: Hashable) -> Box:
        text = nodes.Text(seen_on_briefly(states, value))
        where = box("span", [text], class_="verdict-versions")
        where["classes"].append("no-search")
        return box(tag, [make(value), nodes.Text(" "), where])

    differ = len(set(states.values()) - {MISSING}) > 1
    yield from variants(history, found, with_versions if differ else make)


def mark(node: nodes.Element, those: list[str], version: str) -> None:
    """Mark an element as being for ``those`` versions; ``version`` is the build's."""
    node["attributes"]["data-version"] = " ".join(those)
    if version not in those:
        node["attributes"]["hidden"] = ""
        # Keep hidden text out of the words and excerpts of the search.
        node["classes"].append("no-search")


def of_build(history: History, node: nodes.Element) -> nodes.Element:
    """Mark an element as being only for the build's version; return it."""
    if history.others:
        mark(node, [history.version], history.version)
    return node


def seen_on(states: Mapping[str, str], state: str) -> str:
    """Return the versions with ``state`` as text; "" if there are none."""
    if state not in states.values():
        return ""
    return span(states, state, _("since {}"), _("until {}"))


def seen_on_briefly(states: Mapping[str, str], state: str) -> str:
    """Return the same with short versions such as "2.9"; "" if all share it."""
    everywhere = set(states.values()) == {state}
    return "" if everywhere else seen_on(short(states), state)


def not_again(states: Mapping[str, str]) -> str:
    """Return the versions without a current result as text; "" if there are none."""
    parts = []
    texts = {
        OUTDATED: _("outdated, not yet run again on MindSpore {}"),
        MISSING: _("not yet run on MindSpore {}"),
    }
    for state, text in texts.items():
        those = [version for version, found in states.items() if found == state]
        if those:
            parts.append(text.format(", ".join(those)))
    return "; ".join(parts)


def told(states: Mapping[str, str], name: Callable[[str], str]) -> Iterator[str]:
    """Yield, for each state, its versions and its ``name``; missing results last."""
    for state in dict.fromkeys(reversed(states.values())):
        if state not in {OUTDATED, MISSING}:
            yield on_versions(seen_on(states, state), name(state))
    rest = not_again(states)
    if rest:
        yield rest


def on_versions(where: str, told: str) -> str:
    """Return a sentence on the result of versions of MindSpore."""
    return _("MindSpore {}: {}").format(where, told)


def on_device(device: str, version: str, state: str) -> str:
    """Return a sentence on the result of a different device."""
    text = _("{device}, MindSpore {version}: {state}")
    return text.format(device=device.upper(), version=version, state=state)


def line(texts: Iterator[str], class_: str) -> Iterator[Box]:
    """Yield a paragraph of ``texts``; nothing without texts."""
    found = list(texts)
    if found:
        yield box("p", [nodes.Text(" · ".join(found))], class_=class_)
