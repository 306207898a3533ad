"""The command line: ``python -m crosswalk list``, ``run`` and ``parity``."""

import argparse
import json
import sys
from pathlib import Path

from crosswalk import report
from crosswalk.device import DeviceError, requested
from crosswalk.discover import Found, discover
from crosswalk.isolation import LIMIT_HELP, LimitError, Limits
from crosswalk.model import Comparison
from crosswalk.parity import command as parity
from crosswalk.parity.command import UnknownPairError
from crosswalk.parity.load import SubjectError
from crosswalk.runner import Runner
from crosswalk.store import Store, StoreError

PASSED, FAILED, WRONG_USAGE = 0, 1, 2


class UsageError(ValueError):
    """Raised for arguments that name nothing; the text says what there is."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0 all passed, 1 something failed, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        if options.command is parity.run:
            return parity.run(options)
        examples = options.examples.resolve()
        found = discover(examples)
        chosen = _choose(found, options.ids, examples)
        return options.command(options, found, chosen)
    except (
        DeviceError,
        LimitError,
        NotADirectoryError,
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
    return parser


def _add_run_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--store", type=Path, help="folder of outcomes (_build/outcomes)")
    add("--device", help="cpu, gpu or ascend ($DEVICE, else cpu)")
    add("--jobs", type=_positive, help="processes at a time (one per core)")
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
    runner = Runner(store, requested(options.device), limits=limits, **settings)
    by_id = {comparison.id: comparison for comparison in chosen}
    outcomes = []
    for number, outcome in enumerate(runner.run(chosen, fresh=options.fresh), 1):
        outcomes.append(outcome)
        head = f"[{number}/{len(chosen)}] {outcome.id} {outcome.status}"
        print(f"{head} {outcome.seconds:.1f} s", flush=True)
        if outcome.status == "failed":
            comparison = by_id[outcome.id]
            print(report.failure_text(comparison, outcome, project), flush=True)
        if options.ids:
            print("\n".join(report.result_lines(outcome)), flush=True)
    if options.json:
        ordered = sorted(outcomes, key=lambda outcome: outcome.id)
        text = json.dumps([outcome.to_json() for outcome in ordered], indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")
    failed = any(outcome.status == "failed" for outcome in outcomes)
    return _report_problems(found) or (FAILED if failed else PASSED)


def _report_problems(found: Found) -> int:
    for problem in found.problems:
        print(problem, file=sys.stderr)
    return FAILED if found.problems else PASSED


if __name__ == "__main__":
    sys.exit(main())
