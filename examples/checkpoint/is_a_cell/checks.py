import inspect
from functools import partial

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from crosswalk.introspect import subclasses
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
    base = torch.optim.Optimizer
    for name, cls in subclasses(torch.optim, base).items():
        weight = torch.nn.Parameter(torch.ones(2, 2))
        optimizer = cls([weight], lr=0.1)
        method = hasattr(optimizer, "parameters")
        expect.equal(False, method, name=f"{name}_parameters")
        keys = list(optimizer.state_dict())
        expect.equal(
            ["state", "param_groups"], keys, name=f"{name}_keys"
        )
    group = state["param_groups"][0]
    expect.equal(0.1, group["lr"], name="lr")
    expect.equal(0.9, group["momentum"], name="momentum")


def two_base_classes(pytorch, mindspore):
    """Every optimizer of `mindspore.mint.optim` derives from
    `mindspore.experimental.optim.Optimizer`, which is no subclass of
    `mindspore.nn.Optimizer`.
    """
    base = experimental.Optimizer
    for name, cls in _classes(mint).items():
        expect.equal(True, issubclass(cls, base), name=name)
    expect.equal(
        False, issubclass(base, ms.nn.Optimizer), name="nn"
    )


def parameters_include_the_weights(pytorch, mindspore):
    """The parameters of a MindSpore optimizer include Parameters of its own
    state and the weights it was given: these are the same `Parameter` objects,
    not copies. This holds for every optimizer of `mindspore.nn`,
    `mindspore.experimental.optim` and `mindspore.mint.optim` that takes
    parameters.
    """
    expect.close(
        0.1, mindspore.optimizer.learning_rate, name="rate"
    )
    expect.close(
        0.9, mindspore.optimizer.momentum, name="momentum"
    )
    for name, optimizer in _every(mindspore.net):
        own = {p.name: p for p in optimizer.get_parameters()}
        expect.equal(
            True,
            own["weight"] is mindspore.net.weight,
            name=f"{name}_same",
        )
        expect.equal(True, len(own) > 1, name=f"{name}_has_state")


def has_state_dict(pytorch, mindspore):
    """As Cells, the optimizers of `mindspore.nn`,
    `mindspore.experimental.optim` and `mindspore.mint.optim` that take
    parameters have `state_dict` and `load_state_dict`. With one weight, a
    fixed learning rate and no groups, the keys of `state_dict` are the names
    of their parameters, except in `mindspore.nn.AdaFactor`, where the
    parameter `afactor_step` has the key `step`.
    """
    for name, optimizer in _every(mindspore.net):
        names = [p.name for p in optimizer.get_parameters()]
        keys = list(optimizer.state_dict())
        if name == "nn_AdaFactor":
            expect.equal("step", keys.pop(), name=f"{name}_key")
            expect.equal(
                "afactor_step", names.pop(), name=f"{name}_name"
            )
        expect.equal(names, keys, name=name)
        loads = hasattr(optimizer, "load_state_dict")
        expect.equal(True, loads, name=f"{name}_loads")


def load_state_dict_refuses_moments(pytorch, mindspore):
    """In MindSpore, with one weight, a fixed learning rate and no groups,
    `optimizer.load_state_dict` raises a `RuntimeError` for the optimizer's own
    `state_dict`, because it takes the prefix of `accum.weight` and the like
    for a missing child `Cell`. By then it has loaded all values, including the
    moments. With `strict=False` it loads them without an error, and returns
    those names as unexpected. This holds for every optimizer of
    `mindspore.nn`, `mindspore.experimental.optim` and `mindspore.mint.optim`
    that takes parameters; `torch.optim.SGD` accepts its own.
    """
    pytorch.optimizer.load_state_dict(
        pytorch.optimizer.state_dict()
    )
    expect.equal(
        1, len(pytorch.optimizer.param_groups), name="pytorch"
    )
    shown = "Unexpected key(s) in state_dict" in mindspore.refused
    expect.equal(True, shown, name="shown")
    for name, optimizer in _every(mindspore.net):
        first = _shifted(optimizer)
        expect.raises(
            RuntimeError,
            partial(optimizer.load_state_dict, first),
            match=r"Unexpected key\(s\) in state_dict: .*\.weight",
            name=name,
        )
        expect.equal(
            True, _holds(optimizer, first), name=f"{name}_loaded"
        )
        second = _shifted(optimizer)
        found = optimizer.load_state_dict(second, strict=False)
        expect.equal(
            True,
            _holds(optimizer, second),
            name=f"{name}_not_strict",
        )
        moments = [
            key for key in second if key.endswith(".weight")
        ]
        expect.equal(
            moments,
            found.unexpected_keys,
            name=f"{name}_returned",
        )


def _classes(module):
    members = {
        name: getattr(module, name) for name in module.__all__
    }
    return {
        n: c for n, c in members.items() if inspect.isclass(c)
    }


def _shifted(optimizer):
    """Return the optimizer's state with every value shifted by its own number."""
    state = optimizer.state_dict()
    return {
        key: ms.Parameter(
            ms.Tensor(value.asnumpy() + number, value.dtype), key
        )
        for number, (key, value) in enumerate(state.items(), 1)
    }


def _holds(optimizer, state):
    found = optimizer.state_dict()
    return all(
        np.array_equal(found[key].asnumpy(), value.asnumpy())
        for key, value in state.items()
    )


def _every(net):
    places = {
        "nn": subclasses(ms.nn, ms.nn.Optimizer),
        "experimental": _classes(experimental),
        "mint": _classes(mint),
    }
    for place, classes in places.items():
        for name, cls in classes.items():
            if name in {"LARS", "Optimizer", "OptTFTWrapper"}:
                continue  # a base class, or they take an optimizer
            arguments = {
                "SGD": (0.1, 0.9),
                "Momentum": (0.1, 0.9),
                "AdaFactor": (),
            }
            weights = net.trainable_params()
            yield (
                f"{place}_{name}",
                cls(weights, *arguments.get(name, (0.1,))),
            )
