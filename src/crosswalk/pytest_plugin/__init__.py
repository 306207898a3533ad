"""Comparisons as pytest items: one for each side and one for each check.

No other module imports pytest.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from crosswalk.comparisons.discover import ProblemError, is_comparison, read_comparison
from crosswalk.comparisons.run import comparison_runner
from crosswalk.engine.cache import CacheError
from crosswalk.engine.device import DeviceError, requested
from crosswalk.engine.pool import ExecutorError
from crosswalk.engine.sandbox import LIMIT_HELP, LimitError, Limits, weakness
from crosswalk.model import TITLES, Comparison, Outcome
from crosswalk.project import EXAMPLES, OUTCOMES
from crosswalk.report import comparison_text
from crosswalk.report.user_input import UsageError, require_folder


class Session:
    """Runs the comparisons of the selected items, all in one pool."""

    def __init__(self, config: pytest.Config) -> None:
        """Run on the device and with the store that ``config`` names.

        Raises pytest.UsageError for an unknown device or limit, or an invalid store.
        """
        self.project = config.rootpath
        store = config.getoption("crosswalk_store")
        self.store = Path(store or self.project / OUTCOMES)
        self.fresh = config.getoption("crosswalk_fresh")
        try:
            self.device = requested(config.getoption("crosswalk_device"))
            self.limits = Limits.read(config.getoption("crosswalk_limit"))
            require_folder(self.store, "--crosswalk-store")
        except (DeviceError, LimitError, UsageError) as error:
            raise pytest.UsageError(str(error)) from None
        # pytest-xdist's processes all know all items, and run some of them.
        self.is_one_of_many = hasattr(config, "workerinput")
        self.outcomes: dict[str, Outcome] = {}
        self.running: Iterator[Outcome] = iter(())

    def select(self, comparisons: Iterable[Comparison]) -> None:
        """Prepare to run ``comparisons``; start nothing."""
        unique = {comparison.id: comparison for comparison in comparisons}
        runner = comparison_runner(
            self.store, self.project, device=self.device, limits=self.limits
        )
        self.running = runner.run(unique.values(), fresh=self.fresh)

    def outcome(self, comparison: Comparison) -> Outcome:
        """Return the outcome of ``comparison``; end the session without the device."""
        if self.is_one_of_many and comparison.id not in self.outcomes:
            self.select([comparison])
        while comparison.id not in self.outcomes:
            try:
                found = next(self.running)
            except (DeviceError, ExecutorError, CacheError) as error:
                pytest.exit(str(error), returncode=pytest.ExitCode.USAGE_ERROR)
            self.outcomes[found.id] = found
        return self.outcomes[comparison.id]

    def close(self) -> None:
        """Stop all comparisons that are still running."""
        close = getattr(self.running, "close", None)
        if close:
            close()


KEY = pytest.StashKey[Session]()


class FailedPartError(Exception):
    """Raised for a side or a check that failed; the message is the report."""


class ComparisonFolder(pytest.Directory):
    """A folder of which pytest collects one comparison."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield an item for each side and each check.

        Raises CollectError if the comparison cannot be read.
        """
        try:
            comparison = read_comparison(self.path)
        except ProblemError as error:
            raise self.CollectError(str(error)) from None
        parts = [side.framework for side in comparison.sides]
        for name in (*parts, *(check.name for check in comparison.checks)):
            yield Part.from_parent(self, name=name, comparison=comparison)


class Part(pytest.Item):
    """A side or a check of a comparison."""

    def __init__(self, *, comparison: Comparison, **kwargs: object) -> None:
        """Create the item with the name of the side or check."""
        super().__init__(**kwargs)
        self.comparison = comparison

    def runtest(self) -> None:
        """Pass, skip or fail like the side or check."""
        session = self.config.stash[KEY]
        outcome = session.outcome(self.comparison)
        is_side = self.name in TITLES
        part = outcome.side(self.name) if is_side else outcome.check(self.name)
        if part.status == "skipped":
            pytest.skip(part.reason)
        if part.status == "failed":
            failure = comparison_text.failure_of(self.comparison, outcome, self.name)
            lines = [
                comparison_text.part_text(
                    self.comparison, self.name, failure, session.project
                ),
                *comparison_text.context_lines(self.comparison, outcome),
            ]
            raise FailedPartError("\n".join(lines))

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo, style: str | None = None
    ) -> str:
        """Return only the report, without our own traceback."""
        if isinstance(excinfo.value, FailedPartError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return the file, the line (from 0) and the name for reports."""
        name = f"{self.comparison.id}#{self.name}"
        if self.name in TITLES:
            return self.comparison.side(self.name).path, 0, name
        check = self.comparison.check(self.name)
        return check.path, check.line - 1, name


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the runner."""
    group = parser.getgroup("crosswalk")
    group.addoption("--crosswalk-store", help=f"folder of outcomes ({OUTCOMES})")
    group.addoption("--crosswalk-device", help="cpu, gpu or ascend ($DEVICE, else cpu)")
    group.addoption("--crosswalk-limit", action="append", default=[], help=LIMIT_HELP)
    help_text = "run comparisons again whose outcome is stored"
    group.addoption("--crosswalk-fresh", action="store_true", help=help_text)


def pytest_configure(config: pytest.Config) -> None:
    """Create one `Session` for the whole run."""
    config.stash[KEY] = Session(config)


def pytest_collect_directory(path: Path, parent: pytest.Collector) -> object:
    """Collect each folder that discovery recognizes as a comparison."""
    is_ours = path.parent.parent.name == EXAMPLES.name and is_comparison(path)
    return ComparisonFolder.from_parent(parent, path=path) if is_ours else None


def pytest_collection_finish(session: pytest.Session) -> None:
    """Pass the selected comparisons to the runner."""
    parts = [item for item in session.items if isinstance(item, Part)]
    session.config.stash[KEY].select(part.comparison for part in parts)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Report the restrictions of the sandbox that the kernel does not support."""
    if KEY not in config.stash:
        return  # the options were refused
    outcomes = config.stash[KEY].outcomes.values()
    weak = weakness(outcome.environment for outcome in outcomes)
    if weak:
        terminalreporter.section("crosswalk: warning")
        terminalreporter.line(weak)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the processes that ``-x`` or Ctrl-C left running."""
    if KEY in config.stash:
        config.stash[KEY].close()
