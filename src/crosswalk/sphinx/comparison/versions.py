"""What a comparison showed on each version: outputs, failures, where it ran."""

from collections.abc import Callable, Collection, Iterator

from docutils import nodes
from sphinx.environment import BuildEnvironment

from crosswalk.comparisons.warned import cut
from crosswalk.expect import visible
from crosswalk.model import CheckOutcome, Comparison, Framework, Outcome
from crosswalk.sphinx.domain import domain_of
from crosswalk.sphinx.interface import _
from crosswalk.sphinx.nodes import Box, box
from crosswalk.sphinx.versions import announced
from crosswalk.sphinx.versions.variants import (
    line,
    of_build,
    on_device,
    on_versions,
    sign,
    state_word,
    told,
    variants,
)
from crosswalk.versions import announcements
from crosswalk.versions.history import MISSING, OUTDATED, status
from crosswalk.versions.snapshot import Record, SeenCheck, SeenComparison

MODES = {
    "PyNative": _("PyNative mode"),
    "Graph": _("Graph mode"),
    "PyNative, @jit": _("PyNative mode, @ms.jit"),
}


class OnVersions:
    """Renders of one comparison what may differ from version to version."""

    def __init__(
        self, env: BuildEnvironment, comparison: Comparison, outcome: Outcome
    ) -> None:
        """Render beside ``outcome``, which the build saw, what records tell."""
        self.history = domain_of(env).build.history
        self.comparison = comparison
        self.outcome = outcome
        self.seen = self.history.on_versions(comparison.id)
        self.announced = announcements.at(self.history, outcome)
        # Without the states of what is not known.
        self.known: dict[str, SeenComparison] = {
            v: seen for v, seen in self.seen.items() if not isinstance(seen, str)
        }

    def of_build(self, node: nodes.Element) -> nodes.Element:
        """Mark an element as being for the build's version alone; return it."""
        return of_build(self.history, node)

    def notes(self) -> Iterator[Box]:
        """Yield why a chosen version, or the build, has nothing to show."""
        yield from self._only()
        changed = _(
            "This comparison has changed since it ran on MindSpore {}: its old "
            "results are outdated and not shown."
        )
        never = _("This comparison has not run on MindSpore {} yet.")
        texts = {OUTDATED: changed, MISSING: never}
        for version, seen in self.seen.items():
            if isinstance(seen, str):
                text = nodes.Text(texts[seen].format(version))
                made = {version: seen}
                yield from variants(
                    self.history, made, lambda _, t=text: box("p", [t], class_="stale")
                )

    def _only(self) -> Iterator[Box]:
        """Yield a sentence on what cannot run on the build's device."""
        names = self.comparison.devices
        if names and self.history.device not in names:
            is_seen = any(device in names for device, _ in self._devices())
            text = (
                _("This runs on {} only: what is shown was recorded there.")
                if is_seen
                else _("This runs on {} only, and is not recorded there yet.")
            )
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
        package = announcements.PACKAGES[framework or "mindspore"]
        yield from announced.shown(found, package)

    def where(self, text: str) -> Iterator[Box]:
        """Yield where it ran; ``text`` tells it of the build."""
        found = {v: self._where(v, seen) for v, seen in self.known.items()}
        found[self.history.version] = text
        yield from variants(
            self.history,
            found,
            lambda text: box("p", [nodes.Text(text)], class_="where"),
        )
        for device, one in self.history.on_devices(self.comparison.id).items():
            seen = one.of(self.comparison.id)
            if isinstance(seen, str):
                told = on_device(device, one.record.version, state_word(seen))
            else:
                told = self._told(one.record, seen)
            yield box("p", [nodes.Text(told)], class_="where")

    def check(self, name: str) -> Iterator[Box]:
        """Yield on which versions a check passed, and what came where it failed."""
        states = {v: status(seen, name) for v, seen in self.seen.items()}
        yield from line(told(states, _state), "on-versions")
        failures: dict[str, list[str]] = {}
        for version, seen in self.known.items():
            check = seen.checks.get(name)
            if version != self.history.version and check and check.status == "failed":
                failures.setdefault(visible(check.failure), []).append(version)
        for text, those in failures.items():
            shown = on_versions(", ".join(those), text)
            attributes = {"class_": "not-passed", "data_status": "failed", "lang": "en"}
            yield box("pre", [nodes.Text(shown)], **attributes)
        name = f"{self.comparison.id}#{name}"
        for (device, version), state in self.history.check_devices(name).items():
            text = on_device(device, version, _state(state))
            yield box("p", [nodes.Text(text)], class_="on-versions")

    def _devices(self) -> Iterator[tuple[str, SeenComparison]]:
        """Yield each other device on which this ran as it is now."""
        for device, one in self.history.on_devices(self.comparison.id).items():
            seen = one.of(self.comparison.id)
            if isinstance(seen, SeenComparison):
                yield device, seen

    def _where(self, version: str, seen: SeenComparison) -> str:
        if version == self.history.version:
            return ""
        return self._told(self.history.here[version].record, seen)

    def _told(self, record: Record, seen: SeenComparison) -> str:
        # The sources are the same, and so is the mode that they set.
        place = where(record.environment, self.outcome.mode)
        return " · ".join([*place, how_many_passed(seen.checks.values())])


def how_many_passed(checks: Collection[CheckOutcome | SeenCheck]) -> str:
    """Say how many of the checks passed."""
    passed = sum(check.status == "passed" for check in checks)
    text = _("checks passed")
    return f"{passed}/{len(checks)} {text}"


def where(environment: dict[str, str], mode: str) -> list[str]:
    """Return device, ``mode`` and versions, as a reader sees them."""
    return [
        environment["device"].upper(),
        str(MODES.get(mode, mode)),
        f"torch {environment['torch']}",
        f"mindspore {environment['mindspore']}",
    ]


def status_text(status: str) -> str:
    """Return how something did not pass, with a sign."""
    text = _("not run here") if status == "skipped" else _("failed")
    return f"{sign(status)} {text}"


def not_passed(status: str, reason: str) -> Box:
    """Return a box that says why something did not pass."""
    text = nodes.Text(f"{status_text(status)}: {reason}")
    return box("pre", [text], class_="not-passed", data_status=status)


def why(outcome: object) -> str:
    """Return why a side or a check did not pass."""
    return visible(outcome.failure.message if outcome.failure else outcome.reason)


def _state(state: str) -> str:
    return f"{sign(state)} {state_word(state)}"


def _item(outputs: tuple[str, ...], number: int) -> str | None:
    """Return an output; None where nothing was printed."""
    return (outputs[number] if number < len(outputs) else "") or None


def _status(seen: SeenComparison) -> str:
    """Return the worst status of all sides and checks."""
    found = {part.status for part in (*seen.sides.values(), *seen.checks.values())}
    return next((s for s in ("failed", "skipped") if s in found), "passed")
