import inspect

import mindspore as ms
import torch
from crosswalk import expect
from mindspore.nn import dynamic_lr, learning_rate_schedule


def same_rates(pytorch, mindspore):
    """With an initial learning rate of 0.1, `decay_rate=0.5` and
    `decay_epoch=1`, the list of `nn.exponential_decay_lr` matches, at each of
    twelve steps, the learning rates of PyTorch's `ExponentialLR` with
    `gamma=0.5`, stepped once per epoch.
    """
    law = [0.1 * 0.5 ** (step // 4) for step in range(12)]
    expect.close(
        law, pytorch.rates, tolerance=1e-12, name="pytorch"
    )
    expect.close(
        law, mindspore.rates, tolerance=1e-12, name="mindspore"
    )


def same_weights(pytorch, mindspore):
    """In the example, with momentum 0.9, `mindspore.nn.SGD` with the list of
    `nn.exponential_decay_lr` for `decay_rate=0.5` and `decay_epoch=1` matches
    the weights of `torch.optim.SGD` with `ExponentialLR` and `gamma=0.5`,
    stepped once per epoch, after each of twelve steps.
    """
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )
    last = mindspore.weights[-1]
    expect.apart(pytorch.start, last, at_least=0.1, name="moved")


def schedule_matters(pytorch, mindspore):
    """In the example, twelve steps of SGD with momentum 0.9 end at different
    weights with a learning rate fixed at 0.1 and with one that halves from 0.1
    after each epoch of four steps, so the compared weights depend on the
    schedule.
    """
    net = torch.nn.Linear(3, 1, bias=False)
    net.weight.data = torch.tensor(pytorch.start)
    optimizer = torch.optim.SGD(
        net.parameters(), lr=0.1, momentum=0.9
    )
    for _ in range(3):
        for x in pytorch.batches:
            optimizer.zero_grad()
            net(x).square().mean().backward()
            optimizer.step()
    expect.apart(net.weight, mindspore.weights[-1], at_least=0.1)


def one_value_per_step(pytorch, mindspore):
    """`nn.exponential_decay_lr` returns a plain Python list of floats with one
    learning rate for each of the `total_step` steps.
    """
    expect.equal(
        "list", type(mindspore.rates).__name__, name="type"
    )
    expect.equal(12, len(mindspore.rates), name="length")
    kinds = {type(rate).__name__ for rate in mindspore.rates}
    expect.equal({"float"}, kinds, name="elements")


def own_list(pytorch, mindspore):
    """The list `[0.1 * 0.5 ** (step // 4) for step in range(12)]`, computed
    without MindSpore, matches PyTorch's `ExponentialLR` with `lr=0.1` and
    `gamma=0.5`, stepped once per epoch of four steps, as does the list of
    `nn.exponential_decay_lr` of the example.
    """
    rates = [0.1 * 0.5 ** (step // 4) for step in range(12)]
    expect.close(pytorch.rates, rates, name="pytorch")
    expect.close(mindspore.rates, rates, name="mindspore")


def gamma_is_decay_rate(pytorch, mindspore):
    """PyTorch's `gamma` is called `decay_rate` in `mindspore.nn`, in the
    function `nn.exponential_decay_lr` and in the class
    `nn.ExponentialDecayLR`.
    """
    scheduler = torch.optim.lr_scheduler.ExponentialLR
    function, cell = (
        ms.nn.exponential_decay_lr,
        ms.nn.ExponentialDecayLR,
    )
    expect.equal("gamma", _argument(scheduler, 1), name="pytorch")
    expect.equal(
        "decay_rate", _argument(function, 1), name="function"
    )
    expect.equal("decay_rate", _argument(cell, 1), name="cell")


def marked_deprecated(pytorch, mindspore):
    """The docstrings of the list functions and the schedules of
    `mindspore.nn`, except `nn.CosineDecayLR`, say that they are deprecated and
    will be removed; `nn.CosineDecayLR` announces a change of its interface.
    """
    names = [*dynamic_lr.__all__, *learning_rate_schedule.__all__]
    kept = [
        name
        for name in names
        if "will be removed after"
        not in getattr(ms.nn, name).__doc__
    ]
    expect.equal(13, len(names), name="functions_and_schedules")
    expect.equal(["CosineDecayLR"], kept, name="not_deprecated")
    text = ms.nn.CosineDecayLR.__doc__
    changing = "Non-backward-compatible change" in text
    expect.equal(True, changing, name="interface_changes")


def _argument(callable_, index):
    return list(inspect.signature(callable_).parameters)[index]
