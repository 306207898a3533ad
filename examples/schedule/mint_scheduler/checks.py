import mindspore as ms
from crosswalk import expect

DEVICES = ["cpu"]


def scheduler_is_ignored(pytorch, mindspore):
    """In a step compiled with `@ms.jit`, `mindspore.mint.optim.SGD` with a
    float as learning rate keeps its first learning rate: an `ExponentialLR` of
    `mindspore.experimental.optim` that wraps it has no effect, but PyTorch's
    SGD follows its scheduler.
    """
    law = [0.1, 0.05, 0.025]
    expect.close(law, pytorch.used, name="pytorch")
    expect.close([0.1] * 3, mindspore.used, name="mindspore")
    expect.apart(
        pytorch.used, mindspore.used, at_least=0.7, name="apart"
    )


def reading_tells_another_story(pytorch, mindspore):
    """`get_last_lr()` of an `ExponentialLR` of `mindspore.experimental.optim`
    that wraps `mindspore.mint.optim.SGD`, given a float as learning rate,
    reports decayed learning rates, but the optimizer does not use them in a
    step compiled with `@ms.jit`.
    """
    expect.close(pytorch.read, mindspore.read, name="read")
    expect.apart(
        mindspore.read, mindspore.used, at_least=0.7, name="apart"
    )


def adam_follows(pytorch, mindspore):
    """In a step compiled with `@ms.jit`, `mindspore.mint.optim.Adam` follows
    `ExponentialLR` of `mindspore.experimental.optim`: with the arguments of
    the example, its weight matches PyTorch's Adam with `ExponentialLR` to
    within 5e-6.
    """
    # in float32, 1 - 0.999**step is exact to about five digits only
    expect.close(
        pytorch.adam_used,
        mindspore.adam_used,
        tolerance=5e-6,
        name="used",
    )
    expect.close(
        pytorch.adam_read, mindspore.adam_read, name="read"
    )


def nothing_moves_in_pynative(pytorch, mindspore):
    """On CPU in PyNative mode without `@ms.jit`, a step of
    `mindspore.mint.optim.SGD` or `mindspore.mint.optim.Adam` with a float as
    learning rate and all else at its default does not update the weight, and
    no error is raised.
    """
    for name in ("SGD", "Adam"):
        weight = ms.Parameter(
            ms.Tensor([0.0], ms.float32), name="weight"
        )
        optimizer = getattr(ms.mint.optim, name)([weight], lr=0.1)
        optimizer((ms.Tensor([1.0], ms.float32),))
        expect.close(0.0, weight.item(), name=name)
