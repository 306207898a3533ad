import inspect

import mindspore as ms
import torch
from crosswalk import expect
from mindspore.experimental import optim as experimental
from mindspore.mint import optim as mint


def every_optimizer_is_a_cell(pytorch, mindspore):
    """Every optimizer class of `mindspore.nn`, of
    `mindspore.experimental.optim` and of `mindspore.mint.optim` inherits from
    `mindspore.nn.Cell`, the class of networks.
    """
    places = {
        "nn": ms.nn.optim,
        "experimental": experimental,
        "mint": mint,
    }
    for place, module in places.items():
        classes = _classes(module)
        expect.equal(
            True, "SGD" in classes, name=f"{place}_has_sgd"
        )
        others = [
            n
            for n, c in classes.items()
            if not issubclass(c, ms.nn.Cell)
        ]
        expect.equal([], others, name=f"{place}_not_a_cell")


def pytorch_optimizer_is_no_module(pytorch, mindspore):
    """No optimizer class of `torch.optim` inherits from `torch.nn.Module`,
    the class of networks: it has no `parameters()`, and its `state_dict` has
    a form of its own, with the keys `state` and `param_groups`.
    """
    classes = _classes(torch.optim)
    expect.equal(True, "SGD" in classes, name="has_sgd")
    modules = [
        n
        for n, c in classes.items()
        if issubclass(c, torch.nn.Module)
    ]
    expect.equal([], modules, name="modules")
    expect.equal(
        False,
        hasattr(pytorch.optimizer, "parameters"),
        name="has_parameters",
    )
    state = pytorch.optimizer.state_dict()
    expect.equal(
        ["state", "param_groups"], list(state), name="keys"
    )
    group = state["param_groups"][0]
    expect.equal(0.1, group["lr"], name="lr")
    expect.equal(0.9, group["momentum"], name="momentum")


def two_base_classes(pytorch, mindspore):
    """The optimizers of `mindspore.mint.optim` derive from
    `mindspore.experimental.optim.Optimizer`, which is no subclass of
    `mindspore.nn.Optimizer`.
    """
    base = experimental.Optimizer
    expect.equal(True, issubclass(mint.SGD, base), name="mint")
    expect.equal(
        False, issubclass(base, ms.nn.Optimizer), name="nn"
    )


def parameters_include_the_weights(pytorch, mindspore):
    """The parameters of a MindSpore optimizer are its own state and the
    network's trainable weights: the same `Parameter` objects, no copies.
    That holds in `mindspore.nn`, `mindspore.experimental.optim` and
    `mindspore.mint.optim`.
    """
    expect.close(
        0.1, mindspore.optimizer.learning_rate, name="rate"
    )
    expect.close(
        0.9, mindspore.optimizer.momentum, name="momentum"
    )
    for place, optimizer in _three(mindspore.net).items():
        own = {p.name: p for p in optimizer.get_parameters()}
        expect.equal(
            True,
            own["weight"] is mindspore.net.weight,
            name=f"{place}_same",
        )
        expect.equal(
            True, len(own) > 1, name=f"{place}_has_state"
        )


def has_state_dict(pytorch, mindspore):
    """As Cells, the optimizers of all three places have `state_dict` and
    `load_state_dict`, and the keys of `state_dict` are the names of their
    parameters.
    """
    for place, optimizer in _three(mindspore.net).items():
        names = [
            name for name, _ in optimizer.parameters_and_names()
        ]
        keys = list(optimizer.state_dict())
        expect.equal(names, keys, name=place)


def load_state_dict_refuses_moments(pytorch, mindspore):
    """In MindSpore `optimizer.load_state_dict` refuses the optimizer's own
    `state_dict`: it takes the prefix of `accum.weight` and the like for a
    child Cell that is missing. It does so in `mindspore.nn`,
    `mindspore.experimental.optim` and `mindspore.mint.optim`, and PyTorch
    accepts its own.
    """
    pytorch.optimizer.load_state_dict(
        pytorch.optimizer.state_dict()
    )
    expect.equal(
        1, len(pytorch.optimizer.param_groups), name="pytorch"
    )
    shown = "Unexpected key(s) in state_dict" in mindspore.refused
    expect.equal(True, shown, name="shown")
    for place, optimizer in _three(mindspore.net).items():
        state = optimizer.state_dict()
        expect.raises(
            RuntimeError,
            lambda cell=optimizer, state=state: (
                cell.load_state_dict(state)
            ),
            match=r"Unexpected key\(s\) in state_dict: .*\.weight",
            name=place,
        )


def _classes(module):
    members = {
        name: getattr(module, name) for name in module.__all__
    }
    return {
        n: c for n, c in members.items() if inspect.isclass(c)
    }


def _three(net):
    weights = net.trainable_params()
    return {
        "nn": ms.nn.SGD(weights, learning_rate=0.1, momentum=0.9),
        "experimental": experimental.SGD(
            weights, lr=0.1, momentum=0.9
        ),
        "mint": mint.SGD(weights, lr=0.1, momentum=0.9),
    }
