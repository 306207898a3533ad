import mindspore as ms
from crosswalk import expect


def list_works(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, in the example without momentum,
    `nn.SGD` with the list of `nn.exponential_decay_lr` for `decay_rate=0.5`
    and `decay_epoch=1` matches PyTorch's weights with `ExponentialLR` and
    `gamma=0.5`, stepped once per epoch, at every step.
    """
    expect.equal(
        ms.GRAPH_MODE, ms.get_context("mode"), name="mode"
    )
    expect.close(
        pytorch.weights, mindspore.by_list, name="weights"
    )


def cell_works(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, in the example without momentum,
    `nn.SGD` with `nn.ExponentialDecayLR`, `decay_rate=0.5`, `is_stair=True`
    and `decay_steps` set to the steps per epoch matches PyTorch's weights with
    `ExponentialLR` and `gamma=0.5`, stepped once per epoch, at every step.
    """
    expect.equal(
        ms.GRAPH_MODE, ms.get_context("mode"), name="mode"
    )
    expect.close(
        pytorch.weights, mindspore.by_cell, name="weights"
    )


def scheduler_works(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, in the example without momentum and
    with `gamma=0.5`, `SGD` with `ExponentialLR` of
    `mindspore.experimental.optim` matches PyTorch's weights with
    `ExponentialLR` at every step.
    """
    expect.equal(
        ms.GRAPH_MODE, ms.get_context("mode"), name="mode"
    )
    expect.close(
        pytorch.weights, mindspore.by_scheduler, name="weights"
    )


def list_runs_out(pytorch, mindspore):
    """In Graph mode without `@ms.jit` on CPU, the step after the last value of
    a list of learning rates raises a `RuntimeError` in `nn.SGD` without groups
    and does not change the weight.
    """
    expect.equal(
        ms.GRAPH_MODE, ms.get_context("mode"), name="mode"
    )
    weight = ms.Parameter(
        ms.Tensor([0.0], ms.float32), name="weight"
    )
    optimizer = ms.nn.SGD([weight], learning_rate=[0.1, 0.05])
    gradient = (ms.Tensor([1.0], ms.float32),)
    optimizer(gradient)
    optimizer(gradient)
    expect.raises(
        RuntimeError,
        lambda: optimizer(gradient),
        match=r"range \[0, 2\), but got 2",
        name="third_step",
    )
    expect.close(-0.15, weight.item(), name="weight")
