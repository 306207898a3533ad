"""The mark behind a sentence or a row: one sign, which opens the list of its checks."""

from collections.abc import Iterator, Mapping

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from crosswalk.sphinx.checks import cited
from crosswalk.sphinx.checks.cited import Cited
from crosswalk.sphinx.domain import domain_of
from crosswalk.sphinx.interface import _
from crosswalk.sphinx.nodes import Badge, Box, box, uri_of
from crosswalk.sphinx.statement import inline, translation
from crosswalk.sphinx.versions.variants import (
    on_device,
    seen_on,
    seen_on_briefly,
    sign,
    state_word,
    variants,
)
from crosswalk.versions.history import MISSING, OUTDATED

# Of several states the first is that of the mark.
WORST_FIRST = ("failed", "skipped", OUTDATED, MISSING, "passed")


class ResolveMarks(SphinxPostTransform):
    """Turn each run of badges into one mark, and a badge in a list into its sign."""

    default_priority = 5

    def run(self, **_: object) -> None:
        """Replace every `Badge` of the page."""
        self.number = 0
        self.translate = translation(self.app, self.env.docname)
        for run in list(_runs(self.document)):
            found = [self._cited(badge) for badge in run]
            if "label" in run[0]:  # a row of a table, with the claim beside it
                run[0].replace_self(self._labelled(found[0], run[0]["label"]))
            elif isinstance(run[0].parent, Box):  # in a list, before the claim
                run[0].replace_self(list(self._signs(found[0])))
            else:
                run[0].replace_self(self._mark(found))

    def _cited(self, badge: Badge) -> Cited:
        domain, docname = domain_of(self.env), self.env.docname
        if "check" in badge:
            return cited.check(domain, badge["check"], docname)
        return cited.measurement(domain, badge["measurement"], docname)

    def _mark(self, cites: list[Cited]) -> Box:
        """Return the button for each state that versions differ in, and the list."""
        self.number += 1
        name = f"mark-{self.number}"
        history = domain_of(self.env).build.history
        versions = dict.fromkeys(v for each in cites for v in each.states)
        states = {
            v: _worst(each.states.get(v, MISSING) for each in cites) for v in versions
        }
        devices = {
            key: _worst(each.devices.get(key, MISSING) for each in cites)
            for each in cites
            for key in each.devices
        }

        def button(state: str) -> Box:
            told = _told(state, states, devices)
            return box(
                "button",
                [nodes.Text(_face(state)), *_versions(state, states, devices)],
                type="button",
                class_="mark-button",
                popovertarget=name,
                data_status=state,
                aria_label=_("Checks: {count}, {state}").format(
                    count=len(cites), state=told
                ),
            )

        listed = box(
            "span",
            [self._line(each) for each in cites],
            class_="mark-list no-search",
            popover="auto",
        )
        listed["ids"] = [name]
        mine = {history.version: _worst(each.status for each in cites)}
        buttons = variants(history, states or mine, button)
        return box("span", [*buttons, listed], class_="claim-mark")

    def _line(self, each: Cited) -> Box:
        """Return the sign of a check with its claim, as a link to its code."""
        parts = [
            *self._signs(each),
            nodes.Text(" "),
            *inline(self.translate(each.claim)),
        ]
        return self._link(each, parts, "mark-check")

    def _labelled(self, each: Cited, label: str) -> Box:
        """Return the sign of a check with its name, as a link to its code."""
        name = box("code", [nodes.Text(label)])
        parts = [*self._signs(each), nodes.Text(" "), name]
        return self._link(each, parts, "check-name")

    def _link(self, each: Cited, parts: list[nodes.Node], name: str) -> Box:
        if not each.page:
            return box("span", parts, class_=name)
        return box("a", parts, class_=name, href=uri_of(self, each.page, each.fragment))

    def _signs(self, each: Cited) -> Iterator[Box]:
        """Yield the sign of a check, or one for each state that versions differ in."""
        history = domain_of(self.env).build.history
        states = each.states or {history.version: each.status}

        def badge(state: str) -> Box:
            label = f"{_told(state, each.states, each.devices)}: {each.name}"
            return box(
                "span",
                [
                    nodes.Text(sign(state)),
                    *_versions(state, each.states, each.devices),
                ],
                class_="check-badge",
                role="img",
                data_status=state,
                aria_label=label,
                **{f"data_{each.kind}": each.name},
            )

        yield from variants(history, states, badge)


def _runs(document: nodes.document) -> Iterator[list[Badge]]:
    """Yield the badges that follow each other; all but the first leave the page."""
    for badge in list(document.findall(Badge)):
        if badge.parent is None:
            continue
        run, parent = [badge], badge.parent
        after = parent.index(badge) + 1
        while after < len(parent):
            node = parent[after]
            if isinstance(node, Badge):
                run.append(node)
                del parent[parent.index(badge) + 1 : after + 1]
                after = parent.index(badge) + 1
            elif isinstance(node, nodes.Text) and not node.strip():
                after += 1
            else:
                break
        for other in run[1:]:
            other.parent = None
        yield run


def _worst(states: Iterator[str]) -> str:
    return min(states, key=WORST_FIRST.index)


def _face(state: str) -> str:
    """Return what a mark shows: nothing but a sign where all is well."""
    return sign(state) if state == "passed" else f"{sign(state)} {state_word(state)}"


def _told(
    state: str, states: Mapping[str, str], devices: Mapping[tuple[str, str], str]
) -> str:
    where = seen_on(states, state)
    told = f"{state_word(state)} ({where})" if where else state_word(state)
    for (device, version), found in devices.items():
        told = f"{told}; {on_device(device, version, state_word(found))}"
    return told


def _versions(
    state: str, states: Mapping[str, str], devices: Mapping[tuple[str, str], str]
) -> Iterator[Box]:
    """Yield where a state was seen, if not everywhere."""
    brief = seen_on_briefly(states, state)
    if state == "skipped":  # what the build cannot run is told by another device
        for (device, _version), found in devices.items():
            brief = f"{brief} {device.upper()} {sign(found)}"
    if brief:
        text = nodes.Text(f" {brief.strip()}")
        yield box("span", [text], class_="check-versions no-search")
