"""The command line: list, run, parity and merge.

``python -m crosswalk`` is the same program as ``crosswalk``.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crosswalk.cli import parity
from crosswalk.cli.options import add_run_options
from crosswalk.comparisons.discover import discover
from crosswalk.comparisons.run import comparison_runner
from crosswalk.comparisons.sources import Problem
from crosswalk.engine import executors, shards
from crosswalk.engine.cache import CacheError
from crosswalk.engine.device import DeviceError, requested
from crosswalk.engine.pool import ExecutorError
from crosswalk.engine.sandbox import LIMIT_HELP, LimitError, Limits, weakness
from crosswalk.engine.shards import ShardError
from crosswalk.model import Comparison, Outcome
from crosswalk.parity.load import SubjectError
from crosswalk.project import EXAMPLES, OUTCOMES
from crosswalk.report import comparison_text
from crosswalk.report.user_input import UsageError, meant, require_file, require_folder

PASSED, FAILED, WRONG_USAGE = 0, 1, 2
STOPPED = 130  # the exit code of shells for Ctrl-C


@dataclass(frozen=True)
class Chosen:
    """The requested comparisons, their problems, and the problems of all others."""

    comparisons: list[Comparison]
    broken: list[Problem]
    others: list[Problem]

    def report(self) -> int:
        """Print the problems; return whether they make this command fail."""
        for problem in self.broken:
            print(problem, file=sys.stderr)
        if self.others:
            count = len({problem.path.parent for problem in self.others})
            print(
                f"crosswalk: note: folders that cannot be read: {count}; "
                "'crosswalk list' says why",
                file=sys.stderr,
            )
        return FAILED if self.broken else PASSED


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0 on success, 1 for failures, 2 for wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        return options.command(options)
    except KeyboardInterrupt:
        print("crosswalk: stopped; what has run is in the store", file=sys.stderr)
        return STOPPED
    except (
        DeviceError,
        ExecutorError,
        LimitError,
        NotADirectoryError,
        ShardError,
        CacheError,
        SubjectError,
        UsageError,
    ) as error:
        print(f"crosswalk: {error}", file=sys.stderr)
        return WRONG_USAGE


def _parser() -> argparse.ArgumentParser:
    text = "Run comparisons and measure pairs: exit code 0 if all passed, 1 if not."
    parser = argparse.ArgumentParser(prog="crosswalk", description=text)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command, text in (
        ("list", _list, "print the comparisons and their checks"),
        ("run", _run, "run comparisons and print what came"),
    ):
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(command=command)
        sub.add_argument(
            "ids", nargs="*", metavar="ID", help="<topic>/<name>, or its path"
        )
        sub.add_argument("--examples", type=Path, default=EXAMPLES)
        if name == "run":
            _add_run_options(sub)
    text = "measure PyTorch classes against their counterparts in MindSpore"
    sub = commands.add_parser("parity", help=text, description=text)
    sub.set_defaults(command=parity.run)
    parity.add_options(sub)
    text = "join the stores of all shards of a run"
    sub = commands.add_parser("merge", help=text, description=text)
    sub.set_defaults(command=_merge)
    sub.add_argument("stores", nargs="+", type=Path, metavar="STORE")
    sub.add_argument("--into", type=Path, required=True, metavar="STORE")
    return parser


def _add_run_options(parser: argparse.ArgumentParser) -> None:
    add_run_options(parser, "run what is stored, too")
    add = parser.add_argument
    add("--jobs", type=_positive, help="processes at a time (one per core)")
    add("--limit", action="append", default=[], help=LIMIT_HELP)
    add("--json", type=Path, metavar="PATH", help="write the outcomes there")


def _positive(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        message = f"expected a whole number of at least 1, got {text!r}"
        raise argparse.ArgumentTypeError(message)
    return number


def _choose(options: argparse.Namespace) -> Chosen:
    """Return the requested comparisons, or all by default; raises UsageError."""
    examples = options.examples.resolve()
    found = discover(examples)
    broken = {p.comparison: p for p in found.problems if p.comparison}
    if not found.comparisons and not found.problems:
        message = (
            f"no comparison in {examples}: expected folders <topic>/<name>/, each with "
            "<name>_torch.py, <name>_mindspore.py and checks.py"
        )
        raise UsageError(message)
    if not options.ids:
        return Chosen([*found.comparisons.values()], [*found.problems], [])
    known = [*found.comparisons, *broken]
    names = dict.fromkeys(_id_of(text, examples, known) for text in options.ids)
    return Chosen(
        [found.comparisons[name] for name in names if name in found.comparisons],
        [broken[name] for name in names if name in broken],
        [p for p in found.problems if p.comparison not in names],
    )


def _id_of(text: str, examples: Path, known: list[str]) -> str:
    """Return the id for ``text``, which may be a path; raises UsageError."""
    name = text.rstrip("/")
    if name in known:
        return name
    path = Path(text).resolve()
    if path.exists() and path.is_relative_to(examples):
        name = "/".join(path.relative_to(examples).parts[:2])
        if name in known:
            return name
    comparison, _, check = name.partition("#")
    inside = [one for one in known if one.startswith(f"{name}/")]
    if check and comparison in known:
        hint = f"checks run with their comparison: name {comparison!r}"
    elif inside:
        hint = f"{name!r} is a topic: name one of {', '.join(inside)}"
    else:
        hint = f"{meant(name, known)}'crosswalk list' prints those there are"
    message = f"no comparison called {text!r} in {examples}; {hint}"
    raise UsageError(message)


def _list(options: argparse.Namespace) -> int:
    chosen = _choose(options)
    for comparison in chosen.comparisons:
        print(comparison.id)
        for check in comparison.checks:
            print(f"  {comparison.id}#{check.name}")
    return chosen.report()


def _run(options: argparse.Namespace) -> int:
    project = options.examples.resolve().parent
    folder = options.store or project / OUTCOMES
    require_folder(folder, "--store")
    settings = {"jobs": options.jobs} if options.jobs else {}
    limits = Limits.read(options.limit)
    executor = executors.choose(options.executor)
    device = requested(options.device)
    settings |= {"device": device, "limits": limits, "executor": executor}
    runner = comparison_runner(folder, project, **settings)
    shard = shards.Shard.read(options.shard) if options.shard else None
    chosen = _choose(options)
    comparisons = {comparison.id: comparison for comparison in chosen.comparisons}
    with (
        _reported(options.json) as outcomes,
        shards.recorded(
            shard, runner.cache, chosen.comparisons, runner.settings()
        ) as part,
    ):
        for outcome in runner.run(part, fresh=options.fresh):
            outcomes.append(outcome)
            print(f"[{len(outcomes)}/{len(part)}] ", end="")
            _print_outcome(outcome, comparisons[outcome.id], options, project)
    weak = weakness(outcome.environment for outcome in outcomes)
    if weak:
        print(f"crosswalk: warning: {weak}", file=sys.stderr)
    failed = any(outcome.status == "failed" for outcome in outcomes)
    return chosen.report() or (FAILED if failed else PASSED)


@contextmanager
def _reported(path: Path | None) -> Iterator[list[Outcome]]:
    """Yield a list; write its outcomes to ``path``, however the run ends.

    Raises UsageError if ``path`` cannot be written, before the run if possible.
    """
    outcomes: list[Outcome] = []
    if path is None:
        yield outcomes
        return
    require_file(path, "--json")
    try:
        yield outcomes
    finally:
        ordered = sorted(outcomes, key=lambda outcome: outcome.id)
        text = json.dumps([outcome.to_json() for outcome in ordered], indent=1)
        try:
            path.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            message = (
                f"--json {path}: {error.strerror}; the outcomes are in the store, run "
                "the command again with another file"
            )
            raise UsageError(message) from error


def _print_outcome(
    outcome: Outcome,
    comparison: Comparison,
    options: argparse.Namespace,
    project: Path,
) -> None:
    print(f"{outcome.id} {outcome.status} {outcome.seconds:.1f} s", flush=True)
    if outcome.status == "failed":
        print(comparison_text.failure_text(comparison, outcome, project), flush=True)
    if options.ids:
        print("\n".join(comparison_text.result_lines(outcome)), flush=True)


def _merge(options: argparse.Namespace) -> int:
    """Merge the comparisons and pairs in the stores; raises ShardError."""
    require_folder(options.into, "--into")
    ran = [folder for folder in options.stores if (folder / shards.RECORD).exists()]
    measured = [folder / "parity" for folder in options.stores]
    has_pairs = any((folder / shards.RECORD).exists() for folder in measured)
    if ran or not has_pairs:
        merged = shards.merge(options.stores, options.into)
        print(f"{len(merged)} comparisons are in {options.into}")
    if has_pairs:
        merged = shards.merge(measured, options.into / "parity")
        print(f"{len(merged)} pairs are in {options.into / 'parity'}")
    return PASSED
