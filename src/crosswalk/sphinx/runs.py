"""Run what a build needs, before it reads the pages."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.display import status_iterator

from crosswalk import isolation, report
from crosswalk.device import DeviceError, environment, requested
from crosswalk.executors import ExecutorError
from crosswalk.isolation import LimitError, Limits
from crosswalk.model import Comparison, Outcome
from crosswalk.parity import load, pins, running, upstream
from crosswalk.parity.load import SubjectError
from crosswalk.runner import Runner
from crosswalk.sphinx.found import find
from crosswalk.sphinx.past import History, Past
from crosswalk.sphinx.site import CrosswalkDomain, domain_of, warn
from crosswalk.store import Store, StoreError
from crosswalk.usage import UsageError, require_folder
from crosswalk.versions import record, recording
from crosswalk.versions.child import Heard
from crosswalk.versions.record import Record, RecordError

logger = logging.getLogger(__name__)


def run_comparisons(app: Sphinx) -> None:
    """Find all comparisons and run what the store does not have.

    Raises ExtensionError if there are no examples, the device is not there, a limit is
    none, or an outcome cannot be kept.
    """
    domain = domain_of(app.env)
    examples = (app.confdir / app.config.crosswalk_examples).resolve()
    folder = app.confdir / app.config.crosswalk_store
    try:
        domain.found = found = find(examples, Path(app.doctreedir))
        require_folder(folder, "crosswalk_store")
    except (NotADirectoryError, UsageError) as error:
        raise ExtensionError(str(error)) from error
    for problem in found.problems:
        location = f"{problem.path}:{problem.line}"
        warn("comparison", problem.message, location)
    if app.builder.name == "gettext":
        return  # messages come from sources alone
    project = examples.parent
    store = Store(folder, project)
    given = app.config.crosswalk_limits
    if not isinstance(given, dict):
        message = f"crosswalk_limits: expected limits by name, a dict, found {given!r}"
        raise ExtensionError(message)
    try:
        limits = Limits.of(given)
        runner = Runner(store, requested(app.config.crosswalk_device), limits=limits)
        outcomes = status_iterator(
            runner.run(found.comparisons.values()),
            "running comparisons... ",
            "darkgreen",
            len(found.comparisons),
            app.verbosity,
            lambda outcome: f"{outcome.id} ({outcome.status})",
        )
        with _alone(store.folder):
            domain.outcomes = {outcome.id: outcome for outcome in outcomes}
    except (DeviceError, ExecutorError, LimitError, StoreError) as error:
        raise ExtensionError(str(error)) from error
    weak = isolation.weakness(o.environment for o in domain.outcomes.values())
    if weak:
        # No warning of Sphinx: those are errors, and the reader can do nothing.
        logger.info("%s", f"warning: {weak}", color="yellow")
    for name, outcome in sorted(domain.outcomes.items()):
        if outcome.status == "failed":
            _warn_failed(found.comparisons[name], outcome)


def measure_pairs(app: Sphinx) -> None:
    """Measure what the store does not have; warn of verdicts not expected.

    Raises ExtensionError if the device is not there, or an outcome cannot be kept.
    """
    domain = domain_of(app.env)
    data = (app.confdir / app.config.crosswalk_parity).resolve()
    if not data.is_dir():
        if app.config.crosswalk_parity == app.config.values["crosswalk_parity"].default:
            return
        message = f"crosswalk_parity: expected a folder of data files, none at {data}"
        raise ExtensionError(message)
    try:
        load.require(data)
        domain.subjects = load.read(data)
        domain.claims = upstream.claims(data / "upstream.csv")
    except (SubjectError, OSError, KeyError, ValueError) as error:
        raise ExtensionError(str(error)) from error
    domain.pairs = load.pairs(domain.subjects)
    if app.builder.name == "gettext":
        return
    store = app.confdir / app.config.crosswalk_store
    try:
        device = requested(app.config.crosswalk_device)
        runner = running.runner(store, data.parent, device)
        outcomes = status_iterator(
            runner.run(running.items(domain.pairs.values())),
            "measuring pairs... ",
            "darkgreen",
            len(domain.pairs),
            app.verbosity,
            lambda outcome: outcome.id,
        )
        with _alone(runner.store.folder):
            domain.parities = {outcome.id: outcome for outcome in outcomes}
    except (DeviceError, ExecutorError, StoreError) as error:
        raise ExtensionError(str(error)) from error
    for name, outcome in sorted(domain.parities.items()):
        for problem in pins.problems(domain.pairs[name], outcome):
            warn("parity", problem, str(domain.pairs[name].subject.path))


def read_records(app: Sphinx) -> None:
    """Read the records and see what is outdated in each.

    Raises ExtensionError for a file that is no record.
    """
    if app.builder.name == "gettext":
        return
    domain = domain_of(app.env)
    project = (app.confdir / app.config.crosswalk_examples).resolve().parent
    try:
        records = record.read_all(project)
    except RecordError as error:
        raise ExtensionError(str(error)) from error
    device = requested(app.config.crosswalk_device)
    version = environment(device)["mindspore"]
    comparisons = domain.found.comparisons

    @cache
    def sources(name: str, imports: tuple[str, ...]) -> str:
        """Read the files of a comparison once for all records."""
        return recording.sources(comparisons[name], project, imports)

    pasts = tuple(Past(r, _outdated(domain, r, project, sources)) for r in records)
    # Where there is no record, nothing is compared with the build.
    seen = _of_build(domain, project) if pasts else {}
    domain.history = History(version, device, pasts, seen)


def _outdated(
    domain: CrosswalkDomain,
    found: Record,
    project: Path,
    sources: Callable[[str, tuple[str, ...]], str],
) -> frozenset[str]:
    changed = {
        name
        for name, seen in found.comparisons.items()
        if name in domain.found.comparisons
        and seen.sources != sources(name, seen.imports)
    }
    changed |= {
        name
        for name in found.pairs.keys() & domain.pairs.keys()
        if not recording.is_measured(domain.pairs[name], found, project)
    }
    return frozenset(changed)


def _of_build(domain: CrosswalkDomain, project: Path) -> dict[str, Any]:
    """Return what the build itself saw, in the form of a record."""
    seen: dict[str, Any] = {
        name: recording.of_comparison(
            domain.found.comparisons[name], Heard(outcome), project
        )
        for name, outcome in domain.outcomes.items()
    }
    for name, outcome in domain.parities.items():
        seen[name] = recording.of_pair(domain.pairs[name], outcome, project)
    return seen


@contextmanager
def _alone(store: Path) -> Iterator[None]:
    """Wait while another build runs what ``store`` lacks: then it is there."""
    store.mkdir(parents=True, exist_ok=True)
    folder = os.open(store, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _warn_failed(comparison: Comparison, outcome: Outcome) -> None:
    for name, failure in report.failures(comparison, outcome):
        location = f"{failure.path}:{failure.line}"
        message = f"{comparison.id}#{name} failed: {failure.message}"
        warn("failed", message, location)
