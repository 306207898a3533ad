from inspect import isclass, isfunction, signature

from crosswalk import expect
from mindspore import nn


def every_class(pytorch, mindspore):
    """`torch.optim` has 15 public optimizer classes: `Adadelta`, `Adafactor`,
    `Adagrad`, `Adam`, `Adamax`, `AdamW`, `ASGD`, `LBFGS`, `Muon`, `NAdam`,
    `RAdam`, `RMSprop`, `Rprop`, `SGD` and `SparseAdam`.
    """
    del mindspore
    rows = [
        "Adadelta",
        "Adafactor",
        "Adagrad",
        "Adam",
        "Adamax",
        "AdamW",
        "ASGD",
        "LBFGS",
        "Muon",
        "NAdam",
        "RAdam",
        "RMSprop",
        "Rprop",
        "SGD",
        "SparseAdam",
    ]
    expect.equal(sorted(rows), pytorch.names, name="names")


def adadelta(pytorch, mindspore):
    """`torch.optim.Adadelta` has a class of that name in `mindspore.nn` and
    `mindspore.experimental.optim`, and none in `mindspore.mint.optim`.
    """
    _row(
        "Adadelta",
        ("Adadelta", "Adadelta", "none"),
        pytorch,
        mindspore,
    )


def adafactor(pytorch, mindspore):
    """`torch.optim.Adafactor` has a class of that name in `mindspore.nn`
    (spelled `AdaFactor`), and none in `mindspore.experimental.optim` and
    `mindspore.mint.optim`.
    """
    _row(
        "Adafactor",
        ("AdaFactor", "none", "none"),
        pytorch,
        mindspore,
    )


def adagrad(pytorch, mindspore):
    """`torch.optim.Adagrad` has a class of that name in `mindspore.nn` and
    `mindspore.experimental.optim`, and none in `mindspore.mint.optim`.
    """
    _row(
        "Adagrad",
        ("Adagrad", "Adagrad", "none"),
        pytorch,
        mindspore,
    )


def adam(pytorch, mindspore):
    """`torch.optim.Adam` has a class of that name in `mindspore.nn`,
    `mindspore.experimental.optim` and `mindspore.mint.optim`.
    """
    _row("Adam", ("Adam", "Adam", "Adam"), pytorch, mindspore)


def adamax(pytorch, mindspore):
    """`torch.optim.Adamax` has a class of that name in `mindspore.nn` (spelled
    `AdaMax`) and `mindspore.experimental.optim`, and none in
    `mindspore.mint.optim`.
    """
    _row(
        "Adamax", ("AdaMax", "Adamax", "none"), pytorch, mindspore
    )


def adamw(pytorch, mindspore):
    """`torch.optim.AdamW` has a class of that name in
    `mindspore.experimental.optim` and `mindspore.mint.optim`, and none in
    `mindspore.nn`.
    """
    _row("AdamW", ("none", "AdamW", "AdamW"), pytorch, mindspore)


def asgd(pytorch, mindspore):
    """`torch.optim.ASGD` has a class of that name in `mindspore.nn` and
    `mindspore.experimental.optim`, and none in `mindspore.mint.optim`.
    """
    _row("ASGD", ("ASGD", "ASGD", "none"), pytorch, mindspore)


def lbfgs(pytorch, mindspore):
    """`torch.optim.LBFGS` has no class of that name in `mindspore.nn`,
    `mindspore.experimental.optim` and `mindspore.mint.optim`.
    """
    _row("LBFGS", ("none", "none", "none"), pytorch, mindspore)


def muon(pytorch, mindspore):
    """`torch.optim.Muon` has no class of that name in `mindspore.nn`,
    `mindspore.experimental.optim` and `mindspore.mint.optim`.
    """
    _row("Muon", ("none", "none", "none"), pytorch, mindspore)


def nadam(pytorch, mindspore):
    """`torch.optim.NAdam` has a class of that name in
    `mindspore.experimental.optim`, and none in `mindspore.nn` and
    `mindspore.mint.optim`.
    """
    _row("NAdam", ("none", "NAdam", "none"), pytorch, mindspore)


def radam(pytorch, mindspore):
    """`torch.optim.RAdam` has a class of that name in
    `mindspore.experimental.optim`, and none in `mindspore.nn` and
    `mindspore.mint.optim`.
    """
    _row("RAdam", ("none", "RAdam", "none"), pytorch, mindspore)


def rmsprop(pytorch, mindspore):
    """`torch.optim.RMSprop` has a class of that name in `mindspore.nn`
    (spelled `RMSProp`) and `mindspore.experimental.optim`, and none in
    `mindspore.mint.optim`.
    """
    _row(
        "RMSprop",
        ("RMSProp", "RMSprop", "none"),
        pytorch,
        mindspore,
    )


