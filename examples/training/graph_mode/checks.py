import mindspore as ms
from crosswalk import expect


def same_updates(pytorch, mindspore):
    """In Graph mode three epochs of `mindspore.nn.SGD` with momentum and an
    `nn.ExponentialDecayLR` with `is_stair=True` give the same losses and
    weights as PyTorch with `ExponentialLR`, step by step.
    """
    expect.equal(
        ms.GRAPH_MODE, ms.get_context("mode"), name="mode"
    )
    expect.close(pytorch.losses, mindspore.losses, name="losses")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def each_call_advances_the_rate(pytorch, mindspore):
    """In Graph mode, too, nine calls of `mindspore.nn.SGD` bring
    `global_step` to 9, and `get_lr()` to the rate of the tenth step.
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
    """In Graph mode three epochs of `mindspore.experimental.optim.SGD` with
    `ExponentialLR` and momentum give the same losses and weights as PyTorch,
    step by step.
    """
    expect.close(
        pytorch.losses, mindspore.other_losses, name="losses"
    )
    expect.close(
        pytorch.weights, mindspore.other_weights, name="weights"
    )
