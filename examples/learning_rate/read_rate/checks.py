import mindspore as ms
from crosswalk import expect
from crosswalk.introspect import subclasses
from mindspore.experimental import optim


def torch_state_dict(pytorch, mindspore):
    """In PyTorch, `optimizer.state_dict()["param_groups"][n]["lr"]` is the
    learning rate of group `n`; with `n` = 0 it is the only learning rate of an
    optimizer without groups.
    """
    expect.equal(0.01, pytorch.rate, name="without_groups")
    expect.equal([0.1, 0.01], pytorch.rates, name="groups")


def torch_param_groups(pytorch, mindspore):
    """In PyTorch, `optimizer.param_groups[n]["lr"]` holds the same number as
    the state dictionary, without building one.
    """
    groups = pytorch.grouped.param_groups
    sizes = [len(group["params"]) for group in groups]
    expect.equal([2, 1], sizes, name="sizes")
    expect.equal(pytorch.rates, [group["lr"] for group in groups])


def nn_learning_rate(pytorch, mindspore):
    """With one fixed learning rate and no groups, `optimizer.learning_rate` of
    `mindspore.nn.SGD` holds it, and `optimizer.get_lr()` returns the same
    Parameter.
    """
    expect.close(
        pytorch.rate, mindspore.rate, name="learning_rate"
    )
    optimizer = mindspore.optimizer
    expect.close(
        pytorch.rate, optimizer.learning_rate.data, name="data"
    )
    same = optimizer.get_lr() is optimizer.learning_rate
    expect.equal(True, same, name="same_object")


def nn_get_lr_parameter(pytorch, mindspore):
    """With groups and fixed learning rates,
    `optimizer.get_lr_parameter(parameter)` of `mindspore.nn.SGD` returns the
    learning rate of the group that contains `parameter`. It also accepts a
    list of parameters.
    """
    expect.close(pytorch.rates, mindspore.rates, name="list")
    grouped, weights = mindspore.grouped, mindspore.weights
    each = [
        grouped.get_lr_parameter(weight) for weight in weights
    ]
    expect.close([0.1, 0.1, 0.01], each, name="one_at_a_time")


def nn_has_no_param_groups(pytorch, mindspore):
    """`mindspore.nn.SGD` has no `param_groups`."""
    expect.raises(
        AttributeError,
        lambda: mindspore.grouped.param_groups,
        match="no attribute 'param_groups'",
    )


def experimental_param_groups(pytorch, mindspore):
    """In every optimizer of `mindspore.experimental.optim`,
    `optimizer.param_groups[n]["lr"]` is the learning rate of group `n`.
    """
    expect.close(
        pytorch.rates, mindspore.experimental_rates, name="shown"
    )
    first, second = mindspore.weights[:2], mindspore.weights[2:]
    for name, kind in subclasses(optim, optim.Optimizer).items():
        groups = [
            {"params": first, "lr": 0.1},
            {"params": second},
        ]
        optimizer = kind(groups, lr=0.01)
        rates = [group["lr"] for group in optimizer.param_groups]
        expect.close(pytorch.rates, rates, name=name)


def mint_param_groups(pytorch, mindspore):
    """In `SGD`, `Adam` and `AdamW` of `mindspore.mint.optim`,
    `optimizer.param_groups[n]["lr"]` is the learning rate that group `n` was
    built with.
    """
    for name in ("SGD", "Adam", "AdamW"):
        first, second = (
            mindspore.weights[:2],
            mindspore.weights[2:],
        )
        groups = [
            {"params": first, "lr": 0.1},
            {"params": second},
        ]
        optimizer = getattr(ms.mint.optim, name)(groups, lr=0.01)
        rates = [group["lr"] for group in optimizer.param_groups]
        expect.close(pytorch.rates, rates, name=name)


def others_have_no_get_lr(pytorch, mindspore):
    """`SGD`, `Adam` and `AdamW` of `mindspore.experimental.optim` and of
    `mindspore.mint.optim` have neither `learning_rate` nor `get_lr`.
    """
    for place in ("experimental", "mint"):
        optim = getattr(ms, place).optim
        for kind in ("SGD", "Adam", "AdamW"):
            optimizer = getattr(optim, kind)(
                mindspore.weights, lr=0.01
            )
            found = [
                name
                for name in ("learning_rate", "get_lr")
                if hasattr(optimizer, name)
            ]
            expect.equal([], found, name=f"{place}_{kind}")


def index_is_a_parameter(pytorch, mindspore):
    """In `mindspore.nn.SGD` with fixed learning rates, if one of several
    groups sets its own `lr`, `optimizer.learning_rate` has one entry per
    parameter, not per group: `learning_rate[1]` is the learning rate of the
    second parameter, even if that parameter is in the first group. If one
    group has a list as `lr`, the entries are cells, and `get_lr()` returns the
    learning rates.
    """
    rates = mindspore.grouped.learning_rate
    expect.equal(3, len(rates), name="entries")
    expect.equal(
        2, len(pytorch.grouped.param_groups), name="groups"
    )
    expect.close([0.1, 0.1, 0.01], list(rates), name="rates")
    expect.equal(
        True, rates[0] is rates[1], name="one_rate_for_a_group"
    )
    weights = mindspore.weights
    groups = [
        {"params": weights[:2], "lr": [0.1, 0.2]},
        {"params": weights[2:]},
    ]
    optimizer = ms.nn.SGD(groups, learning_rate=0.01)
    for entry in optimizer.learning_rate:
        is_cell = isinstance(entry, ms.nn.Cell)
        expect.equal(True, is_cell, name="list_entry_is_cell")
    rates = [rate.item() for rate in optimizer.get_lr()]
    expect.close([0.1, 0.1, 0.01], rates, name="list_get_lr")
