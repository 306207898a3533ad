"""The command line: ``python -m crosswalk list``, ``run``, ``parity`` and ``merge``."""

import argparse
import json
import sys
from pathlib import Path

from crosswalk import executors, report, shards
from crosswalk.device import DeviceError, requested
from crosswalk.discover import Found, discover
from crosswalk.executors import ExecutorError
from crosswalk.isolation import LIMIT_HELP, LimitError, Limits
from crosswalk.model import Comparison, Outcome
from crosswalk.parity import command as parity
from crosswalk.parity.command import UnknownPairError
from crosswalk.parity.load import SubjectError
from crosswalk.runner import Runner
from crosswalk.shards import ShardError
from crosswalk.store import Store, StoreError

PASSED, FAILED, WRONG_USAGE = 0, 1, 2


class UsageError(ValueError):
    """Raised for arguments that name nothing; the text says what there is."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0 all passed, 1 something failed, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        if options.command in (parity.run, _merge):
            return options.command(options)
        examples = options.examples.resolve()
        found = discover(examples)
        chosen = _choose(found, options.ids, examples)
        return options.command(options, found, chosen)
    except (
        DeviceError,
        ExecutorError,
        LimitError,
        NotADirectoryError,
        ShardError,
        StoreError,
        SubjectError,
        UnknownPairError,
        UsageError,
    ) as error:
        print(f"crosswalk: {error}", file=sys.stderr)
        return WRONG_USAGE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="crosswalk", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command, text in (
        ("list", _list, "print the comparisons and their checks"),
        ("run", _run, "run comparisons and print what came"),
    ):
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(command=command)
        sub.add_argument("ids", nargs="*", metavar="ID", help="<topic>/<name>")
        sub.add_argument("--examples", type=Path, default=Path("examples"))
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
    add = parser.add_argument
    add("--store", type=Path, help="folder of outcomes (_build/outcomes)")
    add("--device", help="cpu, gpu or ascend ($DEVICE, else cpu)")
    add("--jobs", type=_positive, help="processes at a time (one per core)")
    add("--executor", default="local", help=executors.HELP)
    add("--shard", metavar="I/N", help=shards.HELP)
    add("--limit", action="append", default=[], help=LIMIT_HELP)
    add("--fresh", action="store_true", help="run what is stored, too")
    add("--json", type=Path, metavar="PATH", help="write the outcomes there")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        message = f"expected at least 1, got {number}"
        raise argparse.ArgumentTypeError(message)
    return number


def _choose(found: Found, ids: list[str], examples: Path) -> list[Comparison]:
    unknown = [name for name in ids if name not in found.comparisons]
    broken = {
        f"{p.path.parent.parent.name}/{p.path.parent.name}" for p in found.problems
    }
    unknown = [name for name in unknown if name not in broken]
    if unknown:
        message = (
            f"no comparison called {', '.join(map(repr, unknown))} in {examples}; "
            "'python -m crosswalk list' prints those there are"
        )
        raise UsageError(message)
    names = ids or found.comparisons
    return [found.comparisons[name] for name in names if name in found.comparisons]


def _list(_: argparse.Namespace, found: Found, chosen: list[Comparison]) -> int:
    for comparison in chosen:
        print(comparison.id)
        for check in comparison.checks:
            print(f"  {comparison.id}#{check.name}")
    return _report_problems(found)


def _run(options: argparse.Namespace, found: Found, chosen: list[Comparison]) -> int:
    project = options.examples.resolve().parent
    store = Store(options.store or project / "_build" / "outcomes", project)
    settings = {"jobs": options.jobs} if options.jobs else {}
    limits = Limits.read(options.limit)
    executor = executors.choose(options.executor)
    device = requested(options.device)
    runner = Runner(store, device, limits=limits, executor=executor, **settings)
    shard = shards.Shard.read(options.shard) if options.shard else None
    outcomes = []
    with shards.recorded(shard, store, chosen, runner.settings()) as part:
        for outcome in runner.run(part, fresh=options.fresh):
            outcomes.append(outcome)
            print(f"[{len(outcomes)}/{len(part)}] ", end="")
            _print_outcome(outcome, found.comparisons[outcome.id], options, project)
    if options.json:
        ordered = sorted(outcomes, key=lambda outcome: outcome.id)
        text = json.dumps([outcome.to_json() for outcome in ordered], indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")
    failed = any(outcome.status == "failed" for outcome in outcomes)
    return _report_problems(found) or (FAILED if failed else PASSED)


def _print_outcome(
    outcome: Outcome,
    comparison: Comparison,
    options: argparse.Namespace,
    project: Path,
) -> None:
    print(f"{outcome.id} {outcome.status} {outcome.seconds:.1f} s", flush=True)
    if outcome.status == "failed":
        print(report.failure_text(comparison, outcome, project), flush=True)
    if options.ids:
        print("\n".join(report.result_lines(outcome)), flush=True)


def _merge(options: argparse.Namespace) -> int:
    """Join comparisons, and pairs, whichever the stores hold; raises ShardError."""
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


def _report_problems(found: Found) -> int:
    for problem in found.problems:
        print(problem, file=sys.stderr)
    return FAILED if found.problems else PASSED


if __name__ == "__main__":
    sys.exit(main())
