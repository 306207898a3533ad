import mindspore as ms
import numpy as np
from crosswalk import expect


def assignment_takes_effect(pytorch, mindspore):
    """In a step compiled with `@ms.jit` in PyNative mode, `copy_` on the fixed
    learning rate of `mindspore.nn.SGD` without groups takes effect at the next
    step, as in PyTorch.
    """
    sums = -np.cumsum([0.1, 0.01, 0.5])
    law = np.outer(sums, pytorch.gradient.numpy())
    expect.close(law, np.stack(pytorch.weights), name="pytorch")
    expect.close(
        law, np.stack(mindspore.weights), name="mindspore"
    )


def set_data_is_lost(pytorch, mindspore):
    """In a step compiled with `@ms.jit` in PyNative mode that takes the batch
    as its argument, `set_data` on the fixed learning rate of
    `mindspore.nn.SGD` without groups after the first step has no effect for
    batches of a shape that the step has seen before the `set_data`. Batches of
    a new shape use the new learning rate.
    """
    weight = ms.Parameter(
        ms.Tensor(mindspore.start), name="weight"
    )
    optimizer = ms.nn.SGD([weight], learning_rate=0.1)
    step = mindspore.compiled(optimizer)
    step(mindspore.gradient)
    optimizer.learning_rate.set_data(ms.Tensor(0.5, ms.float32))
    step(mindspore.gradient)
    expect.close(0.5, optimizer.learning_rate, name="read")
    law = -2 * 0.1 * mindspore.gradient.asnumpy()
    expect.close(law, weight, name="old_rate_twice")
    weight = ms.Parameter(
        ms.Tensor(mindspore.start), name="weight"
    )
    optimizer = ms.nn.SGD([weight], learning_rate=0.1)

    @ms.jit
    def batch_step(batch):
        optimizer((batch.mean(0),))

    rates = []
    for length in (2, 2, 4, 4, 2):
        before = weight.asnumpy().copy()
        batch_step(ms.Tensor(np.ones((length, 2), np.float32)))
        rates.append((before - weight.asnumpy())[0].item())
        if len(rates) == 1:
            optimizer.learning_rate.set_data(
                ms.Tensor(0.5, ms.float32)
            )
    expect.close(
        [0.1, 0.1, 0.5, 0.5, 0.1], rates, name="two_shapes"
    )


def experimental_assign(pytorch, mindspore):
    """In a step compiled with `@ms.jit` in PyNative mode, `copy_` on
    `param_groups[0]["lr"]` of `mindspore.experimental.optim.SGD`, given as a
    float, takes effect at the next step.
    """
    weight, optimizer, step = _experimental(mindspore)
    step(mindspore.gradient)
    rate = optimizer.param_groups[0]["lr"]
    rate.copy_(ms.Tensor(0.5, ms.float32))
    step(mindspore.gradient)
    law = -(0.1 + 0.5) * mindspore.gradient.asnumpy()
    expect.close(law, weight, name="update")


def experimental_float_is_lost(pytorch, mindspore):
    """In a step compiled with `@ms.jit` in PyNative mode, a plain float
    written into `param_groups[0]["lr"]` of `mindspore.experimental.optim.SGD`
    after the first step has no effect as long as the step is not compiled
    again: the updates keep the old learning rate.
    """
    weight, optimizer, step = _experimental(mindspore)
    step(mindspore.gradient)
    optimizer.param_groups[0]["lr"] = 0.5
    step(mindspore.gradient)
    law = -2 * 0.1 * mindspore.gradient.asnumpy()
    expect.close(law, weight, name="old_rate_twice")


def _experimental(side):
    weight = ms.Parameter(ms.Tensor(side.start), name="weight")
    optimizer = ms.experimental.optim.SGD([weight], lr=0.1)
    return weight, optimizer, side.compiled(optimizer)
