from functools import partial

import mindspore as ms
import numpy as np
from crosswalk import expect
from crosswalk.introspect import subclasses
from shared import build_optimizer, nn_optimizers


def follows_order_params(pytorch, mindspore):
    """With `order_params`, `optimizer.parameters` of `mindspore.nn.SGD`
    follows the order given there. In the example, with fixed learning rates,
    gradients in that order reach their parameters, each with the learning rate
    of its own group, and the update matches `torch.optim.SGD`.
    """
    expect.equal(
        ["first", "second", "third"],
        mindspore.order,
        name="order",
    )
    expect.close(_law(pytorch), pytorch.weights, name="pytorch")
    expect.close(
        _law(pytorch), mindspore.weights, name="mindspore"
    )


def follows_the_groups(pytorch, mindspore):
    """Without `order_params`, `optimizer.parameters` of every optimizer of
    `mindspore.nn` that takes parameters lists them group after group, not
    in the order of the network; with it, in the order given there.
    """
    del pytorch
    expected = ["third", "first", "second"]
    expect.equal(expected, mindspore.group_order, name="order")
    for name, cls in nn_optimizers().items():
        params = [_new(key) for key in mindspore.start]
        groups = [{"params": params[2:]}, {"params": params[:2]}]
        optimizer = build_optimizer(cls, groups)
        order = [param.name for param in optimizer.parameters]
        expect.equal(expected, order, name=name)
        groups.append({"order_params": params})
        optimizer = build_optimizer(cls, groups)
        order = [param.name for param in optimizer.parameters]
        given = list(mindspore.start)
        expect.equal(given, order, name=f"{name}_ordered")


def mixes_up_gradients(pytorch, mindspore):
    """`mindspore.nn.SGD` matches gradients to parameters by position only:
    gradients in the order of the network, given to an optimizer whose
    parameters are in the order of the groups, update the wrong parameters
    without an error where the shapes agree.
    """
    start, gradient = mindspore.start, mindspore.gradient
    expect.apart(
        pytorch.weights,
        mindspore.mixed_up,
        at_least=0.1,
        name="mindspore",
    )
    swapped = {
        "third": start["third"] - 0.01 * gradient["first"],
        "first": start["first"] - 0.1 * gradient["second"],
        "second": start["second"] - 0.1 * gradient["third"],
    }
    expect.close(swapped, mindspore.mixed_up, name="swapped")


def mixes_up_elsewhere(pytorch, mindspore):
    """`SGD` of `mindspore.experimental.optim` and, compiled with `@ms.jit`, of
    `mindspore.mint.optim` matches gradients to parameters by position too, and
    its `optimizer.parameters` follows the groups: gradients in the order of
    the network update the wrong parameters without an error.
    """
    expected = _law(pytorch)["third"]
    for module in (ms.experimental.optim, ms.mint.optim):
        place = module.__name__.split(".")[1]
        params, _ = mindspore.build(ordered=False)
        groups = [
            {"params": [params["third"]], "lr": 0.01},
            {"params": [params["first"], params["second"]]},
        ]
        optimizer = module.SGD(groups, 0.1)
        order = [param.name for param in optimizer.parameters]
        expect.equal(
            mindspore.group_order, order, name=f"{place}_order"
        )
        mint = module is ms.mint.optim
        step = ms.jit(optimizer) if mint else optimizer
        step(mindspore.in_order)
        third = params["third"]
        expect.apart(
            expected, third, at_least=0.02, name=f"{place}_apart"
        )
        wrong = mindspore.mixed_up["third"]
        expect.close(wrong, third, name=f"{place}_wrong")


def mixed_shapes_raise(pytorch, mindspore):
    """In PyNative mode, mixed-up gradients of vectors with 2 and 3 elements do
    not have the shapes of the parameters, so the step of `mindspore.nn.SGD`
    without weight decay raises `RuntimeError`.
    """
    del pytorch, mindspore
    a, b = _new("a", 2), _new("b", 3)
    optimizer = ms.nn.SGD([{"params": [b]}, {"params": [a]}], 0.1)
    gradients = ms.ops.ones_like(a), ms.ops.ones_like(b)
    expect.raises(
        RuntimeError,
        lambda: optimizer(gradients),
        match="SGD",
        name="step",
    )


