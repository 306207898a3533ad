import inspect

import mindspore as ms
import numpy as np
from crosswalk import expect
from mindspore.experimental import optim


def torch_scheduler_goes_on(pytorch, mindspore):
    """PyTorch's `ExponentialLR` continues from a learning rate written into
    `param_groups[0]["lr"]`.
    """
    law = _weights(pytorch.gradient.numpy(), [0.8, 0.4, 0.2])
    expect.equal([0.1], pytorch.scheduler.base_lrs, name="built")
    expect.close(law, np.stack(pytorch.weights))


def float_cuts_the_scheduler_off(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, a plain float written into
    `param_groups[0]["lr"]` of `mindspore.experimental.optim.SGD` after its
    `ExponentialLR` was built replaces the Parameter: the updates of that group
    use the float, and `ExponentialLR` no longer has an effect on them.
    """
    law = _weights(mindspore.gradient.asnumpy(), [0.8, 0.8, 0.8])
    expect.close(
        law, np.stack(mindspore.weights), name="constant"
    )
    left = np.stack(pytorch.weights)
    right = np.stack(mindspore.weights)
    expect.apart(left, right, at_least=0.5, name="both")


def scheduler_reads_another_rate(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, if a plain float is written into
    `param_groups[0]["lr"]` of `mindspore.experimental.optim.SGD` after its
    `ExponentialLR` was built, `get_last_lr()` still decays the old learning
    rate, which the updates of that group no longer use.
    """
    expect.close([0.0125], mindspore.scheduler.get_last_lr())
    rate = mindspore.optimizer.param_groups[0]["lr"]
    expect.equal(0.8, rate, name="param_groups")


def assign_keeps_the_scheduler(pytorch, mindspore):
    """In `mindspore.experimental.optim` in PyNative mode without `@ms.jit`,
    `optimizer.param_groups[0]["lr"].copy_(value)` sets the learning rate of
    `SGD` and keeps `ExponentialLR` connected: in the example, the updates
    match PyTorch.
    """
    weight = ms.Parameter(
        ms.Tensor(mindspore.start), name="weight"
    )
    optimizer = optim.SGD([weight], lr=0.1)
    scheduler = optim.lr_scheduler.ExponentialLR(optimizer, 0.5)
    rate = optimizer.param_groups[0]["lr"]
    rate.copy_(ms.Tensor(0.8, ms.float32))
    weights = []
    for _ in range(3):
        optimizer((mindspore.gradient,))
        scheduler.step()
        weights.append(weight.asnumpy().copy())
    expect.close(np.stack(pytorch.weights), np.stack(weights))


def mint_sgd_keeps_a_copy(pytorch, mindspore):
    """If its learning rate is given as a float, `mindspore.mint.optim.SGD`
    keeps a second copy, `param_groups[n]["lr_float"]`, and the source of its
    `construct` reads only that copy. Setting `param_groups[n]["lr"]` with
    `copy_` does not change `lr_float`.
    """
    weight = ms.Parameter(
        ms.Tensor(mindspore.start), name="weight"
    )
    optimizer = ms.mint.optim.SGD([weight], lr=0.1)
    group = optimizer.param_groups[0]
    group["lr"].copy_(ms.Tensor(0.8, ms.float32))
    expect.close(0.8, group["lr"], name="lr")
    expect.equal(0.1, group["lr_float"], name="lr_float")
    source = inspect.getsource(ms.mint.optim.SGD.construct)
    read = [
        key for key in ("lr", "lr_float") if f"'{key}'" in source
    ]
    expect.equal(["lr_float"], read, name="read_by_construct")


def _weights(gradient, rates):
    return np.outer(-np.cumsum(rates), gradient)
