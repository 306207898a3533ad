import mindspore as ms
from crosswalk import expect


def list_works(pytorch, mindspore):
    """Inside a training step compiled with `@ms.jit`, `nn.SGD` with the list
    of `nn.exponential_decay_lr` gives the weights of PyTorch's `ExponentialLR`
    at every step.
    """
    expect.close(
        pytorch.weights, mindspore.by_list, name="weights"
    )


def cell_works(pytorch, mindspore):
    """Inside a training step compiled with `@ms.jit`, `nn.SGD` with
    `nn.ExponentialDecayLR` and `is_stair=True` gives the weights of PyTorch's
    `ExponentialLR` at every step.
    """
    expect.close(
        pytorch.weights, mindspore.by_cell, name="weights"
    )


def scheduler_works(pytorch, mindspore):
    """`scheduler.step()` of `ExponentialLR` over
    `mindspore.experimental.optim.SGD`, called between calls of a training step
    compiled with `@ms.jit`, reaches the compiled step: the weights are those
    of PyTorch's `ExponentialLR` at every step.
    """
    expect.close(
        pytorch.weights, mindspore.by_scheduler, name="weights"
    )


def scheduler_works_compiled(pytorch, mindspore):
    """`scheduler.step()` of `ExponentialLR` over
    `mindspore.experimental.optim.SGD` may itself be inside a function compiled
    with `@ms.jit`: the weights are again those of PyTorch's `ExponentialLR` at
    every step.
    """
    expect.close(
        pytorch.weights,
        mindspore.by_compiled_scheduler,
        name="weights",
    )


def mode_is_pynative(pytorch, mindspore):
    """The comparison of schedules in a training step compiled with `@ms.jit`
    runs in the default PyNative mode.
    """
    expect.equal(
        ms.PYNATIVE_MODE, ms.get_context("mode"), name="mode"
    )
