import functools

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from crosswalk.introspect import subclasses
from mindspore import nn, ops

_SLOPES = [[0.5, -0.25], [-0.3, 0.8], [0.7, 0.1]]
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
    """Multiplying `weight_decay`, at first 0.2, in `optimizer.param_groups` of
    `torch.optim.SGD` by 0.5 after each step, and passing
    `mindspore.nn.Momentum` a `Cell` that returns `0.2 * 0.5 ** global_step`,
    give the same weight decay at each of four steps.
    """
    law = [0.2 * 0.5**step for step in range(4)]
    expect.close(law, pytorch.decays, name="pytorch")
    expect.close(law, mindspore.decays, name="mindspore")


def same_weights(pytorch, mindspore):
    """In PyNative mode, after each of four steps on a dense layer,
    `mindspore.nn.Momentum` with a `Cell` that halves the weight decay, from
    0.2, a fixed learning rate and a momentum of 0.9 matches `torch.optim.SGD`,
    whose loop halves it after each step, with the same momentum.
    """
    expect.equal(4, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def decay_joins_the_gradient(pytorch, mindspore):
    """For the weight and the bias of a dense layer, `torch.optim.SGD` and
    `mindspore.nn.Momentum` with momentum 0.9 add the weight decay times the
    weight to the gradient before the momentum, and in the example, the first
    step uses the undivided weight decay of 0.2.
    """
    law = _trained(pytorch)
    expect.close(law, pytorch.weights, name="pytorch")
    expect.close(law, mindspore.weights, name="mindspore")


def first_step_is_zero(pytorch, mindspore):
    """A weight decay `Cell` of `mindspore.nn.Momentum` gets `global_step` 0 at
    the first update: with a zero gradient, a learning rate of 1, a momentum of
    0 and a weight decay of `0.2 * 0.5 ** global_step`, a weight of 1 changes
    to 0.8, then to 0.72, then to 0.684.
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
    """The `global_step` that a weight decay `Cell` of `mindspore.nn.Momentum`
    receives is an int32 Tensor of shape (1,), and it counts the updates done:
    0 at the first step and 3 at the fourth. After four steps, `global_step` of
    the optimizer is 4.
    """
    weight = ms.Parameter(ms.Tensor([1.0]), name="weight")
    decay = _Recording()
    optimizer = nn.Momentum(
        [weight], 0.1, 0.9, weight_decay=decay
    )
    received = []
    for _ in range(4):
        optimizer((ms.Tensor([0.5]),))
        received.append(decay.received.asnumpy().tolist())
    expect.equal([[0], [1], [2], [3]], received, name="received")
    step = mindspore.optimizer.global_step
    expect.equal("Int32", str(step.dtype), name="dtype")
    expect.equal((1,), step.shape, name="shape")
    expect.equal(
        4, int(step.asnumpy()[0]), name="after_four_steps"
    )


def reads_the_next_decay(pytorch, mindspore):
    """After four steps, `optimizer.get_weight_decay()` of
    `mindspore.nn.Momentum` returns the weight decay that the fifth step will
    use, as `param_groups[0]["weight_decay"]` of `torch.optim.SGD` does in a
    loop that changes it after each step.
    """
    now = mindspore.optimizer.get_weight_decay().asnumpy()[0]
    expect.close(
        0.2 * 0.5**4,
        pytorch.group["weight_decay"],
        name="pytorch",
    )
    expect.close(0.2 * 0.5**4, now, name="mindspore")


def refused_by_three(pytorch, mindspore):
    """Of the optimizers in `mindspore.nn`, `SGD`, `LazyAdam` and `AdaFactor`
    raise `TypeError` for a `Cell` as the argument `weight_decay`; `ASGD`,
    `AdaMax`, `Adadelta`, `Adagrad`, `Adam`, `AdamOffload`, `AdamWeightDecay`,
    `FTRL`, `Lamb`, `Momentum`, `ProximalAdagrad`, `RMSProp` and `Rprop` accept
    it. In a group, only `SGD` raises the error.
    """
    decay = mindspore.PowerDecay(0.2, 0.5)
    refused = {"argument": set(), "group": set()}
    for name in _names():
        for place, names in refused.items():
            if not _takes(getattr(nn, name), decay, place):
                names.add(name)
    three = {"SGD", "LazyAdam", "AdaFactor"}
    expect.equal(three, refused["argument"], name="refused")
    expect.equal(
        {"SGD"}, refused["group"], name="refused_in_group"
    )
    taken = set(_names()) - three
    expect.equal(_TAKEN, taken, name="taken")


def reaches_other_optimizers(pytorch, mindspore):
    """In every optimizer of `mindspore.nn` that takes a `Cell` as the argument
    `weight_decay` and runs on CPU, and in a group of `LazyAdam`, a `Cell` that
    halves the weight decay, from 0.2, at every step matches numbers that are
    halved by hand. This was run for three steps with a learning rate of 0.1
    and the gradients of the example.
    """
    halving = mindspore.PowerDecay(0.2, 0.5)
    for name in sorted({*_TAKEN, "LazyAdam"} - {"Lamb"}):
        kind = getattr(nn, name)
        place = "group" if name == "LazyAdam" else "argument"
        by_hand = _stepwise(kind, place, [0.2, 0.1, 0.05])
        _, cell = _steps(kind, place, halving)
        _, constant = _steps(kind, place, 0.2)
        expect.close(by_hand, cell, name=name)
        expect.apart(
            constant, cell, at_least=1e-4, name=f"{name}_constant"
        )


def adafactor_ignores_its_groups(pytorch, mindspore):
    """With `relative_step=False`, `mindspore.nn.AdaFactor` accepts
    `weight_decay` in a group, as a number or a `Cell`, but ignores it: three
    steps give the same weights as with the optimizer's own `weight_decay`,
    here 0 and 0.1.
    """
    kind = nn.AdaFactor
    _, none = _steps(kind, "argument", 0.0)
    _, own = _steps(kind, "argument", 0.2)
    expect.apart(none, own, at_least=0.01, name="argument")
    halving = mindspore.PowerDecay(0.2, 0.5)
    for name, decay in (("number", 0.2), ("cell", halving)):
        _, group = _steps(kind, "group", decay)
        expect.close(none, group, tolerance=0, name=name)
        _, group = _steps(
            functools.partial(
                kind, weight_decay=0.1, relative_step=False
            ),
            "group",
            decay,
        )
        _, tenth = _steps(kind, "argument", 0.1)
        expect.close(
            tenth, group, tolerance=0, name=f"{name}_own"
        )


def list_is_refused(pytorch, mindspore):
    """`mindspore.nn.Momentum` raises `TypeError` for a list, a Tensor or
    `np.float32(0.2)` as the argument `weight_decay`: a list of values per step
    works for the learning rate but not here. It accepts `np.float64(0.2)`,
    which is a Python float.
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
    optimizer = nn.Momentum(
        [weight], 0.1, 0.9, weight_decay=np.float64(0.2)
    )
    expect.close(0.2, optimizer.weight_decay, name="float64")


def older_laws_differ(pytorch, mindspore):
    """A loop that starts at 0.1 and multiplies the weight decay by 0.1 after
    each step, and a `Cell` that returns `0.1 * 0.1 ** (global_step / 10000)`,
    follow different formulas: at the eleventh step, the first gives 1e-11 and
    the second 0.09977, to within a relative error of 1e-5.
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
    """PyTorch has no `torch.nn.optim`: `SGD` is in `torch.optim`."""
    expect.equal(
        False, hasattr(torch.nn, "optim"), name="torch_nn_optim"
    )
    expect.equal(
        True, hasattr(torch.optim, "SGD"), name="torch_optim_SGD"
    )


class _Recording(nn.Cell):
    def __init__(self):
        super().__init__()
        start = ms.Tensor([-1], ms.int32)
        self.received = ms.Parameter(start, name="received")

    def construct(self, global_step):
        if global_step.dtype == ms.int32:
            self.received.copy_(global_step)
        return 0.2 * ops.pow(0.5, global_step)


def _trained(side):
    values, moments, weights = list(side.start), [0.0, 0.0], []
    for step, gradients in enumerate(side.gradients):
        for i, gradient in enumerate(gradients):
            decay = 0.2 * 0.5**step * values[i]
            moments[i] = 0.9 * moments[i] + gradient + decay
            values[i] = values[i] - 0.1 * moments[i]
        weights.append(list(values))
    return weights


def _names():
    classes = set(subclasses(nn, nn.Optimizer))
    return sorted(classes - {"LARS", "OptTFTWrapper"})


def _build(kind, place, decay):
    params = [
        ms.Parameter(ms.Tensor([1.0, -2.0]), name="weight"),
        ms.Parameter(ms.Tensor([0.5]), name="bias"),
    ]
    options = {"learning_rate": 0.1}
    if kind is nn.AdaFactor:
        options["relative_step"] = False
    if kind is nn.Momentum:
        options["momentum"] = 0.9
    if place == "group":
        groups = [{"params": params, "weight_decay": decay}]
        return kind(groups, **options)
    return kind(params, weight_decay=decay, **options)


def _takes(kind, decay, place):
    _build(kind, place, 0.2)
    try:
        _build(kind, place, decay)
    except TypeError:
        return False
    return True


def _steps(kind, place, decay, slopes=_SLOPES, state=None):
    """Train from a state, and return the next one and all weights."""
    optimizer = _build(kind, place, decay)
    for param in optimizer.get_parameters():
        if state:
            param.copy_(state[param.name])
    weights = []
    for slope in slopes:
        optimizer((ms.Tensor(slope), ms.Tensor(slope[:1])))
        weights.append(
            [p.asnumpy().copy() for p in optimizer.parameters]
        )
    return {
        p.name: p for p in optimizer.get_parameters()
    }, weights


def _stepwise(kind, place, decays):
    """Train with one optimizer for each step, each with its own decay."""
    state, history = None, []
    for decay, slope in zip(decays, _SLOPES, strict=True):
        state, weights = _steps(
            kind, place, decay, [slope], state
        )
        history += weights
    return history
