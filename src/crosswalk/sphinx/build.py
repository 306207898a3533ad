"""Run comparisons and measure pairs, before Sphinx reads the pages."""

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

from crosswalk.comparisons.run import comparison_runner
from crosswalk.engine import sandbox
from crosswalk.engine.cache import CacheError
from crosswalk.engine.device import DeviceError, environment, requested
from crosswalk.engine.pool import ExecutorError
from crosswalk.engine.sandbox import LimitError, Limits
from crosswalk.model import Comparison, Outcome
from crosswalk.parity import load, measure
from crosswalk.parity.load import SubjectError
from crosswalk.report import baseline, comparison_text
from crosswalk.report.user_input import UsageError, require_folder
from crosswalk.sphinx.domain import CrosswalkDomain, domain_of, warn
from crosswalk.sphinx.incremental.parsed import find
from crosswalk.sphinx.parity import upstream
from crosswalk.versions import recorder, snapshot
from crosswalk.versions.history import History, Past
from crosswalk.versions.snapshot import Record, RecordError

logger = logging.getLogger(__name__)


def run_comparisons(app: Sphinx) -> None:
    """Find all comparisons and run those that have no current outcome in the store.

    Raises ExtensionError if there are no examples, the device is not available, a
    limit is invalid, or an outcome cannot be stored.
    """
    domain = domain_of(app.env)
    examples = (app.confdir / app.config.crosswalk_examples).resolve()
    folder = app.confdir / app.config.crosswalk_store
    try:
        domain.build.found = found = find(examples, Path(app.doctreedir))
        require_folder(folder, "crosswalk_store")
    except (NotADirectoryError, UsageError) as error:
        raise ExtensionError(str(error)) from error
    for problem in found.problems:
        location = f"{problem.path}:{problem.line}"
        warn("comparison", problem.message, location)
    if app.builder.name == "gettext":
        return  # gettext messages depend only on sources
    project = examples.parent
    given = app.config.crosswalk_limits
    if not isinstance(given, dict):
        message = f"crosswalk_limits: expected limits by name, a dict, found {given!r}"
        raise ExtensionError(message)
    try:
        limits = Limits.of(given)
        device = requested(app.config.crosswalk_device)
        runner = comparison_runner(folder, project, device=device, limits=limits)
        outcomes = status_iterator(
            runner.run(found.comparisons.values()),
            "running comparisons... ",
            "darkgreen",
            len(found.comparisons),
            app.verbosity,
            lambda outcome: f"{outcome.id} ({outcome.status})",
        )
        with _alone(folder):
            domain.build.outcomes = {outcome.id: outcome for outcome in outcomes}
    except (DeviceError, ExecutorError, LimitError, CacheError) as error:
        raise ExtensionError(str(error)) from error
    weak = sandbox.weakness(o.environment for o in domain.build.outcomes.values())
    if weak:
        # Not a Sphinx warning: it would fail the build, and the reader cannot fix it.
        logger.info("%s", f"warning: {weak}", color="yellow")
    for name, outcome in sorted(domain.build.outcomes.items()):
        if outcome.status == "failed":
            _warn_failed(found.comparisons[name], outcome)


def measure_pairs(app: Sphinx) -> None:
    """Measure the pairs that have no current outcome; warn of unexpected verdicts.

    Raises ExtensionError if the device is not available, or an outcome cannot be
    stored.
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
        domain.build.subjects = load.read(data)
        domain.build.claims = upstream.claims(data / "upstream.csv")
    except (SubjectError, OSError, KeyError, ValueError) as error:
        raise ExtensionError(str(error)) from error
    domain.build.pairs = load.pairs(domain.build.subjects)
    if app.builder.name == "gettext":
        return
    store = app.confdir / app.config.crosswalk_store
    try:
        device = requested(app.config.crosswalk_device)
        runner = measure.runner(store, data.parent, device)
        outcomes = status_iterator(
            runner.run(measure.items(domain.build.pairs.values())),
            "measuring pairs... ",
            "darkgreen",
            len(domain.build.pairs),
            app.verbosity,
            lambda outcome: outcome.id,
        )
        with _alone(runner.cache.folder):
            domain.build.parities = {outcome.id: outcome for outcome in outcomes}
    except (DeviceError, ExecutorError, CacheError) as error:
        raise ExtensionError(str(error)) from error
    for name, outcome in sorted(domain.build.parities.items()):
        for problem in baseline.problems(domain.build.pairs[name], outcome):
            warn("parity", problem, str(domain.build.pairs[name].subject.path))


def read_records(app: Sphinx) -> None:
    """Read the records, and find the outdated items of each.

    Raises ExtensionError for a file that is not a record.
    """
    if app.builder.name == "gettext":
        return
    domain = domain_of(app.env)
    project = (app.confdir / app.config.crosswalk_examples).resolve().parent
    try:
        records = snapshot.read_all(project)
    except RecordError as error:
        raise ExtensionError(str(error)) from error
    device = requested(app.config.crosswalk_device)
    version = environment(device)["mindspore"]
    comparisons = domain.build.found.comparisons

    @cache
    def sources(name: str, imports: tuple[str, ...]) -> str:
        """Return the digest of a comparison's sources; computed only once."""
        return recorder.sources(comparisons[name], project, imports)

    pasts = tuple(Past(r, _outdated(domain, r, project, sources)) for r in records)
    # Without a record, there is nothing to compare with the build.
    seen = _of_build(domain, project) if pasts else {}
    domain.build.history = History(version, device, pasts, seen)


def _outdated(
    domain: CrosswalkDomain,
    found: Record,
    project: Path,
    sources: Callable[[str, tuple[str, ...]], str],
) -> frozenset[str]:
    changed = {
        name
        for name, seen in found.comparisons.items()
        if name in domain.build.found.comparisons
        and seen.sources != sources(name, seen.imports)
    }
    changed |= {
        name
        for name in found.pairs.keys() & domain.build.pairs.keys()
        if not recorder.is_measured(domain.build.pairs[name], found, project)
    }
    return frozenset(changed)


def _of_build(domain: CrosswalkDomain, project: Path) -> dict[str, Any]:
    """Return the outcomes of the build itself, in the form of a record."""
    seen: dict[str, Any] = {
        name: recorder.of_comparison(
            domain.build.found.comparisons[name], outcome, project
        )
        for name, outcome in domain.build.outcomes.items()
    }
    for name, outcome in domain.build.parities.items():
        seen[name] = recorder.of_pair(domain.build.pairs[name], outcome, project)
    return seen


@contextmanager
def _alone(cache: Path) -> Iterator[None]:
    """Hold a lock, so a second build waits for the outcomes instead of running them."""
    cache.mkdir(parents=True, exist_ok=True)
    folder = os.open(cache, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _warn_failed(comparison: Comparison, outcome: Outcome) -> None:
    for name, failure in comparison_text.failures(comparison, outcome):
        location = f"{failure.path}:{failure.line}"
        message = f"{comparison.id}#{name} failed: {failure.message}"
        warn("failed", message, location)
