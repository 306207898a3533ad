import math
import warnings

from crosswalk import expect
from shared import compile_step, factor_of_epoch


def same_weights(pytorch, mindspore):
    """`SGD` of `mindspore.experimental.optim` under `MultiplicativeLR`, with
    the two groups of the example, the factor 0.95 for one and `epoch / (1 +
    epoch)` for the other, matches the weights of PyTorch after each of 40
    steps.
    """
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )


def same_rates(pytorch, mindspore):
    """With the two groups of the example, the factor 0.95 for one and `epoch /
    (1 + epoch)` for the other, `MultiplicativeLR` of
    `mindspore.experimental.optim` matches the learning rates of PyTorch after
    each of 40 steps, to within 1e-6 of the largest one.
    """
    expect.close(
        pytorch.rates, mindspore.rates, name="every_step"
    )


def compiled_step(pytorch, mindspore):
    """In PyNative mode, inside a function compiled with `@ms.jit`, `step()` of
    `MultiplicativeLR` of `mindspore.experimental.optim` matches the learning
    rates of PyTorch over 10 steps from a base of 0.1, to within 5e-6 of the
    largest, for the function `0.5 if epoch == 2 or epoch > 5 else 0.9`,
    written with `def`.
    """
    rates = []
    for side in (pytorch, mindspore):
        optimizer = side.optim.SGD([side.net.weight], lr=0.1)
        scheduler = side.optim.lr_scheduler.MultiplicativeLR(
            optimizer, _decay
        )
        step = scheduler.step
        if side is mindspore:
            step = compile_step(mindspore, scheduler)
        rates.append([])
        for _ in range(10):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                step()
            rates[-1].append(
                float(optimizer.param_groups[0]["lr"])
            )
    expect.apart([0.1] * 10, rates[0], at_least=0.1, name="moves")
    expect.close(rates[0], rates[1], tolerance=5e-6, name="rates")


def _decay(epoch):
    return 0.5 if epoch == 2 or epoch > 5 else 0.9


def last_epoch_steps_again(pytorch, mindspore):
    """Resumed with `last_epoch=11` and the factor `0.5 if epoch == 3 else 1 -
    1 / (epoch + 5)` on a group that holds the current learning rate and its
    `initial_lr` of 0.1, PyTorch's `MultiplicativeLR` continues from that
    learning rate. In `mindspore.experimental.optim`, `MultiplicativeLR` takes
    one extra step at construction and matches PyTorch over 15 steps if the
    group holds the learning rate of one step earlier.
    """
    whole = _resumed(pytorch, None, 28)
    theirs = _resumed(pytorch, whole[12], 15)
    expect.close(whole[12:27], theirs, name="pytorch")
    ours = _resumed(mindspore, whole[12], 15)
    expect.apart(whole[12], ours[0], at_least=0.02, name="apart")
    factor = (whole[12] - 0.0) / (whole[11] - 0.0)
    law = 0.0 + (whole[12] - 0.0) * factor
    expect.close(law, ours[0], name="one_more_step")
    ours = _resumed(mindspore, whole[11], 15)
    expect.close(whole[12:27], ours, name="rate_before")


def _resumed(side, rate, steps):
    group = {"params": [side.net.weight], "lr": 0.1}
    if rate is not None:
        group |= {"lr": rate, "initial_lr": 0.1}
    last_epoch = -1 if rate is None else 11
    optimizer = side.optim.SGD([group], lr=0.1)
    scheduler = side.optim.lr_scheduler.MultiplicativeLR(
        optimizer, factor_of_epoch, last_epoch=last_epoch
    )
    rates = []
    for _ in range(steps):
        rates.append(float(scheduler.get_last_lr()[0]))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scheduler.step()
    return rates


