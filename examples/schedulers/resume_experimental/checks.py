import mindspore as ms
from crosswalk import expect
from crosswalk.introspect import subclasses


def same_weights(pytorch, mindspore):
    """Under the `SequentialLR` of the example, of `LinearLR` and
    `CosineAnnealingWarmRestarts`, a `mindspore.experimental.optim.SGD` resumes
    for 30 steps as in the uninterrupted run, if its file also holds every
    `Parameter` of the scheduler and of the schedulers inside it, and the
    learning rates of the groups. The weights match PyTorch, resumed with
    `state_dict()`.
    """
    for name, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        expect.close(side.uninterrupted, side.resumed, name=name)
    expect.close(
        pytorch.resumed[1], mindspore.resumed[1], name="both"
    )


def same_rates(pytorch, mindspore):
    """Resumed from its Parameters, the `SequentialLR` of the example, of
    `LinearLR` and `CosineAnnealingWarmRestarts` of
    `mindspore.experimental.optim`, matches the learning rates of PyTorch for
    30 steps, through a restart.
    """
    expect.close(
        pytorch.resumed[0], mindspore.resumed[0], name="rates"
    )


def optimizer_file_is_not_the_schedule(pytorch, mindspore):
    """In PyTorch, an optimizer's `state_dict()`, loaded after the scheduler is
    built, restores the current learning rate but not the schedule. Loaded
    after 12 steps without the scheduler's state, 14 of the 15 schedulers of
    `torch.optim.lr_scheduler` run here leave their schedule within 25 steps,
    and only `ExponentialLR` continues;
    `LinearLR(start_factor=0.1, total_iters=20)` climbs to 6.4 times the base
    learning rate. If the scheduler's state is also loaded, all 15 continue.
    """
    lr = pytorch.optim.lr_scheduler
    made = _schedulers(lr) | {
        "OneCycleLR": lambda o: lr.OneCycleLR(
            o, 0.1, total_steps=40, cycle_momentum=False
        ),
        "ChainedScheduler": lambda o: lr.ChainedScheduler(
            list(_two(lr, o))
        ),
    }
    every = subclasses(lr, lr.LRScheduler)
    expect.equal(sorted(every), sorted(made), name="classes")
    continued = []
    for name, make in made.items():
        whole, without, with_state = _torch_resumed(pytorch, make)
        expect.close(whole[0], without[0], name=f"{name}_first")
        expect.close(whole, with_state, name=f"{name}_with_state")
        if without == whole:
            continued.append(name)
        else:
            expect.apart(whole, without, at_least=0.05, name=name)
        if name == "LinearLR":
            expect.close(0.64, without[-1], name="climbs_to")
    expect.equal(["ExponentialLR"], continued, name="continued")


def _torch_resumed(side, make):
    _, optimizer = side.build()
    scheduler = make(optimizer)
    _run(scheduler, 0, 12)
    kept = optimizer.state_dict(), scheduler.state_dict()
    whole = [_rate(optimizer), *_run(scheduler, 12, 25)]
    resumed = []
    for with_state in (False, True):
        _, optimizer = side.build()
        scheduler = make(optimizer)
        optimizer.load_state_dict(kept[0])
        if with_state:
            scheduler.load_state_dict(kept[1])
        resumed.append(
            [_rate(optimizer), *_run(scheduler, 12, 25)]
        )
    return whole, *resumed


def _rate(optimizer):
    return optimizer.param_groups[0]["lr"]


def no_state_dict(pytorch, mindspore):
    """None of the 14 public classes of `mindspore.experimental.optim.lr_scheduler` has `state_dict` or `load_state_dict`."""
    lr_scheduler = mindspore.optim.lr_scheduler
    expect.equal(14, len(lr_scheduler.__all__), name="classes")
    for name in ("state_dict", "load_state_dict"):
        expect.equal(
            True,
            hasattr(pytorch.scheduler, name),
            name=f"pytorch_{name}",
        )
        found = [
            kind
            for kind in lr_scheduler.__all__
            if hasattr(getattr(lr_scheduler, kind), name)
        ]
        expect.equal([], found, name=f"mindspore_{name}")


def what_is_kept(pytorch, mindspore):
    """In addition to the learning rate, each of the 13 schedulers of
    `mindspore.experimental.optim.lr_scheduler`, with one set of arguments
    each, keeps `last_epoch` as a `Parameter`; `CosineAnnealingWarmRestarts`
    also keeps `T_0`, `T_i` and `T_cur`, `ReduceLROnPlateau` also `best`,
    `wait` and `cooldown_counter`, and `SequentialLR` also the Parameters of
    the schedulers inside it.
    """
    more = {
        "CosineAnnealingWarmRestarts": ["T_0", "T_cur", "T_i"],
        "ReduceLROnPlateau": ["best", "cooldown_counter", "wait"],
        "SequentialLR": ["0.last_epoch", "1.last_epoch"],
    }
    for name, make in _every_class(mindspore).items():
        _, optimizer = mindspore.build()
        kept = mindspore.state(make(optimizer), "kept")
        names = [*more.get(name, []), "last_epoch"]
        names = ["rate.0", *(f"kept.{each}" for each in names)]
        expect.equal(sorted(names), sorted(kept), name=name)


