import mindspore as ms
import numpy as np
from crosswalk import expect
from shared import update_once


def raises_past_the_end(pytorch, mindspore):
    """On CPU in PyNative mode without `@ms.jit`, the step after the last value
    of a list of learning rates raises a `RuntimeError` from the operator
    `Gather` in `mindspore.nn.SGD`; PyTorch's `ExponentialLR` continues.
    """
    optimizer = _optimizer([0.1, 0.05, 0.025])
    for _ in range(3):
        update_once(optimizer)
    expect.raises(
        RuntimeError,
        lambda: update_once(optimizer),
        match=r"range \[0, 3\), but got 3",
        name="fourth_step",
    )
    law = -0.1 * np.cumsum(0.5 ** np.arange(4))
    expect.close(law, np.array(pytorch.weights), name="pytorch")


def nothing_is_updated(pytorch, mindspore):
    """On CPU in PyNative mode without `@ms.jit`, the step after the last value
    of a list of learning rates raises an error in `nn.SGD` and changes neither
    the weight nor `global_step`.
    """
    expect.close(
        pytorch.weights[:3], mindspore.weights[:3], name="before"
    )
    expect.close(
        pytorch.weights[2], mindspore.weights[3], name="after"
    )
    count = mindspore.optimizer.global_step.asnumpy().tolist()
    expect.equal([3], count, name="global_step")


def cell_goes_on(pytorch, mindspore):
    """`nn.ExponentialDecayLR` has no length: `nn.SGD` with it takes a fourth
    step, where a list of three learning rates has run out, and with a
    `decay_rate` of 0.5, `decay_steps=1` and no momentum the weights match
    PyTorch.
    """
    schedule = ms.nn.ExponentialDecayLR(0.1, 0.5, decay_steps=1)
    optimizer = _optimizer(schedule)
    weights = []
    for _ in range(4):
        update_once(optimizer)
        weights.append(optimizer.parameters[0].item())
    expect.close(pytorch.weights, weights, name="weights")


def padded_list_goes_on(pytorch, mindspore):
    """With a list of learning rates padded once with its last value, `nn.SGD`
    takes one extra step at that value and raises no error.
    """
    optimizer = _optimizer(
        [*mindspore.rates, mindspore.rates[-1]]
    )
    for _ in range(4):
        update_once(optimizer)
    weight = optimizer.parameters[0].item()
    expect.close(-0.1 - 0.05 - 2 * 0.025, weight, name="weight")


def _optimizer(rate):
    weight = ms.Parameter(
        ms.Tensor([0.0], ms.float32), name="weight"
    )
    return ms.nn.SGD([weight], learning_rate=rate)
