"""Run what a build needs, before it reads the pages."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.display import status_iterator

from crosswalk import report
from crosswalk.device import DeviceError, requested
from crosswalk.executors import ExecutorError
from crosswalk.isolation import LimitError, Limits
from crosswalk.model import Comparison, Outcome
from crosswalk.parity import load, pins, running, upstream
from crosswalk.runner import Runner
from crosswalk.sphinx.found import find
from crosswalk.sphinx.site import domain_of, warn
from crosswalk.store import Store, StoreError


def run_comparisons(app: Sphinx) -> None:
    """Find all comparisons and run what the store does not have.

    Raises ExtensionError if the device is not there, a limit is none, or an outcome
    cannot be kept.
    """
    domain = domain_of(app.env)
    examples = (app.confdir / app.config.crosswalk_examples).resolve()
    domain.found = found = find(examples, Path(app.doctreedir))
    for problem in found.problems:
        location = f"{problem.path}:{problem.line}"
        warn("comparison", problem.message, location)
    if app.builder.name == "gettext":
        return  # messages come from sources alone
    project = examples.parent
    store = Store(app.confdir / app.config.crosswalk_store, project)
    try:
        limits = Limits.of(app.config.crosswalk_limits)
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
        return
    domain.subjects = load.read(data)
    domain.pairs = load.pairs(domain.subjects)
    domain.claims = upstream.claims(data / "upstream.csv")
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
