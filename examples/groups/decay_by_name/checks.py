import mindspore as ms
import numpy as np
from crosswalk import expect


def skipped_by_name(pytorch, mindspore):
    """Without groups and with a weight decay of 0.25, `mindspore.nn.SGD` does
    not decay any parameter with `gamma` or `beta` in its name, and decays all
    others, biases included. `torch.optim.SGD` decays every parameter that has
    a gradient.
    """
    spared = {k for k, v in mindspore.plain.items() if v == 1.0}
    named = {
        k for k in mindspore.plain if "gamma" in k or "beta" in k
    }
    expect.equal(named, spared, name="mindspore_spared")
    expect.equal(
        0.75, mindspore.plain["dense.bias"], name="mindspore_bias"
    )
    expect.equal(
        {0.75}, set(pytorch.plain.values()), name="pytorch"
    )


def the_name_decides(pytorch, mindspore):
    """Without groups, the name decides, not the layer: `mindspore.nn.SGD` does
    not decay the weight of a dense layer called `gamma_head` either.
    """
    expect.equal(
        1.0,
        mindspore.plain["gamma_head.weight"],
        name="mindspore",
    )
    expect.equal(
        0.75, pytorch.plain["gamma_head.weight"], name="pytorch"
    )


def one_group_decays_all(pytorch, mindspore):
    """With groups, `mindspore.nn.SGD` ignores the names: the same parameters,
    passed as one single group, all decay, as in PyTorch.
    """
    theirs, ours = pytorch.one_group, mindspore.one_group
    expect.equal({0.75}, set(theirs.values()), name="pytorch")
    expect.equal({0.75}, set(ours.values()), name="mindspore")
    expect.equal(6, len(ours), name="parameters")


def experimental_decays_all(pytorch, mindspore):
    """Without groups, `mindspore.experimental.optim.SGD` decays parameters
    with `gamma` or `beta` in their names as well as all others, as PyTorch
    does.
    """
    ours = mindspore.experimental
    expect.equal({0.75}, set(ours.values()), name="experimental")
    expect.equal(len(pytorch.plain), len(ours), name="parameters")


def mint_decays_all(pytorch, mindspore):
    """Without groups, `mindspore.mint.optim.SGD` compiled with `@ms.jit`
    decays parameters with `gamma` or `beta` in their names as well as all
    others, as PyTorch does.
    """
    params = mindspore.params
    for param in params:
        param.set_data(ms.ops.ones_like(param))
    optimizer = ms.mint.optim.SGD(params, 1.0, weight_decay=0.25)
    gradients = tuple(
        ms.ops.zeros_like(param) for param in params
    )
    ms.jit(optimizer)(gradients)
    values = [param.asnumpy() for param in params]
    expect.close(
        [np.full(v.shape, 0.75) for v in values],
        values,
        name="mint",
    )
    expect.equal(
        len(pytorch.plain), len(values), name="parameters"
    )


def two_groups_agree(pytorch, mindspore):
    """In the example, with two groups split by `param.ndim`, the second with
    `weight_decay` 0.0, `torch.optim.SGD` and `mindspore.nn.SGD` decay matrices
    but not vectors (biases and norms).
    """
    theirs = list(pytorch.two_groups.values())
    ours = list(mindspore.two_groups.values())
    expect.equal(theirs, ours, name="values")
    expected = [0.75, 1.0, 1.0, 1.0, 0.75, 1.0]
    expect.equal(expected, ours, name="expected")


def other_optimizers_skip_too(pytorch, mindspore):
    """Without groups, `Momentum`, `Adam`, `AdamWeightDecay` and `RMSProp` of
    `mindspore.nn` with a weight decay of 0.25 do not decay parameters called
    `gamma` and `beta`. Passed as one group, these parameters are decayed.
    """
    del pytorch, mindspore
    for name in (
        "Momentum",
        "Adam",
        "AdamWeightDecay",
        "RMSProp",
    ):
        plain, grouped = _moves(name, False), _moves(name, True)
        expect.equal([True, False, False], plain, name=name)
        expect.equal([True] * 3, grouped, name=f"{name}_grouped")


def _moves(name, grouped):
    params = [
        ms.Parameter(ms.Tensor(np.ones(2, np.float32)), name=key)
        for key in ("weight", "gamma", "beta")
    ]
    options = {"momentum": 0.9} if name == "Momentum" else {}
    groups = [{"params": params}] if grouped else params
    optimizer = getattr(ms.nn, name)(
        groups, 0.1, weight_decay=0.25, **options
    )
    optimizer(tuple(ms.ops.zeros_like(param) for param in params))
    return [bool((param.asnumpy() < 1).all()) for param in params]
