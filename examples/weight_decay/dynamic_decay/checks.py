import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from mindspore import nn

_TAKEN = {
    "ASGD",
    "AdaMax",
    "Adadelta",
    "Adagrad",
    "Adam",
    "AdamOffload",
    "AdamWeightDecay",
    "FTRL",
    "Lamb",
    "Momentum",
    "ProximalAdagrad",
    "RMSProp",
    "Rprop",
}


def same_decay(pytorch, mindspore):
    """Multiplying `weight_decay` in `optimizer.param_groups` of
    `torch.optim.SGD` by 0.5 after each step, and passing
    `mindspore.nn.Momentum` a `Cell` that returns `0.2 * 0.5 **
    global_step`, give the same decay at every step.
    """
    law = [0.2 * 0.5**step for step in range(4)]
    expect.close(law, pytorch.decays, name="pytorch")
    expect.close(law, mindspore.decays, name="mindspore")


def same_weights(pytorch, mindspore):
    """After each of the four steps, the weights trained with
    `torch.optim.SGD` and with `mindspore.nn.Momentum` are the same.
    """
    expect.equal(4, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def decay_joins_the_gradient(pytorch, mindspore):
    """The decay times the weight is added to the gradient before the
    momentum, in `torch.optim.SGD` and in `mindspore.nn.Momentum`, and the
    first step uses the undivided decay of 0.2.
    """
    law = _trained(pytorch)
    expect.close(law, pytorch.weights, name="pytorch")
    expect.close(law, mindspore.weights, name="mindspore")


def first_step_is_zero(pytorch, mindspore):
    """A weight decay `Cell` sees `global_step` 0 at the first update: with a
    zero gradient, a rate of 1 and a decay of `0.2 * 0.5 ** global_step`,
    `mindspore.nn.Momentum` takes a weight of 1 to 0.8, then to 0.72, then
    to 0.684.
    """
    weight = ms.Parameter(
        ms.Tensor([1.0], ms.float32), name="weight"
    )
    decay = mindspore.PowerDecay(0.2, 0.5)
    optimizer = nn.Momentum(
        [weight], 1.0, 0.0, weight_decay=decay
    )
    seen = []
    for _ in range(3):
        optimizer((ms.Tensor([0.0], ms.float32),))
        seen.append(weight.asnumpy()[0])
    expect.close([0.8, 0.72, 0.684], seen, name="weights")


def step_is_an_int_of_shape_one(pytorch, mindspore):
    """The `global_step` that a weight decay `Cell` receives is an int32
    Tensor of shape (1,), and it counts the updates done: 4 after four
    steps.
    """
    step = mindspore.optimizer.global_step
    expect.equal("Int32", str(step.dtype), name="dtype")
    expect.equal((1,), step.shape, name="shape")
    expect.equal(
        4, int(step.asnumpy()[0]), name="after_four_steps"
    )


def reads_the_next_decay(pytorch, mindspore):
    """After four steps, `optimizer.get_weight_decay()` of `mindspore.nn`
    returns the decay that the fifth step will use, as
    `param_groups[0]["weight_decay"]` does in PyTorch.
    """
    now = mindspore.optimizer.get_weight_decay().asnumpy()[0]
    expect.close(
        0.2 * 0.5**4,
        pytorch.group["weight_decay"],
        name="pytorch",
    )
    expect.close(0.2 * 0.5**4, now, name="mindspore")


def refused_by_three(pytorch, mindspore):
    """Of the optimizers in `mindspore.nn`, `SGD`, `LazyAdam` and
    `AdaFactor` refuse a `Cell` as weight decay with a TypeError; `ASGD`,
    `AdaMax`, `Adadelta`, `Adagrad`, `Adam`, `AdamOffload`,
    `AdamWeightDecay`, `FTRL`, `Lamb`, `Momentum`, `ProximalAdagrad`,
    `RMSProp` and `Rprop` take it.
    """
    decay = mindspore.PowerDecay(0.2, 0.5)
    refused, taken = set(), set()
    for name in _names():
        takes = _takes(getattr(nn, name), decay)
        (taken if takes else refused).add(name)
    expect.equal(
        {"SGD", "LazyAdam", "AdaFactor"}, refused, name="refused"
    )
    expect.equal(_TAKEN, taken, name="taken")


def reaches_other_optimizers(pytorch, mindspore):
    """In `mindspore.nn.Adam`, `AdamWeightDecay` and `RMSProp`, a `Cell`
    that always returns 0.2 gives the same weights after two steps as the
    number 0.2, and other weights than no decay.
    """
    for name in ("Adam", "AdamWeightDecay", "RMSProp"):
        number = _two_steps(getattr(nn, name), 0.2)
        same = mindspore.PowerDecay(0.2, 1.0)
        cell = _two_steps(getattr(nn, name), same)
        none = _two_steps(getattr(nn, name), 0.0)
        expect.close(number, cell, name=name)
        expect.apart(
            none, cell, at_least=1e-3, name=f"{name}_no_decay"
        )


def list_is_refused(pytorch, mindspore):
    """`mindspore.nn.Momentum` refuses a list, a Tensor or a NumPy number
    as weight decay: a list of decays per step, which works for the
    learning rate, is a TypeError here.
    """
    weight = ms.Parameter(
        ms.Tensor([1.0], ms.float32), name="weight"
    )
    for name, decay in (
        ("list", [0.2, 0.1]),
        ("tensor", ms.Tensor(0.2, ms.float32)),
        ("numpy", np.float32(0.2)),
    ):
        expect.raises(
            TypeError,
            lambda decay=decay: nn.Momentum(
                [weight], 0.1, 0.9, weight_decay=decay
            ),
            match="must be int, float or Cell",
            name=name,
        )


def older_laws_differ(pytorch, mindspore):
    """A loop that starts at 0.1 and multiplies the decay by 0.1 after each
    step, and a `Cell` that returns `0.1 * 0.1 ** (global_step / 10000)`,
    are two laws: at the eleventh step the first gives 1e-11, the second
    0.09977.
    """
    loop = 0.1
    for _ in range(10):
        loop *= 0.1
    decay = mindspore.PowerDecay(0.1, 0.1 ** (1 / 10000))
    cell = decay(ms.Tensor(10, ms.int32)).item()
    expect.close(1e-11, loop, name="loop")
    expect.close(0.09977, cell, tolerance=1e-5, name="cell")
    expect.apart(loop, cell, at_least=1e9, name="apart")


def older_import_fails(pytorch, mindspore):
    """PyTorch has no `torch.nn.optim`: the optimizers are in
    `torch.optim`.
    """
    expect.equal(
        False, hasattr(torch.nn, "optim"), name="torch_nn_optim"
    )
    expect.equal(
        True, hasattr(torch.optim, "SGD"), name="torch_optim_SGD"
    )


def _trained(side):
    weight, moment, weights = side.start, 0.0, []
    for step, gradient in enumerate(side.gradients):
        moment = (
            0.9 * moment + gradient + 0.2 * 0.5**step * weight
        )
        weight = weight - 0.1 * moment
        weights.append(weight)
    return weights


def _names():
    wrappers = {"Optimizer", "LARS", "OptTFTWrapper"}
    return [
        name
        for name, value in vars(nn).items()
        if isinstance(value, type)
        and issubclass(value, nn.Optimizer)
        and name not in wrappers
    ]


def _build(kind, decay):
    weight = ms.Parameter(
        ms.Tensor([1.0, -2.0], ms.float32), name="weight"
    )
    options = {"weight_decay": decay}
    if kind is not nn.AdaFactor:
        options["learning_rate"] = 0.1
    if kind is nn.Momentum:
        options["momentum"] = 0.9
    return weight, kind([weight], **options)


def _takes(kind, decay):
    _build(kind, 0.2)
    try:
        _build(kind, decay)
    except TypeError:
        return False
    return True


def _two_steps(kind, decay):
    weight, optimizer = _build(kind, decay)
    for value in (0.5, -0.25):
        optimizer((ms.Tensor([value, value], ms.float32),))
    return weight.asnumpy()
