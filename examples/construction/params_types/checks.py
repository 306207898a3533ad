from functools import partial

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from mindspore import mint, nn
from mindspore.experimental import optim

ITERABLES = [
    "list",
    "tuple",
    "iterator",
    "generator",
    "values of a dict",
]


def pytorch_takes_iterables(pytorch, mindspore):
    """`torch.optim.SGD` takes its parameters as a list, a tuple, an
    iterator, a generator, the values of a dict or `named_parameters()`.
    """
    for case in [*ITERABLES, "named iterator"]:
        expect.equal(2, pytorch.outcomes[case], name=_name(case))


def nn_takes_iterators(pytorch, mindspore):
    """`mindspore.nn.SGD` takes its parameters as a list, a tuple, an iterator,
    a generator or the values of a dict, and holds all of them.
    """
    for case in ITERABLES:
        expect.equal(
            2, mindspore.outcomes[case], name=_name(case)
        )


def nn_moves_what_the_generator_gave(pytorch, mindspore):
    """`mindspore.nn.SGD` built from a generator updates the parameters at the
    first call and at the second.
    """
    weight = ms.Parameter(ms.Tensor([1.0, 1.0]), name="weight")
    optimizer = nn.SGD((p for p in [weight]), 0.1)
    values = []
    for _ in range(2):
        optimizer((ms.Tensor([1.0, 1.0]),))
        values.append(weight.asnumpy().copy())
    law = [np.full(2, 0.9), np.full(2, 0.8)]
    expect.close(law, values, name="weights")


def experimental_takes_iterators(pytorch, mindspore):
    """`mindspore.experimental.optim.SGD` takes a list, a tuple, an iterator,
    a generator and the values of a dict.
    """
    for case in ITERABLES:
        came = mindspore.outcome(mindspore.cases[case], optim.SGD)
        expect.equal(2, came, name=_name(case))


def mint_sgd_takes_no_iterators(pytorch, mindspore):
    """`mindspore.mint.optim.SGD` takes a list, a tuple and the values of a
    dict, but raises `ValueError` for an iterator or a generator, as if it were
    empty. `mindspore.mint.optim.Adam` takes all five.
    """
    for case in ITERABLES:
        make = mindspore.cases[case]
        once = case in ("iterator", "generator")
        came = mindspore.outcome(make, mint.optim.SGD)
        expect.equal(
            "ValueError" if once else 2, came, name=_name(case)
        )
    expect.raises(
        ValueError,
        lambda: mint.optim.SGD(
            (p for p in [mindspore.weight]), 0.1
        ),
        match="must not be empty",
        name="message",
    )
    for case in ITERABLES:
        came = mindspore.outcome(
            mindspore.cases[case], mint.optim.Adam
        )
        expect.equal(2, came, name=f"adam_{_name(case)}")


def nn_loses_an_iterator_in_a_group(pytorch, mindspore):
    """If the first of two groups with one parameter each has an iterator as
    `params`, `mindspore.nn.SGD` without `order_params` loses that parameter
    without an error, and holds only the second group's. PyTorch and
    `mindspore.experimental.optim.SGD` hold both.
    """
    case = "iterator in a group"
    expect.equal(2, pytorch.outcomes[case], name="pytorch")
    expect.equal(1, mindspore.outcomes[case], name="nn")
    came = mindspore.outcome(mindspore.cases[case], optim.SGD)
    expect.equal(2, came, name="experimental")
    optimizer = nn.SGD(mindspore.cases[case](), 0.1)
    names = [p.name for p in optimizer.parameters]
    expect.equal(["bias"], names, name="nn_holds")


def lists_of_groups(pytorch, mindspore):
    """`torch.optim.SGD`, `mindspore.nn.SGD` and
    `mindspore.experimental.optim.SGD` accept a list of groups and an iterator
    of groups; `mindspore.mint.optim.SGD` accepts the list and raises
    `ValueError` for the iterator.
    """
    for case in ("list of groups", "iterator of groups"):
        expect.equal(
            2,
            pytorch.outcomes[case],
            name="pytorch_" + _name(case),
        )
        for name, cls in (
            ("nn", nn.SGD),
            ("experimental", optim.SGD),
        ):
            came = mindspore.outcome(mindspore.cases[case], cls)
            expect.equal(2, came, name=f"{name}_{_name(case)}")
    for case, result in (
        ("list of groups", 2),
        ("iterator of groups", "ValueError"),
    ):
        came = mindspore.outcome(
            mindspore.cases[case], mint.optim.SGD
        )
        expect.equal(result, came, name="mint_" + _name(case))


def one_parameter_as_group(pytorch, mindspore):
    """`SGD` of `torch.optim`, `mindspore.experimental.optim` and
    `mindspore.mint.optim` accepts `{"params": weight}`, a parameter without a
    list around it; `mindspore.nn.SGD` raises `TypeError`.
    """
    case = "parameter as group"
    expect.equal(2, pytorch.outcomes[case], name="pytorch")
    for name, cls in _mindspore():
        result = "TypeError" if name == "nn" else 2
        came = mindspore.outcome(mindspore.cases[case], cls)
        expect.equal(result, came, name=name)


