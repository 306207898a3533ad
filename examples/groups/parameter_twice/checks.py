import warnings
from functools import partial

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from crosswalk.introspect import subclasses
from shared import build_optimizer, nn_optimizers


def in_two_groups(pytorch, mindspore):
    """A parameter in two groups raises `ValueError` in `torch.optim.SGD` and
    in every optimizer of `mindspore.experimental.optim`, and `RuntimeError`
    in every optimizer of `mindspore.nn` that takes parameters.
    """
    expect.equal(
        _shapes([pytorch.net]),
        _shapes([mindspore.net]),
        name="shapes",
    )
    case = "two groups"
    expect.equal(
        "ValueError", pytorch.outcomes[case], name="pytorch"
    )
    expect.equal(
        "RuntimeError", mindspore.outcomes[case], name="nn"
    )
    ours = mindspore.experimental[case]
    expect.equal("ValueError", ours, name="experimental")
    _in_every_class(mindspore, case, "RuntimeError")


def twice_in_one_list(pytorch, mindspore):
    """A parameter twice in one list raises an error in every optimizer of
    `mindspore.nn` that takes parameters (`RuntimeError` in a group, else
    `ValueError`) and of `mindspore.experimental.optim` (`ValueError`);
    `torch.optim.SGD` gives a `UserWarning`.
    """
    _in_every_class(mindspore, "one group", "RuntimeError")
    _in_every_class(mindspore, "no groups", "ValueError")
    for case in ("one group", "no groups"):
        record = case.replace(" ", "_")
        result = pytorch.outcomes[case]
        expect.equal(
            "UserWarning", result, name=f"pytorch_{record}"
        )
        kinds = (
            mindspore.outcomes[case],
            mindspore.experimental[case],
        )
        first = (
            "RuntimeError"
            if case == "one group"
            else "ValueError"
        )
        expect.equal(
            (first, "ValueError"),
            kinds,
            name=f"mindspore_{record}",
        )


def pytorch_updates_it_twice(pytorch, mindspore):
    """If a parameter is twice in the list given to `torch.optim.SGD`, PyTorch
    only warns about it. With the default arguments on CPU, it updates the
    parameter twice in the step.
    """
    del pytorch, mindspore
    param = torch.nn.Parameter(torch.ones(2))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        optimizer = torch.optim.SGD([param, param], lr=0.1)
    param.grad = torch.ones(2)
    optimizer.step()
    expect.close(np.full(2, 0.8), param, name="weight")


def mint_refuses(pytorch, mindspore):
    """`mindspore.mint.optim.SGD` raises `ValueError` for a parameter in two
    groups, twice in one group, or twice in a list without groups.
    """
    del pytorch
    for case, groups in mindspore.cases.items():
        result = mindspore.outcome(groups, ms.mint.optim.SGD)
        expect.equal(
            "ValueError", result, name=case.replace(" ", "_")
        )


def names_must_differ(pytorch, mindspore):
    """Different parameters with the same name, such as those of two networks
    that were built separately, raise `ValueError` in every optimizer of
    `mindspore.nn` that takes parameters, of `mindspore.experimental.optim`
    and of `mindspore.mint.optim`; PyTorch does not look at names.
    """
    expect.equal(
        _shapes(pytorch.nets),
        _shapes(mindspore.nets),
        name="shapes",
    )
    expect.equal("accepted", pytorch.same_names, name="pytorch")
    expect.equal(
        "ValueError", mindspore.same_names, name="mindspore"
    )
    message = "its name 'weight' already exists"
    nets = [ms.nn.Dense(2, 2), ms.nn.Dense(2, 2)]
    groups = [{"params": net.trainable_params()} for net in nets]
    expect.raises(
        ValueError,
        lambda: ms.nn.SGD(groups, 0.1),
        match=message,
        name="message",
    )
    flat = [p for net in nets for p in net.trainable_params()]
    for name, build in _builders().items():
        for kind, given in (("", groups), ("_no_groups", flat)):
            expect.raises(
                ValueError,
                partial(build, given),
                match="name",
                name=name + kind,
            )


def renaming_helps(pytorch, mindspore):
    """After `net.update_parameters_name("second.")` on one of two networks
    with the same parameter names, `mindspore.nn.SGD` accepts both.
    """
    del pytorch
    expect.equal(
        "accepted", mindspore.other_names, name="mindspore"
    )
    names = [
        param.name
        for param in mindspore.nets[1].trainable_params()
    ]
    expect.equal(
        ["second.weight", "second.bias"], names, name="names"
    )


def _shapes(nets):
    return [
        (tuple(net.weight.shape), tuple(net.bias.shape))
        for net in nets
    ]


def _in_every_class(side, case, nn_error):
    """Check what a parameter that occurs twice raises in each class."""
    for name, build in _builders().items():
        kind = (
            nn_error if name.startswith("nn.") else "ValueError"
        )
        # an optimizer writes its defaults into the dicts it is given
        params = [
            {"params": item["params"]}
            if isinstance(item, dict)
            else item
            for item in side.cases[case]
        ]
        result = side.outcome(params, lambda g, _, b=build: b(g))
        record = f"{name}_{case}".replace(" ", "_")
        expect.equal(kind, result, name=record)


def _builders():
    found = {
        f"nn.{name}": partial(build_optimizer, cls)
        for name, cls in nn_optimizers().items()
    }
    optim = ms.experimental.optim
    for module in (optim, ms.mint.optim):
        place = module.__name__.split(".")[1]
        for name, cls in subclasses(
            module, optim.Optimizer
        ).items():
            found[f"{place}.{name}"] = partial(cls, lr=0.1)
    return found
