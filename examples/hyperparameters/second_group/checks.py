import mindspore as ms
from crosswalk import expect
from mindspore import nn


def rate_of_nn(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, with fixed learning rates, if the
    second group has an `lr` of its own, `copy_` on its entry of
    `optimizer.learning_rate` changes only that group in
    `mindspore.nn.Momentum`, as assigning `param_groups[1]["lr"]` does in
    `torch.optim.SGD`. Groups without an `lr` share an entry.
    """
    expect.close(
        pytorch.unchanged, mindspore.unchanged, name="unchanged"
    )
    expect.close(pytorch.rate, mindspore.rate, name="weights")
    expect.apart(
        pytorch.unchanged,
        mindspore.rate,
        at_least=0.01,
        name="changed",
    )
    groups = [*_groups(), {"params": []}]
    del groups[1]["lr"]
    groups[2]["params"] = [groups[0]["params"].pop()]
    rates = nn.Momentum(groups, 0.1, 0.9).learning_rate
    expect.equal(True, rates[1] is rates[2], name="shared")
    expect.equal(False, rates[0] is rates[1], name="own")


def one_rate_per_parameter(pytorch, mindspore):
    """If the groups of a `mindspore.nn.Momentum` have fixed learning rates of
    their own, `optimizer.learning_rate` holds one entry per parameter, not per
    group. With two parameters in the first group and one in the second, entry
    1 is the learning rate of the first group, and entries 0 and 1 are the same
    Parameter.
    """
    optimizer = nn.Momentum(_groups(), 0.1, 0.9)
    rates = [rate.asnumpy() for rate in optimizer.learning_rate]
    expect.close([0.2, 0.2, 0.3], rates, name="rates")
    same = (
        optimizer.learning_rate[0] is optimizer.learning_rate[1]
    )
    expect.equal(True, same, name="same_parameter")
    optimizer.learning_rate[1].copy_(ms.Tensor(0.4, ms.float32))
    rates = [rate.asnumpy() for rate in optimizer.learning_rate]
    expect.close([0.4, 0.4, 0.3], rates, name="after_entry_1")


def momentum_of_a_group(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, if
    `mindspore.experimental.optim.SGD` was built with momentum 0.9, assigning
    0.5 to `param_groups[1]["momentum"]` changes only the second group, as in
    `torch.optim.SGD`.
    """
    expect.close(
        pytorch.momentum, mindspore.momentum, name="weights"
    )
    expect.apart(
        pytorch.unchanged,
        mindspore.momentum,
        at_least=0.01,
        name="changed",
    )


def nn_has_one_momentum(pytorch, mindspore):
    """`mindspore.nn.Momentum` has one `momentum` for all groups, a single
    Parameter, and raises `KeyError` for `momentum` as a key of a group.
    """
    optimizer = nn.Momentum(_groups(), 0.1, 0.9)
    expect.equal(
        "Parameter",
        type(optimizer.momentum).__name__,
        name="type",
    )
    expect.equal((), optimizer.momentum.shape, name="shape")
    groups = _groups()
    groups[1]["momentum"] = 0.5
    expect.raises(
        KeyError,
        lambda: nn.Momentum(groups, 0.1, 0.9),
        match="must be one of",
        name="key",
    )


def _groups():
    params = [
        ms.Parameter(ms.Tensor([1.0], ms.float32), name=name)
        for name in ("a", "b", "c")
    ]
    return [
        {"params": params[:2], "lr": 0.2},
        {"params": params[2:], "lr": 0.3},
    ]