def refused_everywhere(pytorch, mindspore):
    """`torch.optim.SGD` and the `SGD` of `mindspore.nn`,
    `mindspore.experimental.optim` and `mindspore.mint.optim` raise `TypeError`
    for a dict of parameters and for a parameter without a list, here of shape
    (1, 3), and `ValueError` for an empty list and for an exhausted iterator.
    """
    wrong = [
        "dict",
        "one parameter",
        "empty list",
        "exhausted iterator",
    ]
    errors = dict(
        zip(wrong, ["TypeError"] * 2 + ["ValueError"] * 2)
    )
    expect.equal(
        errors,
        {c: pytorch.outcomes[c] for c in wrong},
        name="pytorch",
    )
    for name, cls in _mindspore():
        came = {
            c: mindspore.outcome(mindspore.cases[c], cls)
            for c in wrong
        }
        expect.equal(errors, came, name=name)


def names_and_plain_tensors(pytorch, mindspore):
    """`torch.optim.SGD` accepts pairs of name and parameter, and a plain leaf
    tensor. The `SGD` of `mindspore.nn`, `mindspore.experimental.optim` and
    `mindspore.mint.optim` raises an error for `parameters_and_names()` and for
    a Tensor that is not a `Parameter`.
    """
    expect.equal(
        2,
        pytorch.outcomes["named iterator"],
        name="pytorch_named",
    )
    expect.equal(
        1, pytorch.outcomes["a tensor"], name="pytorch_tensor"
    )
    for name, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        given = side.cases["a tensor"]()[0]
        kind = type(given).__name__
        expect.equal("Tensor", kind, name=f"{name}_type")
        shape = tuple(given.shape)
        expect.equal((3,), shape, name=f"{name}_shape")
    for name, cls in _mindspore():
        named = mindspore.outcome(
            mindspore.cases["named iterator"], cls
        )
        error = "ValueError" if name == "mint" else "TypeError"
        expect.equal(error, named, name=f"{name}_named")
        tensor = mindspore.outcome(
            mindspore.cases["a tensor"], cls
        )
        expect.equal("TypeError", tensor, name=f"{name}_tensor")


def integer_rates(pytorch, mindspore):
    """`SGD` of `mindspore.nn`, `mindspore.experimental.optim` and
    `mindspore.mint.optim` converts `1` as the argument for the learning rate
    to a float32 Tensor of 1.0; `torch.optim.SGD` keeps the `int`.
    `mindspore.mint.optim.Adam` raises `TypeError` for it as the argument, but
    accepts it in a group.
    """
    parameters = [mindspore.weight]
    groups = torch.optim.SGD([pytorch.weight], 1).param_groups
    expect.equal(1, groups[0]["lr"], name="pytorch")
    rate = nn.SGD(parameters, 1).learning_rate
    expect.close(1.0, rate, name="nn")
    expect.equal("Float32", str(rate.dtype), name="nn_dtype")
    for name, cls in (
        ("experimental", optim.SGD),
        ("mint", mint.optim.SGD),
    ):
        rate = cls(parameters, 1).param_groups[0]["lr"]
        expect.close(1.0, rate, name=name)
        dtype = str(rate.dtype)
        expect.equal("Float32", dtype, name=f"{name}_dtype")
    expect.raises(
        TypeError,
        lambda: mint.optim.Adam(parameters, 1),
        match="should be 'float'",
        name="mint_adam",
    )
    groups = [{"params": parameters, "lr": 1}]
    group = mint.optim.Adam(groups, 0.1).param_groups[0]
    expect.close(1.0, group["lr"], name="mint_adam_group")


def numpy_rates(pytorch, mindspore):
    """`torch.optim.SGD` accepts `np.float32(0.1)` as the argument for the
    learning rate; the `SGD` of `mindspore.nn`, `mindspore.experimental.optim`
    and `mindspore.mint.optim` raises `TypeError`: write `float(rate)`.
    """
    rate, parameters = np.float32(0.1), [mindspore.weight]
    groups = torch.optim.SGD([pytorch.weight], rate).param_groups
    expect.close(0.1, groups[0]["lr"], name="pytorch")
    for name, cls in _mindspore():
        build = partial(cls, parameters, rate)
        expect.raises(
            TypeError, build, match="float32", name=name
        )
    expect.close(
        0.1,
        nn.SGD(parameters, float(rate)).learning_rate,
        name="float",
    )


def _mindspore():
    return [
        ("nn", nn.SGD),
        ("experimental", optim.SGD),
        ("mint", mint.optim.SGD),
    ]


def _name(case):
    return case.replace(" ", "_")