def restart_keeps_the_rate(pytorch, mindspore):
    """As the second scheduler of a `SequentialLR`, after `ExponentialLR` and
    the milestone 2, PyTorch's `MultiplicativeLR` multiplies by the factor of
    step 0 at the milestone, whereas `MultiplicativeLR` of
    `mindspore.experimental.optim` leaves this factor out. With the factor `0.5
    if epoch == 3 else 1 - 1 / (epoch + 5)`, the learning rates of the 18 steps
    from there are PyTorch's divided by the factor of step 0. With `epoch / (1
    + epoch)`, PyTorch's learning rate stays 0, but MindSpore's does not.
    """
    theirs = _in_sequence(pytorch)
    before, after = theirs[:2], theirs[2:]
    expect.close([0.1, 0.09], before, name="before")
    ours = _in_sequence(mindspore)
    without = [rate / factor_of_epoch(0) for rate in after]
    expect.close([*before, *without], ours, name="mindspore")
    expect.apart(theirs, ours, at_least=0.1, name="apart")
    theirs = _in_sequence(pytorch, _from_zero)
    expect.close([0.0] * 18, theirs[2:], name="pytorch_zero")
    ours = _in_sequence(mindspore, _from_zero)
    law = [0.09 / i for i in range(1, 19)]
    expect.close(law, ours[2:], name="mindspore_above_zero")


def _from_zero(epoch):
    return epoch / (1 + epoch)


def lambda_stands_in(pytorch, mindspore):
    """If `step()` is not compiled, one `LambdaLR` of
    `mindspore.experimental.optim` whose function multiplies the factors of all
    steps so far matches the learning rates of PyTorch's `SequentialLR` of
    `ExponentialLR` and `MultiplicativeLR` with `0.5 if epoch == 3 else 1 - 1 /
    (epoch + 5)` over 20 steps with the milestone 2.
    """

    def product(epoch):
        first = 0.9 ** min(int(epoch), 1)
        second = range(int(epoch) - 1)
        return first * math.prod(
            factor_of_epoch(i) for i in second
        )

    optimizer = mindspore.optim.SGD(
        [mindspore.net.weight], lr=0.1
    )
    scheduler = mindspore.optim.lr_scheduler.LambdaLR(
        optimizer, product
    )
    rates = []
    for _ in range(20):
        rates.append(float(scheduler.get_last_lr()[0]))
        scheduler.step()
    expect.close(_in_sequence(pytorch), rates, name="rates")


def _in_sequence(side, factor=factor_of_epoch):
    lr_scheduler = side.optim.lr_scheduler
    optimizer = side.optim.SGD([side.net.weight], lr=0.1)
    parts = [
        lr_scheduler.ExponentialLR(optimizer, 0.9),
        lr_scheduler.MultiplicativeLR(optimizer, factor),
    ]
    scheduler = lr_scheduler.SequentialLR(optimizer, parts, [2])
    rates = []
    for _ in range(20):
        rates.append(float(scheduler.get_last_lr()[0]))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scheduler.step()
    return rates


def step_to_zero_keeps_the_rate(pytorch, mindspore):
    """In PyTorch, `step(0)` of a new `MultiplicativeLR` with `0.5 if epoch ==
    3 else 1 - 1 / (epoch + 5)` multiplies the learning rate by the factor of
    step 0. In `mindspore.experimental.optim`, if it is not compiled, it does
    not change the learning rate. `step(3)` multiplies by the factor of step 3
    in both.
    """
    for epoch, expected in ((0, 0.1), (3, 0.05)):
        rates = []
        for side in (pytorch, mindspore):
            optimizer = side.optim.SGD([side.net.weight], lr=0.1)
            scheduler = side.optim.lr_scheduler.MultiplicativeLR(
                optimizer, factor_of_epoch
            )
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                scheduler.step(epoch)
            rates.append(float(scheduler.get_last_lr()[0]))
        law = 0.1 * factor_of_epoch(epoch)
        expect.close(law, rates[0], name=f"pytorch_{epoch}")
        expect.close(
            expected, rates[1], name=f"mindspore_{epoch}"
        )
