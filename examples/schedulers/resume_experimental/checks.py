import mindspore as ms
from crosswalk import expect


def same_weights(pytorch, mindspore):
    """Saved with the optimizer, every `Parameter` of the scheduler, of the schedulers inside it and the rates of the groups make the rates and the weights go on after loading as without the break, for 30 steps as in PyTorch with `state_dict()`."""
    for name, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        expect.close(side.uninterrupted, side.resumed, name=name)
    expect.close(
        pytorch.resumed[1], mindspore.resumed[1], name="both"
    )


def same_rates(pytorch, mindspore):
    """The rates after loading are those of PyTorch at each of 30 steps, through a restart."""
    expect.close(
        pytorch.resumed[0], mindspore.resumed[0], name="rates"
    )


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
    """Beside the rate, a scheduler of `mindspore.experimental.optim` keeps `last_epoch`; `CosineAnnealingWarmRestarts` also `T_0`, `T_i` and `T_cur`, and `ReduceLROnPlateau` also `best`, `wait` and `cooldown_counter`."""
    lr_scheduler = mindspore.optim.lr_scheduler
    for make, names in {
        lr_scheduler.StepLR: ["last_epoch"],
        lr_scheduler.CosineAnnealingWarmRestarts: [
            "T_0",
            "T_cur",
            "T_i",
            "last_epoch",
        ],
        lr_scheduler.ReduceLROnPlateau: [
            "best",
            "cooldown_counter",
            "last_epoch",
            "wait",
        ],
    }.items():
        _, optimizer = mindspore.build()
        options = (
            {"step_size": 2}
            if make is lr_scheduler.StepLR
            else {}
        )
        if make is lr_scheduler.CosineAnnealingWarmRestarts:
            options = {"T_0": 2}
        kept = mindspore.state(make(optimizer, **options), "kept")
        names = ["rate.0", *(f"kept.{name}" for name in names)]
        expect.equal(
            sorted(names), sorted(kept), name=make.__name__
        )


def every_scheduler_resumes(pytorch, mindspore):
    """Taken after 12 steps, the same Parameters make a fresh `LambdaLR`, `MultiplicativeLR`, `StepLR`, `MultiStepLR`, `ConstantLR`, `LinearLR`, `ExponentialLR`, `PolynomialLR`, `CosineAnnealingLR`, `CyclicLR` or `ReduceLROnPlateau` go on as without the break, over 20 steps."""
    lr = mindspore.optim.lr_scheduler
    for name, make in {
        "LambdaLR": lambda o: lr.LambdaLR(
            o, lambda epoch: 0.9**epoch
        ),
        "MultiplicativeLR": lambda o: lr.MultiplicativeLR(
            o, lambda epoch: 0.9
        ),
        "StepLR": lambda o: lr.StepLR(o, 5, 0.5),
        "MultiStepLR": lambda o: lr.MultiStepLR(o, [10, 15]),
        "ConstantLR": lambda o: lr.ConstantLR(o, 0.5, 15),
        "LinearLR": lambda o: lr.LinearLR(o, 0.1, total_iters=20),
        "ExponentialLR": lambda o: lr.ExponentialLR(o, 0.9),
        "PolynomialLR": lambda o: lr.PolynomialLR(o, 30, 2.0),
        "CosineAnnealingLR": lambda o: lr.CosineAnnealingLR(
            o, 15
        ),
        "CyclicLR": lambda o: lr.CyclicLR(o, 0.01, 0.1, 5),
        "ReduceLROnPlateau": lambda o: lr.ReduceLROnPlateau(
            o, "min", 0.5, 4
        ),
    }.items():
        whole, resumed = _resumed(mindspore, make)
        expect.apart(
            whole[:1],
            whole[-1:],
            at_least=0.01,
            name=f"{name}_moves",
        )
        expect.close(whole, resumed, name=name)


def _resumed(side, make):
    first = make(side.build()[1])
    _run(first, 12)
    kept = {
        name: value.asnumpy().copy()
        for name, value in side.state(first).items()
    }
    second = make(side.build()[1])
    for name, value in side.state(second).items():
        ms.ops.assign(value, ms.Tensor(kept[name], value.dtype))
    return _run(first, 20), _run(second, 20)


def _run(scheduler, steps):
    plateau = type(scheduler).__name__ == "ReduceLROnPlateau"
    rates = []
    for _ in range(steps):
        scheduler.step(1.0) if plateau else scheduler.step()
        rates.append(float(scheduler.get_last_lr()[0]))
    return rates
