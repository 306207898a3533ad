import torch
from crosswalk import expect
from mindspore import nn
from mindspore.experimental import optim

EVERY = ["weight", "bias", "norm.gamma", "norm.beta"]
SKIPPING = [
    "SGD",
    "Momentum",
    "Adam",
    "AdamWeightDecay",
    "RMSProp",
]


def pytorch_decays_all(pytorch, mindspore):
    """`SGD`, `Adam`, `AdamW`, `RMSprop` and `Adafactor` of `torch.optim`
    apply `weight_decay` to every parameter they are given.
    """
    for name, which in pytorch.outcome.items():
        expect.equal(EVERY, which, name=name)
    weights = pytorch.build()
    optimizer = torch.optim.SGD(weights)
    which = pytorch.decayed(optimizer, weights)
    expect.equal([], which, name="without_decay")


def these_skip(pytorch, mindspore):
    """`SGD`, `Momentum`, `Adam`, `AdamWeightDecay` and `RMSProp` of
    `mindspore.nn`, given a plain list, apply `weight_decay` to `weight` and
    `bias`, and not to `norm.gamma` and `norm.beta`.
    """
    for name in SKIPPING:
        expect.equal(
            ["weight", "bias"], mindspore.outcome[name], name=name
        )


def adafactor_decays_all(pytorch, mindspore):
    """`AdaFactor` of `mindspore.nn`, given a plain list, applies
    `weight_decay` to every parameter, whatever its name, and without
    `weight_decay` a zero gradient moves none.
    """
    expect.equal(
        EVERY, mindspore.outcome["AdaFactor"], name="with_decay"
    )
    weights = mindspore.build()
    which = mindspore.decayed(nn.AdaFactor(weights), weights)
    expect.equal([], which, name="without_decay")


def one_group_decays_all(pytorch, mindspore):
    """Given one group, `[{"params": parameters}]`, `SGD`, `Momentum`,
    `Adam`, `AdamWeightDecay` and `RMSProp` of `mindspore.nn` apply
    `weight_decay` to every parameter.
    """
    for cls, options in mindspore.classes.items():
        if cls.__name__ in SKIPPING:
            weights = mindspore.build()
            optimizer = cls(
                [{"params": weights}], weight_decay=0.5, **options
            )
            which = mindspore.decayed(optimizer, weights)
            expect.equal(EVERY, which, name=cls.__name__)


def experimental_decays_all(pytorch, mindspore):
    """`SGD`, `Adam`, `AdamW` and `RMSprop` of `mindspore.experimental.optim`
    apply `weight_decay` to every parameter, as PyTorch does.
    """
    for cls in (
        optim.SGD,
        optim.Adam,
        optim.AdamW,
        optim.RMSprop,
    ):
        weights = mindspore.build()
        which = mindspore.decayed(
            cls(weights, lr=0.1, weight_decay=0.5), weights
        )
        expect.equal(EVERY, which, name=cls.__name__)
