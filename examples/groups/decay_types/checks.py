from functools import partial

import mindspore as ms
import torch
from crosswalk import expect
from crosswalk.introspect import subclasses


def numbers(pytorch, mindspore):
    """A group's `weight_decay` in `mindspore.nn.SGD` can be a `float` or an
    `int`: with 0.25, 0 and 1 the weight decays as in PyTorch.
    """
    for name, value in (("0.25", 0.75), ("0", 1.0), ("1", 0.0)):
        expect.close(
            value, pytorch.outcomes[name], name=f"pytorch_{name}"
        )
        expect.close(
            value,
            mindspore.outcomes[name],
            name=f"mindspore_{name}",
        )


def numpy_numbers(pytorch, mindspore):
    """As a group's `weight_decay`, `mindspore.nn.SGD` accepts
    `np.float64(0.25)` because it is a `float`; `np.float32(0.25)` and a scalar
    tensor of 0.25 raise `TypeError` when it is built. `torch.optim.SGD`
    accepts all three.
    """
    names = ("np.float64(0.25)", "np.float32(0.25)", "tensor")
    for place, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        given = [side.values[name] for name in names]
        kinds = [type(value).__name__ for value in given]
        expect.equal(
            ["float64", "float32", "Tensor"],
            kinds,
            name=f"{place}_types",
        )
        expect.close([0.25] * 3, given, name=f"{place}_values")
    ours = [mindspore.outcomes[name] for name in names]
    theirs = [pytorch.outcomes[name] for name in names]
    expect.equal(
        [0.75, "TypeError", "TypeError"], ours, name="mindspore"
    )
    expect.equal([0.75, 0.75, 0.75], theirs, name="pytorch")


def negative_and_nan(pytorch, mindspore):
    """A `weight_decay` of -0.25 or `nan` in a group raises `ValueError` in
    `mindspore.nn.SGD`. `torch.optim.SGD` checks neither in a group: with a
    gradient of zero, a weight of 1 grows, or becomes `nan`.
    """
    expect.equal(
        pytorch.values["-0.25"],
        mindspore.values["-0.25"],
        name="negative",
    )
    ours = [mindspore.outcomes[name] for name in ("-0.25", "nan")]
    expect.equal(
        ["ValueError", "ValueError"], ours, name="mindspore"
    )
    expect.close(
        1.25, pytorch.outcomes["-0.25"], name="pytorch_negative"
    )
    shown = str(pytorch.outcomes["nan"])
    expect.equal("nan", shown, name="pytorch_nan")


def not_numbers(pytorch, mindspore):
    """`None` and the text `"0.25"` as a group's `weight_decay` raise
    `TypeError`: in `mindspore.nn.SGD` when the optimizer is built, in
    `torch.optim.SGD` at the first step.
    """
    for name in ("None", "text"):
        kinds = pytorch.outcomes[name], mindspore.outcomes[name]
        expect.equal(("TypeError", "TypeError"), kinds, name=name)
        param = ms.Parameter(ms.ops.ones(1), name="param")
        group = {
            "params": [param],
            "weight_decay": mindspore.values[name],
        }
        expect.raises(
            TypeError,
            partial(ms.nn.SGD, [group], 1.0),
            match="must be int, float or Cell",
            name=f"{name}_when_built",
        )
        theirs = torch.nn.Parameter(torch.ones(1))
        theirs.grad = torch.zeros(1)
        value = pytorch.values[name]
        group = {"params": [theirs], "weight_decay": value}
        optimizer = torch.optim.SGD([group], lr=1.0)
        expect.raises(
            TypeError,
            optimizer.step,
            match=".",
            name=f"{name}_at_the_step",
        )


def booleans(pytorch, mindspore):
    """`True` as a group's `weight_decay` counts as 1 in `mindspore.nn.SGD`; in
    `torch.optim.SGD` on CPU without `fused` and `foreach`, the step with it
    raises `RuntimeError`.
    """
    expect.close(
        0.0, mindspore.outcomes["True"], name="mindspore"
    )
    expect.equal(
        "RuntimeError", pytorch.outcomes["True"], name="pytorch"
    )


