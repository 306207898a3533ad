from functools import partial

import mindspore as ms
import numpy as np
from crosswalk import expect


def by_hand(pytorch, mindspore):
    """Subtracting from each output channel's gradient its mean, before the
    optimizer runs, gives the same update in PyTorch and MindSpore; that
    update has mean zero in every channel.
    """
    g = pytorch.gradient.astype(float)
    law = -0.1 * (g - g.mean(axis=(1, 2, 3), keepdims=True))
    expect.close(law, pytorch.moved, name="pytorch")
    expect.close(law, mindspore.moved, name="mindspore")
    means = mindspore.moved.mean(axis=(1, 2, 3))
    expect.close(np.zeros(4), means, name="channel_means")


def silent_for_three_channels(pytorch, mindspore):
    """With `"grad_centralization": True`, `nn.SGD` of `mindspore.nn` still
    applies the plain gradient to a convolution with three input channels,
    without a warning.
    """
    plain = -0.1 * mindspore.gradient
    expect.close(
        plain, mindspore.with_the_key, name="plain_gradient"
    )
    expect.apart(
        pytorch.moved,
        mindspore.with_the_key,
        at_least=0.1,
        name="centred",
    )


def multiples_of_sixteen(pytorch, mindspore):
    """On a CPU, `"grad_centralization": True` of `mindspore.nn.SGD` raises
    `RuntimeError` at the first step where the second dimension of the
    weight is 16 or 32, because its operator does not exist there;
    convolutions with 8 or 17 input channels, and vectors, keep their plain
    gradient.
    """
    del pytorch, mindspore
    for shape in ((4, 8, 3, 3), (4, 17, 3, 3), (16,)):
        expect.close(
            -np.ones(shape), _moved(shape), name=_label(shape)
        )
    for shape in ((4, 16, 3, 3), (4, 32, 3, 3)):
        expect.raises(
            RuntimeError,
            partial(_moved, shape),
            match=r"Unsupported op \[Centralization\] on CPU",
            name=_label(shape),
        )


def dense_layers_too(pytorch, mindspore):
    """The key `grad_centralization` is not limited to convolutions: on a CPU,
    a dense weight with 16 inputs raises the same `RuntimeError` in
    `mindspore.nn.SGD`.
    """
    del pytorch, mindspore
    expect.raises(
        RuntimeError,
        lambda: _moved((4, 16)),
        match=r"Unsupported op \[Centralization\] on CPU",
        name="dense_16",
    )


def only_true_or_false(pytorch, mindspore):
    """`mindspore.nn.SGD` takes only `True` or `False` for the key
    `grad_centralization`: `1` raises `TypeError`.
    """
    del pytorch, mindspore
    expect.raises(
        TypeError,
        lambda: _moved((4, 8), value=1),
        match="must be bool type",
        name="one",
    )


def ignored_elsewhere(pytorch, mindspore):
    """`SGD` of `mindspore.experimental.optim` and `mindspore.mint.optim`
    accepts the key `grad_centralization` in a group and ignores it: even a
    weight with 16 input channels gets its plain gradient.
    """
    del pytorch, mindspore
    shape = (4, 16, 3, 3)
    for module in (ms.experimental.optim, ms.mint.optim):
        place = module.__name__.split(".")[1]
        expect.close(
            -np.ones(shape), _moved(shape, module), name=place
        )


def ignored_by_adam_weight_decay(pytorch, mindspore):
    """On a CPU, with `"grad_centralization": True` and a dense weight with 16
    inputs, `Momentum`, `Adam` and `RMSProp` of `mindspore.nn` raise
    `RuntimeError`, and `AdamWeightDecay` ignores the key: it makes the same
    update as without it.
    """
    del pytorch, mindspore
    for name in ("Momentum", "Adam", "RMSProp"):
        expect.raises(
            RuntimeError,
            partial(_moved, (4, 16), name=name),
            match=r"Unsupported op \[Centralization\] on CPU",
            name=name,
        )
    moved = _moved((4, 16), name="AdamWeightDecay")
    plain = _moved((4, 16), name="AdamWeightDecay", value=False)
    expect.close(plain, moved, name="AdamWeightDecay")
    expect.apart(
        plain,
        plain * 0,
        at_least=0.1,
        name="AdamWeightDecay_moves",
    )


def _moved(shape, module=ms.nn, name="SGD", value=True):
    zeros, ones = (
        np.zeros(shape, np.float32),
        np.ones(shape, np.float32),
    )
    weight = ms.Parameter(ms.Tensor(zeros), name="weight")
    groups = [{"params": [weight], "grad_centralization": value}]
    options = {"momentum": 0.9} if name == "Momentum" else {}
    optimizer = getattr(module, name)(groups, 1.0, **options)
    ms.jit(optimizer)((ms.Tensor(ones),))
    return weight.asnumpy()


def _label(shape):
    return "x".join(map(str, shape))
