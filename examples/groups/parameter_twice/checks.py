import warnings

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect


def in_two_groups(pytorch, mindspore):
    """A parameter in two groups raises `ValueError` in PyTorch and
    `mindspore.experimental.optim`, and `RuntimeError` in `mindspore.nn`.
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


def twice_in_one_list(pytorch, mindspore):
    """A parameter twice in one list, grouped or not, raises an error in
    `mindspore.nn` and `mindspore.experimental.optim`; PyTorch gives a
    `UserWarning`.
    """
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
    """The parameter that PyTorch only warns about is updated twice by each
    step.
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
    that were built separately, raise `ValueError` in `mindspore.nn`; PyTorch
    does not look at names.
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


def renaming_helps(pytorch, mindspore):
    """After `net.update_parameters_name("second.")` on one of two networks
    with the same parameter names, `mindspore.nn` accepts both.
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
