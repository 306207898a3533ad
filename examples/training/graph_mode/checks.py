import mindspore as ms
from crosswalk import expect


def same_updates(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, `mindspore.nn.SGD` with `momentum=0.9`
    and an `nn.ExponentialDecayLR` (`is_stair=True`) matches PyTorch with
    `ExponentialLR` over three epochs of the example: losses and weights agree
    at every step.
    """
    expect.equal(
        ms.GRAPH_MODE, ms.get_context("mode"), name="mode"
    )
    expect.close(pytorch.losses, mindspore.losses, name="losses")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def each_call_advances_the_rate(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, `global_step` of `mindspore.nn.SGD` is
    9 after nine calls, and `get_lr()` returns the learning rate of the tenth
    step.
    """
    optimizer = mindspore.optimizer
    expect.equal(
        [9],
        optimizer.global_step.asnumpy().tolist(),
        name="global_step",
    )
    expect.close(
        0.05 * 0.9**3, optimizer.get_lr(), name="next_rate"
    )


def experimental_gives_the_same(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, `mindspore.experimental.optim.SGD` with
    `momentum=0.9` and `ExponentialLR` matches PyTorch over three epochs of the
    example: losses and weights agree at every step.
    """
    expect.close(
        pytorch.losses, mindspore.other_losses, name="losses"
    )
    expect.close(
        pytorch.weights, mindspore.other_weights, name="weights"
    )
