"""Measure pairs with the project's runner and store."""

from collections.abc import Iterable
from pathlib import Path

from crosswalk.isolation import Limits
from crosswalk.parity import child
from crosswalk.parity.model import Pair, PairItem, PairOutcome
from crosswalk.runner import Runner
from crosswalk.store import Store

CODE = (
    "capture",
    "child",
    "device",
    "executors",
    "expect",
    "files",
    "guard",
    "isolation",
    "model",
    "namespaces",
    "process",
    "runner",
    *(
        f"parity/{name}"
        for name in (
            "arguments",
            "bench",
            "change",
            "child",
            "continuing",
            "driving",
            "held",
            "load",
            "measure",
            "mindspore_schedule",
            "mindspore_side",
            "model",
            "problem",
            "record",
            "resume",
            "signatures",
            "torch_schedule",
            "torch_side",
            "trainings",
            "ways",
        )
    ),
)
# A pair has dozens of settings, each of them compiled twice.
LIMITS = Limits(seconds=600)


def runner(store: Path, project: Path, device: str, **settings: object) -> Runner:
    """Return a runner of pairs, with its own folder below ``store``."""
    kept = Store(store / "parity", project, PairOutcome.from_json, CODE)
    return Runner(
        kept,
        device,
        limits=LIMITS,
        run_one=child.run,
        lost=child.lost,
        **settings,
    )


def items(pairs: Iterable[Pair]) -> list[PairItem]:
    """Return ``pairs`` as the runner takes them."""
    return [PairItem(pair.id, pair.subject.path) for pair in pairs]
