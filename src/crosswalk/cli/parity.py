"""The command ``python -m crosswalk parity``."""

import argparse
import sys
from pathlib import Path

from crosswalk.cli.options import add_run_options
from crosswalk.engine import executors, shards
from crosswalk.engine.device import requested
from crosswalk.parity import load, measure
from crosswalk.parity.measurement import PairOutcome
from crosswalk.parity.model import Pair
from crosswalk.project import OUTCOMES, PAIRS
from crosswalk.report import baseline, parity_text
from crosswalk.report.user_input import UsageError, meant, require_folder


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    add(
        "names", nargs="*", metavar="NAME", help="torch.optim.SGD, or with :mindspore.…"
    )
    add("--data", type=Path, default=PAIRS, help="folder of data files")
    add("--setting", help="print this setting only")
    add_run_options(parser, "measure what is stored, too")
    add("--pin", action="store_true", help="make what is measured what is expected")


def run(options: argparse.Namespace) -> int:
    """Measure the pairs and print all numbers; return 1 if a verdict is unexpected.

    Raises SubjectError, UsageError, DeviceError, ExecutorError and ShardError.
    """
    data = options.data.resolve()
    store = options.store or data.parent / OUTCOMES
    require_folder(store, "--store")
    load.require(data)
    pairs = load.pairs(load.read(data))
    chosen = _choose(pairs, options.names, data)
    if options.setting:
        _require_setting(chosen, options.setting)
    executor = executors.choose(options.executor)
    device = requested(options.device)
    runner = measure.runner(store, data.parent, device, executor=executor)
    shard = shards.Shard.read(options.shard) if options.shard else None
    items = measure.items(chosen)
    outcomes = {}
    with shards.recorded(shard, runner.cache, items, runner.settings()) as part:
        for outcome in runner.run(part, fresh=options.fresh):
            outcomes[outcome.id] = outcome
            print("\n".join(parity_text.lines(outcome, options.setting)), flush=True)
    if options.pin:
        return _pin(pairs, outcomes)
    problems = [
        text
        for name, outcome in sorted(outcomes.items())
        for text in baseline.problems(pairs[name], outcome)
    ]
    print("\n".join(problems), file=sys.stderr, end="\n" if problems else "")
    return 1 if problems else 0


def _choose(pairs: dict[str, Pair], names: list[str], data: Path) -> list[Pair]:
    classes = {pair.subject.torch for pair in pairs.values()}
    for name in names:
        if name not in classes and name not in pairs:
            # A colon separates both halves of a pair.
            hint = meant(name, pairs if ":" in name else classes)
            message = (
                f"no class or pair called {name!r} in {data}; {hint}each file there "
                "describes one class"
            )
            raise UsageError(message)
    return [
        pair
        for pair in pairs.values()
        if not names or pair.id in names or pair.subject.torch in names
    ]


def _require_setting(pairs: list[Pair], name: str) -> None:
    known = list(dict.fromkeys(case.name for pair in pairs for case in pair.cases))
    if name not in known:
        hint = meant(name, known) or f"there are: {', '.join(map(repr, known))}"
        message = f"--setting: none of these pairs has a setting {name!r}; {hint}"
        raise UsageError(message.rstrip())


def _pin(pairs: dict[str, Pair], outcomes: dict[str, PairOutcome]) -> int:
    """Write the expected verdicts of each page for which all pairs were measured."""
    lost = [outcome for outcome in outcomes.values() if outcome.failure]
    for path in dict.fromkeys(baseline.path_of(pairs[name]) for name in outcomes):
        wanted = [
            name for name, pair in pairs.items() if baseline.path_of(pair) == path
        ]
        absent = [name for name in wanted if name not in outcomes]
        if absent or any(outcome.id in wanted for outcome in lost):
            print(
                f"{path}: not written, {absent or 'a pair was lost'}", file=sys.stderr
            )
            return 1
        baseline.write(path, [outcomes[name] for name in wanted])
    return 0
