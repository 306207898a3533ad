from functools import partial

import mindspore as ms
import numpy as np
from crosswalk import expect
from crosswalk.introspect import subclasses
from shared import build_optimizer, nn_optimizers


def by_hand(pytorch, mindspore):
    """In the example, subtracting the mean of each output channel's gradient
    before the optimizer runs gives the same update in `torch.optim.SGD` and
    `mindspore.nn.SGD` without weight decay or momentum. The update has a mean
    of zero in every channel, to within 1e-6.
    """
    g = pytorch.gradient.astype(float)
    law = -0.1 * (g - g.mean(axis=(1, 2, 3), keepdims=True))
    expect.close(law, pytorch.moved, name="pytorch")
    expect.close(law, mindspore.moved, name="mindspore")
    means = mindspore.moved.mean(axis=(1, 2, 3))
    expect.close(np.zeros(4), means, name="channel_means")


def silent_for_three_channels(pytorch, mindspore):
    """On CPU, with `"grad_centralization": True`, `nn.SGD` of `mindspore.nn`
    still applies the plain gradient to a convolution with three input
    channels, without a warning.
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
    """On CPU in PyNative mode, the first step of `mindspore.nn.SGD` with
    `"grad_centralization": True` raises `RuntimeError` if the second dimension
    of a convolution's weight is 16, 32 or 48, because CPU has no operator for
    it. Convolutions with 8 or 17 input channels, and a vector of 16 elements,
    get their plain gradient.
    """
    del pytorch, mindspore
    for shape in ((4, 8, 3, 3), (4, 17, 3, 3), (16,)):
        expect.close(
            -np.ones(shape), _moved(shape), name=_label(shape)
        )
    for shape in ((4, 16, 3, 3), (4, 32, 3, 3), (4, 48, 3, 3)):
        expect.raises(
            RuntimeError,
            partial(_moved, shape),
            match=r"Unsupported op \[Centralization\] on CPU",
            name=_label(shape),
        )


def dense_layers_too(pytorch, mindspore):
    """The key `grad_centralization` is not limited to convolutions: on CPU in
    PyNative mode, a dense weight with 16 inputs raises the same `RuntimeError`
    in `mindspore.nn.SGD`.
    """
    del pytorch, mindspore
    expect.raises(
        RuntimeError,
        lambda: _moved((4, 16)),
        match=r"Unsupported op \[Centralization\] on CPU",
        name="dense_16",
    )


def only_true_or_false(pytorch, mindspore):
    """`mindspore.nn.SGD` accepts `True` and `False` for the key
    `grad_centralization`: `1`, `0`, `None` and text raise `TypeError`.
    """
    del pytorch, mindspore
    for name, value in (
        ("one", 1),
        ("zero", 0),
        ("none", None),
        ("text", "True"),
    ):
        expect.raises(
            TypeError,
            partial(_moved, (4, 8), value=value),
            match="must be bool type",
            name=name,
        )
    for value in (True, False):
        expect.close(
            -np.ones((4, 8)),
            _moved((4, 8), value=value),
            name=f"{value}",
        )


def ignored_elsewhere(pytorch, mindspore):
    """Every optimizer of `mindspore.experimental.optim` in PyNative mode and,
    compiled with `@ms.jit`, `Adam` and `SGD` of `mindspore.mint.optim` accept
    `"grad_centralization": True` in a group and ignore it in the first step:
    even a weight with 16 inputs gets its plain gradient.
    """
    del pytorch, mindspore
    optim = ms.experimental.optim
    for place, module, names in (
        (
            "experimental",
            optim,
            subclasses(optim, optim.Optimizer),
        ),
        ("mint", ms.mint.optim, ("Adam", "SGD")),
    ):
        for name in names:
            move = partial(
                _moved,
                (4, 16),
                module,
                name,
                slope=True,
            )
            moved, plain = move(), move(value=False)
            record = f"{place}_{name}"
            expect.close(plain, moved, name=record)
            expect.apart(
                plain * 0,
                moved,
                at_least=1e-4,
                name=f"{record}_moves",
            )


def ignored_by_adam_weight_decay(pytorch, mindspore):
    """On CPU in PyNative mode, with `"grad_centralization": True` and a dense
    weight with 16 inputs, the optimizers of `mindspore.nn` that take
    parameters raise `RuntimeError` at the first step, except three:
    `AdamWeightDecay`, `AdamOffload` and `AdaFactor` ignore the key, and make
    the same update as without it.
    """
    del pytorch, mindspore
    for name in nn_optimizers():
        if name not in (
            "AdamWeightDecay",
            "AdamOffload",
            "AdaFactor",
        ):
            expect.raises(
                RuntimeError,
                partial(_moved, (4, 16), name=name),
                match=r"Unsupported op \[Centralization\] on CPU",
                name=name,
            )
            continue
        moved = _moved((4, 16), name=name, slope=True)
        plain = _moved(
            (4, 16), name=name, value=False, slope=True
        )
        expect.close(plain, moved, name=name)
        expect.apart(
            plain * 0, moved, at_least=1e-4, name=f"{name}_moves"
        )


def _moved(
    shape, module=ms.nn, name="SGD", value=True, slope=False
):
    gradient = np.ones(shape, np.float32)
    if slope:
        gradient = np.arange(gradient.size, dtype=np.float32) + 1
        gradient = gradient.reshape(shape)
    zeros = ms.Tensor(np.zeros(shape, np.float32))
    weight = ms.Parameter(zeros, name="weight")
    groups = [{"params": [weight], "grad_centralization": value}]
    cls = getattr(module, name)
    if module is ms.nn:
        optimizer = build_optimizer(
            cls, groups, learning_rate=1.0
        )
    else:
        optimizer = cls(groups, lr=1.0)
    in_place = module is ms.mint.optim
    step = ms.jit(optimizer) if in_place else optimizer
    step((ms.Tensor(gradient),))
    return weight.asnumpy()


def _label(shape):
    return "x".join(map(str, shape))
