import mindspore as ms
from crosswalk import expect


def list_works(pytorch, mindspore):
    """In the example, in a training step compiled with `@ms.jit` in PyNative
    mode, without momentum, `nn.SGD` with the list of `nn.exponential_decay_lr`
    for `decay_rate=0.5` and `decay_epoch=1` matches PyTorch's weights with
    `ExponentialLR` and `gamma=0.5`, stepped once per epoch, at every step.
    """
    expect.close(
        pytorch.weights, mindspore.by_list, name="weights"
    )


def cell_works(pytorch, mindspore):
    """In the example, in a training step compiled with `@ms.jit` in PyNative
    mode, without momentum, `nn.SGD` with `nn.ExponentialDecayLR`,
    `decay_rate=0.5`, `is_stair=True` and `decay_steps` set to the steps per
    epoch matches PyTorch's weights with `ExponentialLR` and `gamma=0.5`,
    stepped once per epoch, at every step.
    """
    expect.close(
        pytorch.weights, mindspore.by_cell, name="weights"
    )


def scheduler_works(pytorch, mindspore):
    """In the example, without momentum and with `gamma=0.5`, a training step
    compiled with `@ms.jit` uses the new learning rate after `scheduler.step()`
    of an `ExponentialLR` that wraps `mindspore.experimental.optim.SGD`: the
    weights match PyTorch's at every step.
    """
    expect.close(
        pytorch.weights, mindspore.by_scheduler, name="weights"
    )


def scheduler_works_compiled(pytorch, mindspore):
    """`scheduler.step()` of an `ExponentialLR` that wraps
    `mindspore.experimental.optim.SGD` may itself be inside a function compiled
    with `@ms.jit`: in the example, without momentum and with `gamma=0.5`, the
    weights still match PyTorch's at every step.
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
