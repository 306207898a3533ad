import warnings

from crosswalk import expect
from shared import compile_step


def same_weights(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, `SGD` of
    `mindspore.experimental.optim` under `CyclicLR`, with two groups, the
    arguments of the example and the momentum set from the learning rate,
    matches the weights of PyTorch after each of 40 steps.
    """
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )


def same_rates(pytorch, mindspore):
    """`CyclicLR` of `mindspore.experimental.optim`, with two groups and the
    arguments of the example, matches the learning rates of PyTorch after each
    of 40 steps, to within 1e-6 of the largest one.
    """
    expect.close(
        pytorch.rates, mindspore.rates, name="every_step"
    )


def compiled_step(pytorch, mindspore):
    """In PyNative mode, inside a function compiled with `@ms.jit`, `step()` of
    `CyclicLR` of `mindspore.experimental.optim` matches the learning rates of
    PyTorch over 20 steps, to within 5e-6 of the largest, with `step_size_up=3`
    and `step_size_down=4`, in the modes `triangular`, `triangular2` and, with
    `gamma=0.95`, `exp_range`, and with a `scale_fn`, written with `def`, that
    is `0.5**x`.
    """
    for name, options in _MODES.items():
        rates = []
        for side in (pytorch, mindspore):
            optimizer = side.optim.SGD(
                [side.net.weight], lr=0.1, momentum=0.9
            )
            scheduler = side.optim.lr_scheduler.CyclicLR(
                optimizer, 0.01, 0.1, 3, 4, **options
            )
            step = scheduler.step
            if side is mindspore:
                step = compile_step(mindspore, scheduler)
            rates.append([])
            for _ in range(20):
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    step()
                rates[-1].append(
                    float(optimizer.param_groups[0]["lr"])
                )
        level = [0.01] * 20
        expect.apart(
            level, rates[0], at_least=0.5, name=f"{name}_moves"
        )
        expect.close(*rates, tolerance=5e-6, name=name)


def _halved(cycle):
    return 0.5**cycle


_MODES = {
    "triangular": {},
    "triangular2": {"mode": "triangular2"},
    "exp_range": {"mode": "exp_range", "gamma": 0.95},
    "scale_fn": {"scale_fn": _halved},
    "iterations": {
        "scale_fn": _halved,
        "scale_mode": "iterations",
    },
}


def same_momentum(pytorch, mindspore):
    """In the example, in PyNative mode without `@ms.jit`, the momentum
    computed from the learning rate of `CyclicLR` of
    `mindspore.experimental.optim` and set by hand after each of 40 steps
    matches the momentum that PyTorch's `CyclicLR` sets.
    """
    expect.close(
        pytorch.momenta, mindspore.momenta, name="every_step"
    )


def momentum_is_not_cycled(pytorch, mindspore):
    """PyTorch's `CyclicLR` cycles the momentum by default, from 0.9 down to
    0.8. In `mindspore.experimental.optim`, `CyclicLR` has no `cycle_momentum`,
    so the optimizer keeps its momentum of 0.9, over 10 steps.
    """
    options = {"base_lr": 0.01, "max_lr": 0.1, "step_size_up": 5}
    theirs, ours = (
        _momenta(side, **options) for side in (pytorch, mindspore)
    )
    expect.close(0.9, theirs[0], name="pytorch_first")
    expect.close(0.8, min(theirs), name="pytorch_lowest")
    expect.close([0.9] * 11, ours, name="mindspore")
    expect.raises(
        TypeError,
        lambda: _momenta(
            mindspore, cycle_momentum=False, **options
        ),
        match="cycle_momentum",
        name="argument",
    )


def every_mode(pytorch, mindspore):
    """With the uncompiled `step()`, `step_size_up=5` and `step_size_down=7`,
    in the modes `triangular`, `triangular2` and, with `gamma=0.95`,
    `exp_range`, and with a `scale_fn` that is `0.5**x`, in both scale modes,
    the 40 learning rates of `CyclicLR` of `mindspore.experimental.optim` match
    PyTorch, to within 1e-6 of the largest one.
    """
    for name, options in _MODES.items():
        theirs, ours = (
            _rates(side, options, 40)
            for side in (pytorch, mindspore)
        )
        expect.apart(
            [0.01] * 40,
            theirs,
            at_least=0.5,
            name=f"{name}_moves",
        )
        expect.close(theirs, ours, name=name)


def _momenta(side, **options):
    optimizer = side.optim.SGD(
        [side.net.weight], lr=0.1, momentum=0.9
    )
    scheduler = side.optim.lr_scheduler.CyclicLR(
        optimizer, **options
    )
    momenta = [optimizer.param_groups[0]["momentum"]]
    for _ in range(10):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scheduler.step()
        momenta.append(optimizer.param_groups[0]["momentum"])
    return momenta


def _rates(side, options, steps):
    optimizer = side.optim.SGD(
        [side.net.weight], lr=0.1, momentum=0.9
    )
    scheduler = side.optim.lr_scheduler.CyclicLR(
        optimizer, 0.01, 0.1, 5, 7, **options
    )
    rates = []
    for _ in range(steps):
        rates.append(float(scheduler.get_last_lr()[0]))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scheduler.step()
    return rates