def cells(pytorch, mindspore):
    """As a group's `weight_decay`, `Momentum`, `Adam`, `AdamWeightDecay` and
    `RMSProp` of `mindspore.nn` accept a `Cell` that computes it from the step,
    here with a fixed learning rate; `mindspore.nn.SGD`,
    `mindspore.experimental.optim.SGD` and `mindspore.mint.optim.SGD` raise
    `TypeError` for it.
    """
    del pytorch
    growing = mindspore.Growing()
    decays = [growing(ms.Tensor(step)) for step in (0, 1)]
    expect.close([0.25, 0.5], decays, name="decays")
    places = {
        "nn.SGD": ms.nn.SGD,
        "experimental.SGD": ms.experimental.optim.SGD,
        "mint.SGD": ms.mint.optim.SGD,
    }
    for name, optimizer_class in places.items():
        result = mindspore.outcome(growing, optimizer_class)
        expect.equal("TypeError", result, name=name)
    for name in (
        "Momentum",
        "Adam",
        "AdamWeightDecay",
        "RMSProp",
    ):
        build = getattr(ms.nn, name)
        if name == "Momentum":
            build = partial(build, momentum=0.9)
        moved = mindspore.outcome(growing, build)
        expect.apart(1.0, moved, at_least=0.1, name=f"nn.{name}")


def same_rules_elsewhere(pytorch, mindspore):
    """As a group's `weight_decay`, `mindspore.experimental.optim.SGD` accepts
    and rejects the same values of the example as `mindspore.nn.SGD`.
    """
    del pytorch
    optimizer_class = ms.experimental.optim.SGD
    for name, value in mindspore.values.items():
        result = mindspore.outcome(value, optimizer_class)
        expect.equal(mindspore.outcomes[name], result, name=name)


def same_rules_in_every_class(pytorch, mindspore):
    """As a group's `weight_decay`, every optimizer of `mindspore.nn` that
    takes parameters, of `mindspore.experimental.optim` and of
    `mindspore.mint.optim` accepts 0.25, 0, 1, `True` and `np.float64(0.25)`.
    When it is built, it raises `ValueError` for -0.25, `inf` or `nan`, and
    `TypeError` for `np.float32(0.25)`, a tensor, `None` or text.
    """
    del pytorch
    kinds = {
        "-0.25": "ValueError",
        "inf": "ValueError",
        "nan": "ValueError",
        "np.float32(0.25)": "TypeError",
        "tensor": "TypeError",
        "None": "TypeError",
        "text": "TypeError",
    }
    for name, cls in _classes().items():
        found = {
            key: _built(cls, value)
            for key, value in (
                *mindspore.values.items(),
                ("inf", float("inf")),
            )
        }
        expected = {key: kinds.get(key, "built") for key in found}
        expect.equal(expected, found, name=name)


def _classes():
    nn, optim = ms.nn, ms.experimental.optim
    found = {
        f"nn.{name}": cls
        for name, cls in subclasses(nn, nn.Optimizer).items()
        if name not in ("LARS", "OptTFTWrapper")
    }
    for place, module in (
        ("experimental", optim),
        ("mint", ms.mint.optim),
    ):
        classes = subclasses(module, optim.Optimizer)
        found |= {f"{place}.{k}": v for k, v in classes.items()}
    return found


def _built(cls, value):
    param = ms.Parameter(ms.ops.ones(1), name="param")
    groups = [{"params": [param], "weight_decay": value}]
    options = {}
    if cls.__name__ in ("SGD", "Lamb", "Momentum"):
        nn = issubclass(cls, ms.nn.Optimizer)
        options["learning_rate" if nn else "lr"] = 0.1
    if cls is ms.nn.Momentum:
        options["momentum"] = 0.9
    try:
        cls(groups, **options)
    except (TypeError, ValueError) as error:
        return type(error).__name__
    return "built"
