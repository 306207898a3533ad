"""Probe whether a schedule's learning rates match, and reach the parameters."""

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

import torch
from mindspore import nn
from mindspore.experimental import optim

from crosswalk.introspect import resolve
from crosswalk.parity.backends import Trace
from crosswalk.parity.backends import mindspore as mindspore_backend
from crosswalk.parity.backends import torch as torch_backend
from crosswalk.parity.backends.mindspore import SCHEDULERS, mode_set
from crosswalk.parity.measurement import Gradients, Mode
from crosswalk.parity.model import MATCHED, OWN_DEFAULTS, Case, Pair
from crosswalk.parity.probes import Context
from crosswalk.parity.probes.trajectory import Runs, TrajectoryProbe
from crosswalk.parity.problem import (
    GROUPS,
    RATE,
    SCHEDULE_STEPS,
    unit_gradients,
)

RUNS: Runs = (("pynative", "fixed"), ("jit", "fixed"), ("graph", "fixed"))
# After which step of the schedule a run that is resumed was stopped.  With
# last_epoch, a new scheduler takes over the rates that this step has set and is
# given the number before, which it counts up when it is built.
STOP = 15


class ScheduleProbe(TrajectoryProbe):
    """Trains two parameters in two groups, and records each group's learning rate.

    The gradient is 1, so a parameter moves by the learning rate in use.
    """

    name = "schedule"
    package: ClassVar = "torch.optim.lr_scheduler"
    shown: ClassVar[Gradients] = "fixed"

    def __init__(self, context: Context) -> None:
        """Store the context."""
        super().__init__(context)
        name = self.pair.counterpart.mindspore if self.pair.counterpart else ""
        # This schedule has its own step(), as in PyTorch.
        self.is_beside = name.startswith(SCHEDULERS)

    def cases(self, pair: Pair) -> Sequence[Case]:
        """Return the cases of a schedule.

        Omits those that a schedule inside the optimizer cannot express.
        """
        cases = super().cases(pair)
        if not cases or not pair.counterpart.arguments:
            return cases
        return [
            case
            for case in cases
            if case.name != OWN_DEFAULTS
            and case.drive == "steps"
            and self.context.arguments.mindspore(case)[0] is not None
        ]

    def runs(self, case: Case) -> Runs:
        """Return the modes that can make a difference.

        Graph mode compiles the same update as ``@ms.jit``, so only matched arguments
        and own defaults run in both. Python steps a scheduler next to the optimizer in
        every mode, so a compiled step can only miss the learning rate, whatever the
        case.
        """
        if case.name in {MATCHED, OWN_DEFAULTS}:
            return RUNS
        return RUNS[:1] if self.is_beside else RUNS[:2]

    def torch(self, case: Case, _: Gradients, dtype: Any) -> Trace:
        """Run the schedule with PyTorch; raises the schedule's exceptions."""
        subject = self.pair.subject
        optimizer = partial(torch.optim.SGD, lr=RATE, **case.optimizer)
        run = torch_backend.Run(unit_gradients(), optimizer, GROUPS, dtype)
        make = subject.make or resolve(subject.torch)
        run.attach(make, self.context.arguments.torch(case))
        return self._follow(run, case)

    def mindspore(self, case: Case, _: Gradients, mode: Mode) -> Trace:
        """Run the schedule with MindSpore; raises the schedule's exceptions."""
        counterpart = self.pair.counterpart
        make = counterpart.make or resolve(counterpart.mindspore)
        with mode_set(mode):
            if self.is_beside:
                run = self._run(case, mode)
                run.attach(make, self.context.arguments.mindspore(case)[0])
            else:
                schedules = [
                    make(**self.context.arguments.mindspore(case, group)[0])
                    for group in range(len(GROUPS))
                ]
                optimizer = partial(nn.SGD, **case.optimizer)
                run = mindspore_backend.Run(
                    unit_gradients(), optimizer, mode=mode, schedules=schedules
                )
            return self._follow(run, case)

    def missing(self, case: Case) -> tuple[str, ...]:
        """Return the changed arguments and the method that MindSpore lacks."""
        class_ = resolve(self.pair.counterpart.mindspore)
        is_lacking = case.drive == "state" and not hasattr(class_, "load_state_dict")
        lacking = ("load_state_dict",) if is_lacking else ()
        _, missing = self.context.arguments.mindspore(case)
        return (*missing, *lacking, *case.mindspore)

    def curves(
        self, expected: Trace, _: Trace, actual: Trace
    ) -> dict[str, list[float]]:
        """Return the learning rates of the first group."""
        traces = {"torch": expected, "mindspore": actual}
        return {side: [r[0] for r in trace.rates] for side, trace in traces.items()}

    def _run(self, case: Case, mode: Mode) -> Any:
        """Return a run for a scheduler next to the optimizer.

        In PyNative mode, all schedulers share one run, because compiling takes longest.
        A step compiled by ``@ms.jit`` or Graph mode may keep the previous learning
        rates, so each scheduler gets a new run there.
        """
        key = tuple(case.optimizer.items())
        if mode != "pynative" or key not in self.trained:
            make = partial(optim.SGD, lr=RATE, **case.optimizer)
            run = mindspore_backend.Run(unit_gradients(), make, GROUPS, mode)
            if mode != "pynative":
                return run
            self.trained[key] = run, run.state()
        run, start = self.trained[key]
        run.restore(start)
        return run

    def _follow(self, run: Any, case: Case) -> Trace:
        """Take all steps of the optimizer, and of a scheduler next to it."""
        for step in range(SCHEDULE_STEPS * case.every):
            run.advance(1)
            epoch, rest = divmod(step + 1, case.every)
            if rest or run.scheduler is None:
                continue
            if epoch == STOP and case.drive == "state":
                run.reload()
            self._step(run.scheduler, epoch, case)
            if epoch == STOP and case.drive == "last_epoch":
                run.restart(STOP - 1)
        return run.trace

    def _step(self, scheduler: Any, epoch: int, case: Case) -> None:
        """Take step ``epoch`` of the schedule, as ``case`` drives it."""
        metrics = self.pair.subject.metrics
        if case.drive == "closed":
            # Forward, back and far ahead.
            scheduler.step(epoch * 7 % 23)
        elif metrics:
            scheduler.step(metrics[epoch % len(metrics)])
        else:
            scheduler.step()
