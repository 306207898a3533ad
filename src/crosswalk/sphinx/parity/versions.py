"""Render of a measured pair what may differ from version to version."""

from collections.abc import Callable, Iterator
from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment

from crosswalk.sphinx.domain import domain_of
from crosswalk.sphinx.interface import _
from crosswalk.sphinx.nodes import Box, box
from crosswalk.sphinx.versions.variants import (
    line,
    of_build,
    on_device,
    stated,
    told,
    variants,
)
from crosswalk.versions import pairs
from crosswalk.versions.snapshot import SeenPair

MODE_TITLES = {"pynative": "PyNative", "graph": "Graph", "jit": "@ms.jit"}
GRADIENTS = {"fixed": _("fixed gradients"), "own": _("own gradients")}
VERDICTS = {
    "same": _("same"),
    "defaults-differ": _("same once arguments are set"),
    "same-except": _("same, except …"),
    "ignored": _("ignores the argument"),
    "differs": _("differs"),
    "frozen": _("has no effect"),
    "fails": _("fails"),
    "none": _("no counterpart"),
    "unmeasured": _("could not be measured"),
    "outdated": _("outdated"),
    "missing": _("not yet measured"),
}


def verdict_word(verdict: str | None) -> str:
    """Return a verdict as a reader sees it; None is no counterpart."""
    return str(VERDICTS[verdict or "none"])


def chip(verdict: str | None) -> Box:
    """Return a verdict as a coloured word."""
    text = nodes.Text(verdict_word(verdict))
    return box("span", [text], class_="verdict", data_verdict=verdict or "none")


class PairVersions:
    """The verdicts of one pair on each version."""

    def __init__(self, env: BuildEnvironment, name: str) -> None:
        """Find what records tell of the pair ``name``."""
        self.build = domain_of(env).build
        self.history = self.build.history
        self.name = name
        self.seen = pairs.seen_of(self.history, name)

    @property
    def own(self) -> str:
        """Return the pair's verdict in this build."""
        return pairs.verdict(self.seen.get(self.history.version, pairs.NONE))

    def of_build(self, node: Box) -> Box:
        """Mark an element as being for the build's version alone; return it."""
        return of_build(self.history, node)

    def each(self, find: Callable[[SeenPair], Any]) -> dict[str, Any]:
        """Return what ``find`` gives for each version; None where it is unknown."""
        return {
            version: None if isinstance(seen, str) else find(seen)
            for version, seen in self.seen.items()
        }

    def stated(
        self, find: Callable[[SeenPair], Any], make: Callable[[Any], Box], tag: str
    ) -> Iterator[Box]:
        """Yield ``make`` of each value found, with its versions where they differ."""
        found = self.each(find)
        yield from stated(self.history, found, make, tag)

    def whole(self) -> Iterator[Box]:
        """Yield the pair's verdict, with those of the modes where they differ."""

        def find(seen: SeenPair) -> tuple:
            return pairs.verdict(seen), tuple(pairs.modes(seen).items())

        yield from self.stated(find, self._whole, "span")

    def chips(
        self, find: Callable[[SeenPair], tuple[str | None, str | None]]
    ) -> Iterator[Box]:
        """Yield a verdict; ``find`` gives it, and the error behind it."""
        yield from self.stated(lambda seen: find(seen)[0], chip, "span")

    def verdict(self) -> Iterator[Box]:
        """Yield the pair's verdict alone."""
        yield from self.chips(lambda seen: (pairs.verdict(seen), None))

    def errors(
        self,
        find: Callable[[SeenPair], tuple[str | None, str | None]],
        make: Callable[[str], Box],
    ) -> Iterator[Box]:
        """Yield what was raised."""
        found = self.each(lambda seen: find(seen)[1] or None)
        yield from variants(self.history, found, make)

    def where(self) -> Iterator[Box]:
        """Yield device and versions of each run."""
        environments = {v: p.record.environment for v, p in self.history.here.items()}
        build = self.build.parities[self.name].environment
        environments[self.history.version] = build
        found = {
            version: " · ".join(
                [
                    environments[version]["device"].upper(),
                    f"torch {environments[version]['torch']}",
                    f"mindspore {environments[version]['mindspore']}",
                ]
            )
            for version, seen in self.seen.items()
            if not isinstance(seen, str)
        }
        yield from variants(
            self.history,
            found,
            lambda text: box("span", [nodes.Text(text)], class_="where"),
        )

    def lines(self) -> Iterator[Box]:
        """Yield what all versions and other devices showed."""
        states = {v: pairs.verdict(seen) for v, seen in self.seen.items()}
        if self.history.here:
            yield from line(told(states, verdict_word), "on-versions")
        for device, one in self.history.on_devices(self.name).items():
            state = verdict_word(pairs.verdict(one.of(self.name)))
            text = on_device(device, one.record.version, state)
            yield from line([text], "on-versions")

    def _whole(self, value: tuple[str, tuple[tuple[str, str], ...]]) -> Box:
        verdict, modes = value
        parts: list[nodes.Node] = [chip(verdict)]
        for mode, found in modes:
            parts += [nodes.Text(f" {MODE_TITLES[mode]}: "), chip(found)]
        return box("span", parts)