def every_scheduler_resumes(pytorch, mindspore):
    """If the Parameters and the learning rate saved after 12 steps are loaded,
    in PyNative mode a new scheduler, with one set of arguments each, of each
    of the 13 classes of `mindspore.experimental.optim.lr_scheduler`, and of a
    subclass of `LRScheduler` with the learning rate `lr / (1 + last_epoch)`,
    continues for 20 steps as in the uninterrupted run. Without them, none of
    those run here does.
    """
    base = mindspore.optim.lr_scheduler.LRScheduler

    class OfEpoch(base):
        def get_lr(self):
            return [
                rate / (1 + self.last_epoch)
                for rate in self.base_lrs
            ]

    made = _every_class(mindspore) | {"subclass": OfEpoch}
    for name, make in made.items():
        whole, resumed, fresh = _resumed(
            mindspore, lambda o, make=make: [make(o)]
        )
        expect.close(whole, resumed, name=name)
        expect.apart(
            whole, fresh, at_least=0.1, name=f"{name}_fresh"
        )


def chain_resumes(pytorch, mindspore):
    """A `LinearLR(start_factor=0.1, total_iters=20)` and an
    `ExponentialLR(gamma=0.9)` of one optimizer of
    `mindspore.experimental.optim`, stepped one after the other, continue for
    20 steps as in the uninterrupted run if the Parameters of both are saved,
    each scheduler's under its own name.
    """
    lr = mindspore.optim.lr_scheduler
    whole, resumed, fresh = _resumed(
        mindspore, lambda o: _two(lr, o)
    )
    expect.close(whole, resumed, name="rates")
    expect.apart(whole, fresh, at_least=0.1, name="fresh")


def _every_class(side):
    lr = side.optim.lr_scheduler
    made = _schedulers(lr)
    every = sorted({*lr.__all__} - {"LRScheduler"})
    expect.equal(every, sorted(made), name="classes")
    return made


def _schedulers(lr):
    return {
        "LambdaLR": lambda o: lr.LambdaLR(o, _factor),
        "MultiplicativeLR": lambda o: lr.MultiplicativeLR(
            o, _factor
        ),
        "StepLR": lambda o: lr.StepLR(o, 5, 0.5),
        "MultiStepLR": lambda o: lr.MultiStepLR(o, [4, 15]),
        "ConstantLR": lambda o: lr.ConstantLR(o, 0.5, 15),
        "LinearLR": lambda o: lr.LinearLR(o, 0.1, total_iters=20),
        "ExponentialLR": lambda o: lr.ExponentialLR(o, 0.9),
        "PolynomialLR": lambda o: lr.PolynomialLR(o, 30, 2.0),
        "CosineAnnealingLR": lambda o: lr.CosineAnnealingLR(
            o, 15
        ),
        "CosineAnnealingWarmRestarts": lambda o: (
            lr.CosineAnnealingWarmRestarts(o, 5, 2)
        ),
        "CyclicLR": lambda o: lr.CyclicLR(o, 0.01, 0.1, 5),
        "ReduceLROnPlateau": lambda o: lr.ReduceLROnPlateau(
            o, "min", 0.5, 4
        ),
        "SequentialLR": lambda o: lr.SequentialLR(
            o, list(_two(lr, o)), [5]
        ),
    }


def _two(lr, optimizer):
    return (
        lr.LinearLR(optimizer, 0.1, total_iters=20),
        lr.ExponentialLR(optimizer, 0.9),
    )


def _factor(epoch):
    return 0.5 if epoch == 14 else 1 - 1 / (epoch + 5)


def _resumed(side, make):
    first = make(side.build()[1])
    _run_each(first, 0, 12)
    kept = {
        name: value.asnumpy().copy()
        for name, value in _state(side, first).items()
    }
    whole = _run_each(first, 12, 20)
    second, fresh = (make(side.build()[1]) for _ in range(2))
    for name, value in _state(side, second).items():
        value.copy_(ms.Tensor(kept[name], value.dtype))
    return (
        whole,
        _run_each(second, 12, 20),
        _run_each(fresh, 12, 20),
    )


def _state(side, schedulers):
    kept = {}
    for i, scheduler in enumerate(schedulers):
        kept |= side.state(scheduler, f"scheduler{i}")
    return kept


def _run(scheduler, start, steps):
    return _run_each([scheduler], start, steps)


def _run_each(schedulers, start, steps):
    rates = []
    for step in range(start, start + steps):
        for scheduler in schedulers:
            if type(scheduler).__name__ == "ReduceLROnPlateau":
                scheduler.step(max(1 - step / 10, 0.3))
            else:
                scheduler.step()
        rates.append(float(scheduler.get_last_lr()[0]))
    return rates
