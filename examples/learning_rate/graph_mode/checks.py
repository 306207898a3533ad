import mindspore as ms
import numpy as np
from crosswalk import expect

RATES = [0.1, 0.05, 0.025]


def assignment_takes_effect(pytorch, mindspore):
    """In Graph mode, outside a function compiled with `@ms.jit`, a fixed
    learning rate that `copy_` or `set_data` sets after the optimizer was
    compiled takes effect at the next step of `mindspore.nn.SGD` without
    groups: in the example, the updates match PyTorch.
    """
    law = np.outer([0.1, 0.01, 0.5], pytorch.gradient.numpy())
    expect.close(law, np.stack(pytorch.moved), name="pytorch")
    expect.close(law, np.stack(mindspore.moved), name="mindspore")


def copy_takes_effect(pytorch, mindspore):
    """In Graph mode without `@ms.jit` and without groups, after the optimizer
    was compiled, `copy_` on the fixed learning rate of `mindspore.nn.SGD` and
    on `param_groups[0]["lr"]` of `mindspore.experimental.optim.SGD` takes
    effect at the next step.
    """
    for name, kind in (
        ("nn", ms.nn.SGD),
        ("experimental", ms.experimental.optim.SGD),
    ):
        weight = ms.Parameter(
            ms.Tensor(mindspore.start), name="weight"
        )
        optimizer = kind([weight], 0.1)
        optimizer((mindspore.gradient,))
        rate = (
            optimizer.learning_rate
            if kind is ms.nn.SGD
            else optimizer.param_groups[0]["lr"]
        )
        rate.copy_(ms.Tensor(0.5, ms.float32))
        optimizer((mindspore.gradient,))
        law = -(0.1 + 0.5) * mindspore.gradient.asnumpy()
        expect.close(law, weight, name=name)


def get_lr_reads(pytorch, mindspore):
    """In Graph mode without groups, `optimizer.get_lr()` of `mindspore.nn.SGD`
    returns the learning rate of the next update, for an
    `nn.ExponentialDecayLR` and, up to its end, for a list. Calling it twice
    changes nothing.
    """
    schedule = ms.nn.ExponentialDecayLR(0.1, 0.5, 1)
    for name, rate in (("list", RATES), ("schedule", schedule)):
        weight = ms.Parameter(
            ms.Tensor(mindspore.start), name="weight"
        )
        optimizer = ms.nn.SGD([weight], learning_rate=rate)
        found = []
        for _ in RATES:
            optimizer.get_lr()
            found.append(optimizer.get_lr().asnumpy().item())
            optimizer((mindspore.gradient,))
        expect.close(RATES, found, name=name)
        total = sum(RATES) * mindspore.gradient.asnumpy()
        expect.close(
            total, -weight.asnumpy(), name=f"{name}_update"
        )


def each_call_advances(pytorch, mindspore):
    """In Graph mode without `@ms.jit` and with a fixed learning rate, each
    call of `mindspore.nn.SGD` adds one to `global_step`.
    """
    steps = mindspore.optimizer.global_step.asnumpy().item()
    expect.equal(len(mindspore.moved), steps)
