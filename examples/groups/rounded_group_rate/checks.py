import mindspore as ms
import numpy as np
from crosswalk import expect
from shared import build_optimizer, nn_optimizers


def rounded_beside_a_schedule(pytorch, mindspore):
    """If one group of `mindspore.nn.SGD` has a schedule, the fixed learning
    rate of another group, here the powers of ten from 1e-2 to 1e-8, is used as
    `rate + 1 - 1` in float32, which rounds it to a multiple of 2 ** -23, about
    1.2e-7. `torch.optim.SGD` does not round it.
    """
    one = np.float32(1)
    expect.equal(1.0, pytorch.first, name="pytorch_first")
    expect.equal(1.0, mindspore.first, name="mindspore_first")
    steps = [ms.Tensor(step, ms.int32) for step in (0, 1)]
    rates = [mindspore.schedule(step) for step in steps]
    expect.close([1.0, 0.5], rates, name="mindspore_schedule")
    expect.equal(
        [0.5, *pytorch.rates],
        pytorch.scheduler.get_last_lr(),
        name="pytorch_second_step",
    )
    for rate, theirs, ours in zip(
        mindspore.rates,
        pytorch.moved,
        mindspore.moved,
        strict=True,
    ):
        name = f"{rate:.0e}".replace("-0", "-")
        rounded = np.float32(rate) + one - one
        expect.close(rate, theirs, name=f"pytorch_{name}")
        expect.close(
            rounded, ours, tolerance=0, name=f"mindspore_{name}"
        )


def in_every_class(pytorch, mindspore):
    """If one group has a list or a schedule, every optimizer of `mindspore.nn`
    that takes learning rates in its groups (`AdaFactor` and `FTRL` do not)
    rounds the fixed learning rates of 1e-6 and 1e-8 of other groups to a
    multiple of 2 ** -23: `get_lr()` returns the rounded value, which is 0 for
    1e-8. `mindspore.nn.SGD` compiled with `@ms.jit` also uses the rounded
    learning rate.
    """
    del pytorch
    one = np.float32(1)
    rounded = [np.float32(r) + one - one for r in (1e-6, 1e-8)]
    expect.equal(0.0, float(rounded[1]), name="zero")
    params = [
        ms.Parameter(ms.ops.zeros(1), name=name) for name in "abc"
    ]
    for name, cls in nn_optimizers().items():
        if name in ("AdaFactor", "FTRL"):
            continue
        for kind, first in (
            ("list", [1.0]),
            ("schedule", mindspore.schedule),
        ):
            groups = [
                {"params": params[:1], "lr": first},
                {"params": params[1:2], "lr": 1e-6},
                {"params": params[2:], "lr": 1e-8},
            ]
            rates = build_optimizer(cls, groups).get_lr()[1:]
            used = [rate.asnumpy().item() for rate in rates]
            record = f"{name}_{kind}"
            expect.close(rounded, used, tolerance=0, name=record)
    ms.jit(mindspore.nn.SGD(groups))((ms.ops.ones(1),) * 3)
    moved = [-param.item() for param in params[1:]]
    expect.close(rounded, moved, tolerance=0, name="jit")


def error_grows(pytorch, mindspore):
    """If another group has a schedule, a fixed learning rate of a group in
    `mindspore.nn.SGD` has a relative error of about 0.14 % for 1e-5, 5 % for
    1e-6 and 19 % for 1e-7.
    """
    errors = (
        ("1e-5", 3, 0.00136),
        ("1e-6", 4, 0.0463),
        ("1e-7", 5, 0.192),
    )
    for name, index, error in errors:
        theirs, ours = (
            pytorch.moved[index],
            mindspore.moved[index],
        )
        expect.apart(
            theirs, ours, at_least=0.9 * error, name=name
        )
        figure = abs(ours / theirs - 1)
        expect.close(
            error, figure, tolerance=0.01, name=f"error_{name}"
        )


def tiny_rates_become_zero(pytorch, mindspore):
    """If another group has a schedule, a fixed learning rate of 1e-8 in a
    group becomes 0 in `mindspore.nn.SGD`, so the group is not trained.
    """
    expect.equal(0.0, abs(mindspore.moved[-1]), name="mindspore")
    expect.close(1e-8, pytorch.moved[-1], name="pytorch")


def constant_lists_are_exact(pytorch, mindspore):
    """If a list repeats the fixed learning rate of a group, with an entry for
    each step, `mindspore.nn.SGD` uses the learning rates of the example
    without this rounding, whether another group has a list or a schedule.
    """
    expect.equal(1.0, mindspore.first_by_list, name="first_group")
    first, *moved = mindspore.one_step(
        mindspore.schedule, mindspore.constant
    )
    expect.equal(1.0, first, name="first_group_by_schedule")
    expect.close(
        pytorch.moved, moved, tolerance=1e-7, name="schedule"
    )
    for rate, theirs, ours in zip(
        mindspore.rates,
        pytorch.moved,
        mindspore.moved_by_lists,
        strict=True,
    ):
        name = f"{rate:.0e}".replace("-0", "-")
        expect.close(theirs, ours, name=name)


def exact_without_a_schedule(pytorch, mindspore):
    """If the optimizer and all groups have fixed learning rates,
    `mindspore.nn.SGD` uses the groups' learning rates of the example without
    this rounding.
    """
    _, *moved = mindspore.one_step(1.0, mindspore.rates)
    for rate, theirs, ours in zip(
        mindspore.rates, pytorch.moved, moved, strict=True
    ):
        name = f"{rate:.0e}".replace("-0", "-")
        expect.close(theirs, ours, name=name)


def optimizer_rate_too(pytorch, mindspore):
    """If one group of `mindspore.nn.SGD` has a list of learning rates or a
    schedule, the optimizer's own fixed learning rate, here 1e-6, is rounded to
    a multiple of 2 ** -23 for a group without `lr`. A list as the optimizer's
    own learning rate is not rounded.
    """
    del pytorch
    rounded = np.float32(1e-6) + np.float32(1) - np.float32(1)
    for kind, rate in (
        ("list", [1.0, 0.5]),
        ("schedule", mindspore.schedule),
    ):
        moved = _moved_by_own(rate, 1e-6)
        expect.close(rounded, moved, tolerance=0, name=kind)
        expect.apart(
            1e-6, moved, at_least=0.04, name=f"{kind}_error"
        )
        moved = _moved_by_own(rate, [1e-6, 1e-6])
        expect.close(
            np.float32(1e-6),
            moved,
            tolerance=0,
            name=f"{kind}_own_list",
        )


def _moved_by_own(group_rate, own_rate):
    """Train two groups, the second without a rate; return its step."""
    params = [ms.Parameter(ms.ops.zeros(1), name=n) for n in "ab"]
    groups = [
        {"params": params[:1], "lr": group_rate},
        {"params": params[1:]},
    ]
    optimizer = ms.nn.SGD(groups, learning_rate=own_rate)
    optimizer((ms.ops.ones(1), ms.ops.ones(1)))
    return -params[1].item()