def rprop(pytorch, mindspore):
    """`torch.optim.Rprop` has a class of that name in `mindspore.nn` and
    `mindspore.experimental.optim`, and none in `mindspore.mint.optim`.
    """
    _row("Rprop", ("Rprop", "Rprop", "none"), pytorch, mindspore)


def sgd(pytorch, mindspore):
    """`torch.optim.SGD` has a class of that name in `mindspore.nn`,
    `mindspore.experimental.optim` and `mindspore.mint.optim`.
    """
    _row("SGD", ("SGD", "SGD", "SGD"), pytorch, mindspore)


def sparseadam(pytorch, mindspore):
    """`torch.optim.SparseAdam` has no class of that name in `mindspore.nn`,
    `mindspore.experimental.optim` and `mindspore.mint.optim`.
    """
    _row(
        "SparseAdam", ("none", "none", "none"), pytorch, mindspore
    )


def other_counterparts(pytorch, mindspore):
    """`torch.optim.AdamW` and `torch.optim.SparseAdam` have a counterpart in
    `mindspore.nn` under a name that differs by more than capitals:
    `AdamWeightDecay` and `LazyAdam`.
    """
    pairs = {"AdamW": "AdamWeightDecay", "SparseAdam": "LazyAdam"}
    for theirs, ours in pairs.items():
        expect.equal(True, theirs in pytorch.names, name=theirs)
        expect.equal(
            True, ours in mindspore.names["nn"], name=ours
        )


def only_in_nn(pytorch, mindspore):
    """`mindspore.nn` has nine optimizer classes whose names, capitals aside,
    `torch.optim` does not have: `AdamOffload`, `AdamWeightDecay`, `FTRL`, `LARS`,
    `Lamb`, `LazyAdam`, `Momentum`, `OptTFTWrapper` and `ProximalAdagrad`.
    """
    only = [
        "AdamOffload",
        "AdamWeightDecay",
        "FTRL",
        "LARS",
        "Lamb",
        "LazyAdam",
        "Momentum",
        "OptTFTWrapper",
        "ProximalAdagrad",
    ]
    expect.equal(
        only, _only("nn", pytorch, mindspore), name="classes"
    )


def not_classes(pytorch, mindspore):
    """`mindspore.nn.optim` also exports `thor`, a function that makes an
    optimizer, and two classes that wrap an optimizer but are not optimizers
    themselves: `AdaSumByDeltaWeightWrapCell` and `AdaSumByGradWrapCell`. Two
    more classes of `mindspore.nn` have the arguments `network` and
    `optimizer`: `TrainOneStepCell` and `TrainOneStepWithLossScaleCell`.
    """
    del pytorch
    known = {*mindspore.names["nn"], "Optimizer"}
    others = sorted(set(nn.optim.__all__) - known)
    cells = [
        "AdaSumByDeltaWeightWrapCell",
        "AdaSumByGradWrapCell",
    ]
    expect.equal([*cells, "thor"], others, name="others")
    expect.equal(True, isfunction(nn.thor), name="thor")
    taking = [
        name
        for name, found in sorted(vars(nn).items())
        if isclass(found)
        and issubclass(found, nn.Cell)
        and not issubclass(found, nn.Optimizer)
        and "optimizer" in signature(found.__init__).parameters
    ]
    steps = ["TrainOneStepCell", "TrainOneStepWithLossScaleCell"]
    expect.equal([*cells, *steps], taking, name="taking")
    for name in steps:
        found = getattr(nn, name)
        names = list(signature(found.__init__).parameters)
        expect.equal(
            ["network", "optimizer"], names[1:3], name=name
        )


def only_in_experimental(pytorch, mindspore):
    """Every optimizer class of `mindspore.experimental.optim` has the name of
    a class of `torch.optim`.
    """
    only = _only("experimental", pytorch, mindspore)
    expect.equal([], only, name="classes")


def only_in_mint(pytorch, mindspore):
    """One optimizer class of `mindspore.mint.optim` has a name that
    `torch.optim` does not have: `FusedAdamW`.
    """
    only = _only("mint", pytorch, mindspore)
    expect.equal(["FusedAdamW"], only, name="classes")


def _row(name, expected, pytorch, mindspore):
    expect.equal(True, name in pytorch.names, name="pytorch")
    for place, spelling in zip(
        mindspore.names, expected, strict=True
    ):
        found = _same_name(name, mindspore.names[place])
        expect.equal(spelling, found, name=place)


def _same_name(name, names):
    if name in names:
        return name
    found = [
        other for other in names if other.lower() == name.lower()
    ]
    return found[0] if found else "none"


def _only(place, pytorch, mindspore):
    ours = mindspore.names[place]
    return [
        n for n in ours if _same_name(n, pytorch.names) == "none"
    ]
