import mindspore as ms
from crosswalk import expect


def same_updates(pytorch, mindspore):
    """With the whole training step under `@ms.jit`, gradients and optimizer
    call together, three epochs of `mindspore.nn.SGD` with momentum and an
    `nn.ExponentialDecayLR` with `is_stair=True` give the same losses and
    weights as PyTorch with `ExponentialLR`, step by step.
    """
    expect.equal(
        ms.PYNATIVE_MODE, ms.get_context("mode"), name="mode"
    )
    expect.close(pytorch.losses, mindspore.losses, name="losses")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def each_call_advances_the_rate(pytorch, mindspore):
    """Inside a step under `@ms.jit` each call of `mindspore.nn.SGD` advances
    the rate by one step: after nine calls `global_step` is 9 and `get_lr()`
    is the rate of the tenth step.
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
    """With the step under `@ms.jit` and `scheduler.step()` outside it, three
    epochs of `mindspore.experimental.optim.SGD` with `ExponentialLR` and
    momentum give the same losses and weights as PyTorch: the compiled step
    sees the rate that the scheduler has set.
    """
    expect.close(
        pytorch.losses, mindspore.other_losses, name="losses"
    )
    expect.close(
        pytorch.weights, mindspore.other_weights, name="weights"
    )
