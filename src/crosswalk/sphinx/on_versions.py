"""What a comparison showed on each version: outputs, failures, where it ran."""

from collections.abc import Callable, Iterator

from docutils import nodes
from sphinx.environment import BuildEnvironment

from crosswalk.expect import visible
from crosswalk.model import Comparison, Framework, Outcome
from crosswalk.sphinx import announced, past
from crosswalk.sphinx.nodes import Box, box
from crosswalk.sphinx.past import MISSING, OUTDATED
from crosswalk.sphinx.site import domain_of
from crosswalk.sphinx.variants import line, of_build, sign, told, variants
from crosswalk.sphinx.words import (
    CHANGED,
    NEVER,
    ON,
    ON_DEVICE,
    ONLY_ON,
    ONLY_ON_UNSEEN,
    mode_word,
    word,
)
from crosswalk.versions.child import cut
from crosswalk.versions.record import Record, SeenComparison


class OnVersions:
    """Renders of one comparison what may differ from version to version."""

    def __init__(
        self, env: BuildEnvironment, comparison: Comparison, outcome: Outcome
    ) -> None:
        """Render beside ``outcome``, which the build saw, what records tell."""
        self.domain = domain_of(env)
        self.history = self.domain.history
        self.language = env.config.language
        self.comparison = comparison
        self.outcome = outcome
        self.seen = past.on_versions(self.domain, comparison.id)
        self.announced = announced.at(self.domain, outcome)
        # Without the states of what is not known.
        self.known: dict[str, SeenComparison] = {
            v: seen for v, seen in self.seen.items() if not isinstance(seen, str)
        }

    def word(self, text: str) -> str:
        """Return an interface word in the page's language."""
        return word(self.language, text)

    def of_build(self, node: nodes.Element) -> nodes.Element:
        """Mark an element as being for the build's version alone; return it."""
        return of_build(self.history, node)

    def notes(self) -> Iterator[Box]:
        """Yield why a chosen version, or the build, has nothing to show."""
        yield from self._only()
        texts = {OUTDATED: CHANGED, MISSING: NEVER}
        for version, seen in self.seen.items():
            if isinstance(seen, str):
                text = nodes.Text(self.word(texts[seen]).format(version))
                made = {version: seen}
                yield from variants(
                    self.history, made, lambda _, t=text: box("p", [t], class_="stale")
                )

    def _only(self) -> Iterator[Box]:
        """Yield a sentence on what cannot run on the build's device."""
        names = self.comparison.devices
        if names and self.history.device not in names:
            is_seen = any(device in names for device, _ in self._devices())
            text = self.word(ONLY_ON if is_seen else ONLY_ON_UNSEEN)
            shown = nodes.Text(text.format(", ".join(name.upper() for name in names)))
            yield box("p", [shown], class_="stale")

    def statuses(self, make: Callable[[str], Box]) -> Iterator[Box]:
        """Yield what ``make`` gives for the status of the whole, unless it passed."""
        here = {self.history.version: self.outcome.status}
        found = {v: _status(seen) for v, seen in self.known.items()} | here
        shown = {v: None if s == "passed" else s for v, s in found.items()}
        yield from variants(self.history, shown, make)

    def outputs(
        self, framework: Framework, number: int, make: Callable[[str], Box]
    ) -> Iterator[Box]:
        """Yield what a cell printed."""
        found = {
            version: _item(seen.sides[framework].outputs, number)
            for version, seen in self.known.items()
        }
        mine = _item(self.outcome.side(framework).outputs, number)
        yield from variants(self.history, found | {self.history.version: mine}, make)
        for device, seen in self._devices():
            text = _item(seen.sides[framework].outputs, number)
            if text and text != mine:
                node = make(text)
                label = node["attributes"]["data-label"]
                node["attributes"]["data-label"] = f"{label} ({device.upper()})"
                yield node

    def failures(
        self, framework: Framework, make: Callable[[str, str], Box]
    ) -> Iterator[Box]:
        """Yield how a side ended early: ``make`` gets its status and the reason."""
        found = {}
        for version, seen in self.known.items():
            side = seen.sides[framework]
            if side.status != "passed":
                found[version] = side.status, visible(side.failure)
        side = self.outcome.side(framework)
        if side.status != "passed":
            mine = side.status, why(side)
            # The build has the whole text.
            short = mine[0], visible(cut(mine[1]))
            found = {v: mine if told == short else told for v, told in found.items()}
            found[self.history.version] = mine
        yield from variants(self.history, found, lambda told: make(*told))

    def announcements(self, framework: Framework | None = None) -> Iterator[Box]:
        """Yield what the libraries announce at a side, else at the checks."""
        sides, checks = self.announced
        found = sides[framework] if framework else checks
        package = announced.PACKAGES[framework or "mindspore"]
        yield from announced.shown(self.language, found, package)

    def where(self, text: str) -> Iterator[Box]:
        """Yield where it ran; ``text`` tells it of the build."""
        found = {v: self._where(v, seen) for v, seen in self.known.items()}
        found[self.history.version] = text
        yield from variants(
            self.history,
            found,
            lambda text: box("p", [nodes.Text(text)], class_="where"),
        )
        for device, one in past.on_devices(self.domain, self.comparison.id).items():
            seen = one.of(self.comparison.id)
            if isinstance(seen, str):
                told = self._on_device(device, one.record.version, self.word(seen))
            else:
                told = self._told(one.record, seen)
            yield box("p", [nodes.Text(told)], class_="where")

    def check(self, name: str) -> Iterator[Box]:
        """Yield on which versions a check passed, and what came where it failed."""
        states = {v: past.status(seen, name) for v, seen in self.seen.items()}
        texts = told(self.language, states, self._state)
        yield from line(texts, "on-versions")
        failures: dict[str, list[str]] = {}
        for version, seen in self.known.items():
            check = seen.checks.get(name)
            if version != self.history.version and check and check.status == "failed":
                failures.setdefault(visible(check.failure), []).append(version)
        for text, those in failures.items():
            shown = self.word(ON).format(", ".join(those), text)
            attributes = {"class_": "not-passed", "data_status": "failed", "lang": "en"}
            yield box("pre", [nodes.Text(shown)], **attributes)
        name = f"{self.comparison.id}#{name}"
        for (device, version), state in past.check_devices(self.domain, name).items():
            told_ = self._on_device(device, version, self._state(state))
            yield box("p", [nodes.Text(told_)], class_="on-versions")

    def _devices(self) -> Iterator[tuple[str, SeenComparison]]:
        """Yield each other device on which this ran as it is now."""
        for device, one in past.on_devices(self.domain, self.comparison.id).items():
            seen = one.of(self.comparison.id)
            if isinstance(seen, SeenComparison):
                yield device, seen

    def _on_device(self, device: str, version: str, state: str) -> str:
        text = self.word(ON_DEVICE)
        return text.format(device=device.upper(), version=version, state=state)

    def _state(self, state: str) -> str:
        return f"{sign(state)} {self.word(state)}"

    def _where(self, version: str, seen: SeenComparison) -> str:
        if version == self.history.version:
            return ""
        return self._told(self.history.here[version].record, seen)

    def _told(self, record: Record, seen: SeenComparison) -> str:
        passed = sum(check.status == "passed" for check in seen.checks.values())
        checks = f"{passed}/{len(seen.checks)} {self.word('checks passed')}"
        # The sources are the same, and so is the mode that they set.
        place = where(record.environment, self.outcome.mode, self.language)
        return " · ".join([*place, checks])


def where(environment: dict[str, str], mode: str, language: str) -> list[str]:
    """Return device, ``mode`` and versions, as a reader sees them."""
    return [
        environment["device"].upper(),
        mode_word(language, mode),
        f"torch {environment['torch']}",
        f"mindspore {environment['mindspore']}",
    ]


def why(outcome: object) -> str:
    """Return why a side or a check did not pass."""
    return visible(outcome.failure.message if outcome.failure else outcome.reason)


def _item(outputs: tuple[str, ...], number: int) -> str | None:
    """Return an output; None where nothing was printed."""
    return (outputs[number] if number < len(outputs) else "") or None


def _status(seen: SeenComparison) -> str:
    """Return the worst status of all sides and checks."""
    found = {part.status for part in (*seen.sides.values(), *seen.checks.values())}
    return next((s for s in ("failed", "skipped") if s in found), "passed")
