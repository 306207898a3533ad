import mindspore as ms
import torch
from crosswalk import expect
from crosswalk.introspect import subclasses
from mindspore import mint, nn
from mindspore.experimental import optim

EVERY = ["weight", "bias", "norm.gamma", "norm.beta"]
SKIPPING = [
    "ASGD",
    "AdaMax",
    "Adadelta",
    "Adagrad",
    "Adam",
    "AdamOffload",
    "AdamWeightDecay",
    "LazyAdam",
    "Momentum",
    "ProximalAdagrad",
    "RMSProp",
    "Rprop",
    "SGD",
]
DECAYING = ["AdaFactor", "FTRL"]


def pytorch_decays_all(pytorch, mindspore):
    """In `torch.optim`, every optimizer that takes `weight_decay` applies it
    to every parameter that it is given and that has a gradient. `LBFGS`,
    `Rprop` and `SparseAdam` do not take `weight_decay`.
    """
    for name, which in pytorch.outcome.items():
        expect.equal(EVERY, which, name=name)
    weights = pytorch.build()
    optimizer = torch.optim.SGD(weights)
    which = pytorch.decayed(optimizer, weights)
    expect.equal([], which, name="without_decay")
    without = []
    classes = subclasses(torch.optim, torch.optim.Optimizer)
    for name, cls in classes.items():
        weights = pytorch.build()
        try:
            optimizer = cls(weights, lr=0.1, weight_decay=0.5)
        except TypeError:
            without.append(name)
            continue
        which = pytorch.decayed(optimizer, weights)
        expect.equal(EVERY, which, name=f"each_{name}")
    expected = ["LBFGS", "Rprop", "SparseAdam"]
    expect.equal(expected, without, name="without")


def these_skip(pytorch, mindspore):
    """Given a plain list, these optimizers of `mindspore.nn` apply
    `weight_decay` to `weight` and `bias`, but not to `norm.gamma` and
    `norm.beta`: `ASGD`, `AdaMax`, `Adadelta`, `Adagrad`, `Adam`,
    `AdamOffload`, `AdamWeightDecay`, `LazyAdam`, `Momentum`,
    `ProximalAdagrad`, `RMSProp`, `Rprop` and `SGD`. Of the optimizers that
    take parameters and run on CPU, only `AdaFactor` and `FTRL` are not in this
    list.
    """
    for name in SKIPPING:
        which = _decayed(mindspore, name, grouped=False)
        expect.equal(["weight", "bias"], which, name=name)
    not_run = ["LARS", "Lamb", "OptTFTWrapper"]
    known = sorted([*SKIPPING, *DECAYING, *not_run])
    found = sorted(subclasses(nn, nn.Optimizer))
    expect.equal(known, found, name="classes")


def adafactor_decays_all(pytorch, mindspore):
    """`AdaFactor` and `FTRL` of `mindspore.nn`, given a plain list, apply
    `weight_decay` to every parameter, whatever its name.
    """
    for name in DECAYING:
        which = _decayed(mindspore, name, grouped=False)
        expect.equal(EVERY, which, name=name)


def one_group_decays_all(pytorch, mindspore):
    """Given one group, `[{"params": parameters}]`, every optimizer of
    `mindspore.nn` that takes parameters and runs on CPU applies
    `weight_decay` to every parameter.
    """
    for name in [*SKIPPING, *DECAYING]:
        which = _decayed(mindspore, name, grouped=True)
        expect.equal(EVERY, which, name=name)


def experimental_decays_all(pytorch, mindspore):
    """Given a plain list, every optimizer of `mindspore.experimental.optim`
    that takes `weight_decay` (all but `Rprop`), and `Adam` and `SGD` of
    `mindspore.mint.optim` compiled with `@ms.jit`, apply it to every
    parameter, as PyTorch does.
    """
    classes = subclasses(optim, optim.Optimizer)
    del classes["Rprop"]
    for name, cls in classes.items():
        weights = mindspore.build()
        optimizer = cls(weights, lr=0.1, weight_decay=0.5)
        which = mindspore.decayed(optimizer, weights)
        expect.equal(EVERY, which, name=name)
    for cls in (mint.optim.Adam, mint.optim.SGD):
        weights = mindspore.build()
        optimizer = cls(weights, lr=0.1, weight_decay=0.5)
        which = mindspore.decayed(ms.jit(optimizer), weights)
        expect.equal(EVERY, which, name=f"mint_{cls.__name__}")


def _decayed(side, name, *, grouped):
    """Return which parameters a decay of 0.5 changes, by name."""
    results = []
    for decay in (0.0, 0.5):
        weights = side.build()
        params = [{"params": weights}] if grouped else weights
        options = {"learning_rate": 0.1, "weight_decay": decay}
        if name == "Momentum":
            options["momentum"] = 0.9
        if name == "AdaFactor":
            options["relative_step"] = False
        optimizer = getattr(nn, name)(params, **options)
        side.decayed(optimizer, weights)
        results.append([weight.asnumpy() for weight in weights])
    pairs = zip(side.names, *results, strict=True)
    return [n for n, old, new in pairs if (old != new).all()]
