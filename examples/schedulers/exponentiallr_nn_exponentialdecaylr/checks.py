import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from shared import in_graph_mode, rates_of_schedule, used_rates


def same_weights(pytorch, mindspore):
    """With `gamma=0.9`, after each of 40 steps, `nn.SGD` with momentum 0.9,
    without parameter groups and with `nn.ExponentialDecayLR` (`decay_rate` for
    `gamma`, `decay_steps=1`) matches the weights of `torch.optim.SGD` with
    `ExponentialLR`, stepped after every batch.
    """
    expect.equal(40, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights,
        mindspore.weights,
        name="every_step",
    )
    moved = mindspore.weights[-1][0]
    expect.apart(pytorch.start, moved, at_least=0.1, name="moved")


def same_rates(pytorch, mindspore):
    """With `gamma=0.9`, at each of 40 steps, `nn.ExponentialDecayLR` with
    `decay_steps=1` and PyTorch's `ExponentialLR` give the learning rate `lr *
    gamma ** step`, to within 1e-6 of the largest one.
    """
    law = [0.1 * 0.9**i for i in range(40)]
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def stepped_per_epoch(pytorch, mindspore):
    """With `decay_rate` equal to `gamma`, here 0.9, `decay_steps=4` and
    `is_stair=True`, `nn.ExponentialDecayLR` matches an `ExponentialLR` stepped
    once per epoch of 4 batches, over 40 steps; without `is_stair=True`, it
    decays within the epoch.
    """
    held = np.repeat(pytorch.rates[:10], 4)
    stairs = ms.nn.ExponentialDecayLR(0.1, 0.9, 4, is_stair=True)
    rates = np.array(rates_of_schedule(stairs, range(40)))
    expect.close(held, rates, name="is_stair")
    smooth = ms.nn.ExponentialDecayLR(0.1, 0.9, 4)
    rates = np.array(rates_of_schedule(smooth, range(40)))
    expect.apart(held, rates, at_least=0.05, name="smooth")


def rate_in_float32(pytorch, mindspore):
    """`nn.ExponentialDecayLR` rounds `decay_rate` to float32 before it raises
    it to a power. With `decay_steps=1` and `decay_rate=0.9999`, which float32
    cannot hold exactly, the learning rate of step 100000 has a relative error
    of 0.17 percent and matches the formula with the rounded `decay_rate`.
    """
    schedule = ms.nn.ExponentialDecayLR(0.1, 0.9999, 1)
    rate = rates_of_schedule(schedule, [100_000])[0]
    exact = 0.1 * 0.9999**100_000
    expect.apart(exact, rate, at_least=0.0015, name="apart")
    expect.close(
        0.0017, 1 - rate / exact, tolerance=0.03, name="error"
    )
    rounded = float(np.float32(0.9999))
    expect.close(0.1 * rounded**100_000, rate, name="law")


def group_rate_is_not_scheduled(pytorch, mindspore):
    """PyTorch's `ExponentialLR` multiplies the learning rate of every group.
    In `nn.SGD` with `nn.ExponentialDecayLR`, a group whose `lr` is the float
    0.01 keeps it (rounded to a multiple of 2 ** -23), and groups without `lr`
    follow the schedule.
    """
    theirs = _torch_groups()
    params = _params()
    optimizer = ms.nn.SGD(
        [
            {"params": params[:1]},
            {"params": params[1:], "lr": 0.01},
        ],
        learning_rate=mindspore.schedule,
    )
    ours = _group_rates(optimizer)
    expect.close(theirs[:, 0], ours[:, 0], name="without_lr")
    expect.apart(
        theirs[:, 1], ours[:, 1], at_least=0.6, name="with_lr"
    )
    fixed = np.float32(0.01) + np.float32(1) - np.float32(1)
    expect.close(np.full(10, fixed), ours[:, 1], name="fixed")


def one_schedule_per_group(pytorch, mindspore):
    """With its own `nn.ExponentialDecayLR` as `lr`, here with `decay_rate=0.9`
    and `decay_steps=1`, the second of two groups of `nn.SGD` matches, over 10
    steps, the learning rates of PyTorch's `ExponentialLR` for a group with the
    float `lr` 0.01.
    """
    params = _params()
    lower = ms.nn.ExponentialDecayLR(0.01, 0.9, 1)
    optimizer = ms.nn.SGD(
        [
            {"params": params[:1]},
            {"params": params[1:], "lr": lower},
        ],
        learning_rate=mindspore.schedule,
    )
    theirs, ours = _torch_groups(), _group_rates(optimizer)
    expect.close(theirs[:, 0], ours[:, 0], name="first_group")
    expect.close(theirs[:, 1], ours[:, 1], name="second_group")


def integers_are_refused(pytorch, mindspore):
    """`nn.ExponentialDecayLR` raises a `TypeError` if `learning_rate` or
    `decay_rate` is an integer, or if `decay_steps` is a float.
    """
    for name, arguments, match in (
        ("learning_rate", (1, 0.9, 1), "must be float"),
        ("decay_rate", (0.1, 1, 1), "must be float"),
        ("decay_steps", (0.1, 0.9, 1.0), "must be int"),
    ):
        expect.raises(
            TypeError,
            lambda arguments=arguments: ms.nn.ExponentialDecayLR(
                *arguments
            ),
            match=f"'{name}' {match}",
            name=name,
        )


def resumes_at_global_step(pytorch, mindspore):
    """After 20 steps, a new `nn.SGD` with `nn.ExponentialDecayLR`,
    `decay_rate=0.9` and `decay_steps=1` continues with the learning rates of
    PyTorch's `ExponentialLR` if `copy_` sets its `global_step` to 20 before
    its first step.
    """
    used = used_rates(mindspore.schedule, 20, first=20)
    expect.close(pytorch.rates[20:], used, name="rates")


def same_when_compiled(pytorch, mindspore):
    """Over 40 steps with the arguments of the example, `nn.SGD` without
    parameter groups and with `nn.ExponentialDecayLR` uses the same learning
    rates in PyNative mode, whether `@ms.jit` compiles the step or not, and in
    Graph mode without `@ms.jit`.
    """
    schedule, rates = mindspore.schedule, mindspore.rates
    used = used_rates(schedule, 40, compiled=True)
    expect.close(rates, used, name="jit")
    used = in_graph_mode(lambda: used_rates(schedule, 40))
    expect.close(rates, used, name="graph_mode")


def _params():
    return [
        ms.Parameter(ms.ops.zeros(1), name=name) for name in "ab"
    ]


def _group_rates(optimizer):
    rates = []
    for _ in range(10):
        rates.append([r.item() for r in optimizer.get_lr()])
        optimizer((ms.ops.ones(1), ms.ops.ones(1)))
    return np.array(rates)


def _torch_groups():
    params = [torch.nn.Parameter(torch.zeros(1)) for _ in "ab"]
    optimizer = torch.optim.SGD(
        [
            {"params": params[:1]},
            {"params": params[1:], "lr": 0.01},
        ],
        lr=0.1,
    )
    scheduler = torch.optim.lr_scheduler.ExponentialLR(
        optimizer, 0.9
    )
    rates = []
    for _ in range(10):
        rates.append(scheduler.get_last_lr())
        optimizer.step()
        scheduler.step()
    return np.array(rates)
