"""Render of a measured pair what may differ from version to version."""

from collections.abc import Callable, Iterator
from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment

from crosswalk.sphinx import past, past_pairs
from crosswalk.sphinx.nodes import Box, box
from crosswalk.sphinx.site import domain_of
from crosswalk.sphinx.variants import line, of_build, stated, told, variants
from crosswalk.sphinx.words import MODE_WORDS, ON_DEVICE, verdict_word, word
from crosswalk.versions.record import SeenPair


def chip(language: str, verdict: str | None) -> Box:
    """Return a verdict as a coloured word."""
    text = nodes.Text(verdict_word(language, verdict))
    return box("span", [text], class_="verdict", data_verdict=verdict or "none")


class PairVersions:
    """The verdicts of one pair on each version."""

    def __init__(self, env: BuildEnvironment, name: str) -> None:
        """Find what records tell of the pair ``name``."""
        self.domain = domain_of(env)
        self.history = self.domain.history
        self.language = env.config.language
        self.name = name
        self.seen = past_pairs.seen_of(self.domain, name)

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
        yield from stated(self.language, self.history, found, make, tag)

    def whole(self) -> Iterator[Box]:
        """Yield the pair's verdict, with those of the modes where they differ."""

        def find(seen: SeenPair) -> tuple:
            return past_pairs.verdict(seen), tuple(past_pairs.modes(seen).items())

        yield from self.stated(find, self._whole, "span")

    def chips(
        self, find: Callable[[SeenPair], tuple[str | None, str | None]]
    ) -> Iterator[Box]:
        """Yield a verdict; ``find`` gives it, and the error behind it."""

        def make(verdict: str) -> Box:
            return chip(self.language, verdict)

        yield from self.stated(lambda seen: find(seen)[0], make, "span")

    def verdict(self) -> Iterator[Box]:
        """Yield the pair's verdict alone."""
        yield from self.chips(lambda seen: (past_pairs.verdict(seen), None))

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
        build = self.domain.parities[self.name].environment
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
        states = {v: past_pairs.verdict(seen) for v, seen in self.seen.items()}
        if self.history.here:
            yield from line(told(self.language, states, self._word), "on-versions")
        for device, one in past.on_devices(self.domain, self.name).items():
            text = word(self.language, ON_DEVICE).format(
                device=device.upper(),
                version=one.record.version,
                state=self._word(past_pairs.verdict(one.of(self.name))),
            )
            yield from line([text], "on-versions")

    def _word(self, state: str) -> str:
        return verdict_word(self.language, state)

    def _whole(self, value: tuple[str, tuple[tuple[str, str], ...]]) -> Box:
        verdict, modes = value
        parts: list[nodes.Node] = [chip(self.language, verdict)]
        for mode, found in modes:
            parts += [
                nodes.Text(f" {MODE_WORDS[mode]}: "),
                chip(self.language, found),
            ]
        return box("span", parts)
