import mindspore as ms
import numpy as np
from crosswalk import expect


def nn_drops_them(pytorch, mindspore):
    """An iterator as `params` of a group (a generator, `filter(...)`) is
    accepted by `mindspore.nn` without a warning, and its parameters are
    missing from the optimizer: it is read once to check the group, and
    nothing is left of it afterwards. PyTorch keeps them.
    """
    expect.equal(
        ["conv.weight", "conv.bias"],
        mindspore.kept,
        name="mindspore_kept",
    )
    expect.equal([2, 2], pytorch.counts, name="pytorch_counts")
    groups = pytorch.optimizer.param_groups
    expect.equal(
        True,
        groups[0]["params"][0] is pytorch.net.conv.weight,
        name="pytorch_first",
    )


def lists_keep_them(pytorch, mindspore):
    """With `list(...)` around the iterator, `mindspore.nn` keeps all
    parameters of the group.
    """
    del pytorch
    expected = [
        "conv.weight",
        "conv.bias",
        "fc.weight",
        "fc.bias",
    ]
    expect.equal(expected, mindspore.from_lists, name="mindspore")


def all_iterators(pytorch, mindspore):
    """Where every group has an iterator, the `mindspore.nn` optimizer is
    built with no parameter at all.
    """
    del pytorch
    params = mindspore.net.trainable_params()
    groups = [{"params": iter(params)}]
    optimizer = ms.nn.SGD(groups, learning_rate=0.1)
    expect.equal(0, len(optimizer.parameters), name="parameters")


def experimental_and_mint_keep_them(pytorch, mindspore):
    """`mindspore.experimental.optim` and `mindspore.mint.optim` keep the
    parameters of an iterator, as PyTorch does.
    """
    for module in (ms.experimental.optim, ms.mint.optim):
        place = module.__name__.split(".")[1]
        optimizer = module.SGD(mindspore.as_iterators(), lr=0.1)
        counts = [
            len(group["params"])
            for group in optimizer.param_groups
        ]
        expect.equal(pytorch.counts, counts, name=place)
    expect.equal([2, 2], mindspore.counts, name="shown")
    for name, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        rates = [g["lr"] for g in side.optimizer.param_groups]
        expect.close([0.01, 0.1], rates, name=f"{name}_rates")


def without_groups(pytorch, mindspore):
    """Without groups an iterator over the parameters is fine for
    `mindspore.nn` and `mindspore.experimental.optim`;
    `mindspore.mint.optim.SGD` raises `ValueError` for it.
    """
    del pytorch
    params = mindspore.net.trainable_params()
    for module in (ms.nn, ms.experimental.optim):
        place = module.__name__.split(".")[1]
        optimizer = module.SGD(iter(params), 0.1)
        expect.equal(4, len(optimizer.parameters), name=place)
    expect.raises(
        ValueError,
        lambda: ms.mint.optim.SGD(iter(params), 0.1),
        match="must not be empty",
        name="mint",
    )


def single_parameters(pytorch, mindspore):
    """A single `Parameter` as `params`, without a list, raises `TypeError`
    in `mindspore.nn`; `mindspore.experimental.optim` accepts it.
    """
    del pytorch
    ones = np.ones(2, np.float32)
    param = ms.Parameter(ms.Tensor(ones), name="param")
    expect.raises(
        TypeError,
        lambda: ms.nn.SGD([{"params": param}], 0.1),
        match="must be Parameter type",
        name="mindspore_nn",
    )
    optimizer = ms.experimental.optim.SGD(
        [{"params": param}], 0.1
    )
    expect.equal(
        1, len(optimizer.parameters), name="experimental"
    )