def optimizer_parameters_are_safe(pytorch, mindspore):
    """In the example, with gradients in the order of `optimizer.parameters`,
    the update of `mindspore.nn.SGD` matches PyTorch with and without
    `order_params`.
    """
    names = [p.name for p in mindspore.optimizer.parameters]
    expect.equal(mindspore.group_order, names, name="order")
    expect.close(
        pytorch.weights, mindspore.matched, name="without"
    )
    expect.close(pytorch.weights, mindspore.weights, name="with")


def must_list_every_parameter(pytorch, mindspore):
    """`order_params` must list the name of every grouped parameter and no
    other: a list that is longer, or shorter but not empty, raises
    `ValueError` in every optimizer of `mindspore.nn` that takes parameters,
    and so does one of the right length that lacks a name.
    """
    del pytorch, mindspore
    a, b, c = _new("a"), _new("b"), _new("c")
    groups = [{"params": [a]}, {"params": [b]}]
    length = "length of order parameters must be the same"
    lacks = "'b' is not in list"
    for order, name, match in (
        ([a], "shorter", length),
        ([a, b, c], "longer", length),
        ([a, c], "other", lacks),
        ([a, a], "twice", lacks),
    ):
        listed = [*groups, {"order_params": order}]
        for kind, cls in nn_optimizers().items():
            expect.raises(
                ValueError,
                partial(build_optimizer, cls, listed),
                match=match,
                name=f"{name}_{kind}",
            )


def order_params_that_pass(pytorch, mindspore):
    """An empty list as `order_params` has no effect and raises no error in every
    optimizer of `mindspore.nn` that takes parameters: the parameters follow
    the groups. Only names are compared: a parameter of no group that has the
    name of a grouped one is accepted, and the grouped one is kept.
    """
    del pytorch, mindspore
    a, b, namesake = _new("a"), _new("b"), _new("a")
    groups = [{"params": [b]}, {"params": [a]}]
    for order, name, expected in (
        ([], "empty", [b, a]),
        ([namesake, b], "namesake", [a, b]),
    ):
        listed = [*groups, {"order_params": order}]
        for kind, cls in nn_optimizers().items():
            kept = list(build_optimizer(cls, listed).parameters)
            same = [x is y for x, y in zip(expected, kept)]
            expect.equal(
                [True, True], same, name=f"{name}_{kind}"
            )


def stands_alone(pytorch, mindspore):
    """`order_params` needs a dict of its own: in one dict with `params`, it
    raises `ValueError` in every optimizer of `mindspore.nn` that takes
    parameters.
    """
    del pytorch, mindspore
    a = _new("a")
    group = {"params": [a], "order_params": [a]}
    for name, cls in nn_optimizers().items():
        expect.raises(
            ValueError,
            partial(build_optimizer, cls, [group]),
            match="should only include the 'order_params' key",
            name=name,
        )


def only_in_nn(pytorch, mindspore):
    """The optimizers of `mindspore.experimental.optim` and
    `mindspore.mint.optim` do not know `order_params`: a dict with that key
    alone raises `KeyError`.
    """
    del pytorch, mindspore
    a = _new("a")
    groups = [{"params": [a]}, {"order_params": [a]}]
    for module in (ms.experimental.optim, ms.mint.optim):
        place = module.__name__.split(".")[1]
        base = ms.experimental.optim.Optimizer
        for name, cls in subclasses(module, base).items():
            error = expect.raises(
                KeyError,
                partial(cls, [dict(g) for g in groups], lr=0.1),
                match="params",
                name=f"{place}_{name}",
            )
        kind = type(error).__name__
        expect.equal("KeyError", kind, name=place)


def _law(side):
    rates = {"first": 0.1, "second": 0.1, "third": 0.01}
    return {
        k: v - rates[k] * side.gradient[k]
        for k, v in side.start.items()
    }


def _new(name, size=2):
    return ms.Parameter(
        ms.Tensor(np.ones(size, np.float32)), name=name
    )
