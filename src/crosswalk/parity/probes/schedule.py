"""Whether a schedule gives the same rates, and whether they reach the parameters."""

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
    """Trains two parameters in two groups; notes each group's rate before a step.

    The gradient is 1, so that a parameter moves by the rate that reached it.
    """

    name = "schedule"
    package: ClassVar = "torch.optim.lr_scheduler"
    shown: ClassVar[Gradients] = "fixed"

    def __init__(self, context: Context) -> None:
        """Take what is known of the pair."""
        super().__init__(context)
        name = self.pair.counterpart.mindspore if self.pair.counterpart else ""
        # Such a schedule steps beside the optimizer, as PyTorch's do.
        self.is_beside = name.startswith(SCHEDULERS)

    def cases(self, pair: Pair) -> Sequence[Case]:
        """Return the cases of a schedule.

        One inside the optimizer has no word for some.
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

        Graph mode and @jit compile the same update, so that only matched arguments
        and own defaults run in both.
        A scheduler beside the optimizer is stepped by Python in every mode, so that
        a compiled step can only miss the rate, whatever the case.
        """
        if case.name in {MATCHED, OWN_DEFAULTS}:
            return RUNS
        return RUNS[:1] if self.is_beside else RUNS[:2]

    def torch(self, case: Case, _: Gradients, dtype: Any) -> Trace:
        """Follow the schedule with PyTorch; raises what the schedule raises."""
        subject = self.pair.subject
        optimizer = partial(torch.optim.SGD, lr=RATE, **case.optimizer)
        run = torch_backend.Run(unit_gradients(), optimizer, GROUPS, dtype)
        make = subject.make or resolve(subject.torch)
        run.attach(make, self.context.arguments.torch(case))
        return self._follow(run, case)

    def mindspore(self, case: Case, _: Gradients, mode: Mode) -> Trace:
        """Follow the schedule with MindSpore; raises what the schedule raises."""
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
        """Return the changed arguments, and the method that MindSpore lacks."""
        class_ = resolve(self.pair.counterpart.mindspore)
        is_lacking = case.drive == "state" and not hasattr(class_, "load_state_dict")
        lacking = ("load_state_dict",) if is_lacking else ()
        _, missing = self.context.arguments.mindspore(case)
        return (*missing, *lacking, *case.mindspore)

    def curves(
        self, expected: Trace, _: Trace, actual: Trace
    ) -> dict[str, list[float]]:
        """Return the rates of the first group."""
        traces = {"torch": expected, "mindspore": actual}
        return {side: [r[0] for r in trace.rates] for side, trace in traces.items()}

    def _run(self, case: Case, mode: Mode) -> Any:
        """Return an optimizer for a schedule beside it.

        In PyNative mode all schedules share one: compiling it takes longest.
        What @jit and Graph mode compile may keep the rates of the schedule before.
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
        """Take all steps of the optimizer, and those of a schedule beside it."""
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
        """Take step ``epoch`` of the schedule, the way ``case`` drives it."""
        metrics = self.pair.subject.metrics
        if case.drive == "closed":
            # Forward, back and far ahead.
            scheduler.step(epoch * 7 % 23)
        elif metrics:
            scheduler.step(metrics[epoch % len(metrics)])
        else:
            scheduler.step()
