import mindspore as ms
import numpy as np
import torch
from crosswalk import expect

RATES = [0.1, 0.05, 0.025]


def same_updates(pytorch, mindspore):
    """Without momentum and with `gamma` and `decay_rate` of 0.5,
    `optimizer.step()` of SGD followed by `scheduler.step()` of `ExponentialLR`
    in PyTorch makes the same updates as one call of `mindspore.nn.SGD` with an
    `nn.ExponentialDecayLR` with `decay_steps=1`.
    """
    law = np.outer(-np.cumsum(RATES), pytorch.gradient.numpy())
    expect.close(law, np.stack(pytorch.weights), name="pytorch")
    expect.close(
        law, np.stack(mindspore.weights), name="mindspore"
    )


def torch_optimizer_alone(pytorch, mindspore):
    """In PyTorch, `optimizer.step()` of SGD alone does not change the learning
    rate, even if an `ExponentialLR` was built for the optimizer.
    """
    weight, optimizer, scheduler = _torch(pytorch)
    for _ in range(3):
        optimizer.step()
    expect.equal([0.1], scheduler.get_last_lr(), name="rate")
    expect.close(-0.3 * pytorch.gradient, weight, name="weight")


def torch_scheduler_alone(pytorch, mindspore):
    """In PyTorch, `scheduler.step()` of `ExponentialLR` alone changes the
    learning rate but not the weights.
    """
    weight, optimizer, scheduler = _torch(pytorch)
    optimizer.step()
    before = weight.numpy(force=True).copy()
    scheduler.step()
    expect.close([0.05], scheduler.get_last_lr(), name="rate")
    expect.close(before, weight, name="weight")


def nn_each_call(pytorch, mindspore):
    """Each call of `mindspore.nn.SGD` that raises no error adds one to its
    `global_step`.
    """
    expect.equal([1, 2, 3], mindspore.steps)


def nn_list_each_call(pytorch, mindspore):
    """With a list of learning rates, each call of `mindspore.nn.SGD` uses the
    next entry, up to the end of the list.
    """
    weight, optimizer = _nn(mindspore, RATES)
    weights = []
    for _ in RATES:
        optimizer((mindspore.gradient,))
        weights.append(weight.asnumpy().copy())
    expect.close(np.stack(pytorch.weights), np.stack(weights))


def nn_fixed_counts_too(pytorch, mindspore):
    """With a fixed learning rate, `mindspore.nn.SGD` counts its calls in
    `global_step` as well.
    """
    _, optimizer = _nn(mindspore, 0.1)
    for _ in range(3):
        optimizer((mindspore.gradient,))
    expect.equal(3, optimizer.global_step.asnumpy().item())


def nn_global_step_is_the_index(pytorch, mindspore):
    """`mindspore.nn.SGD` uses `global_step` as the index into a list of
    learning rates: setting `global_step` to 2 with `copy_` before the first
    step makes the next call use the third entry.
    """
    weight, optimizer = _nn(mindspore, RATES)
    optimizer.global_step.copy_(ms.Tensor([2], ms.int32))
    optimizer((mindspore.gradient,))
    law = -RATES[2] * mindspore.gradient.asnumpy()
    expect.close(law, weight)


def experimental_needs_scheduler_step(pytorch, mindspore):
    """Calling `mindspore.experimental.optim.SGD` does not change the learning
    rate; `scheduler.step()` of `ExponentialLR` does, as in PyTorch.
    """
    optim = ms.experimental.optim
    weight = ms.Parameter(
        ms.Tensor(mindspore.start), name="weight"
    )
    optimizer = optim.SGD([weight], lr=0.1)
    scheduler = optim.lr_scheduler.ExponentialLR(optimizer, 0.5)
    for _ in range(3):
        optimizer((mindspore.gradient,))
    expect.close(
        [0.1], scheduler.get_last_lr(), name="optimizer_alone"
    )
    scheduler.step()
    expect.close(
        [0.05], scheduler.get_last_lr(), name="scheduler_step"
    )


def _torch(side):
    weight = torch.nn.Parameter(torch.tensor(side.start))
    weight.grad = side.gradient
    optimizer = torch.optim.SGD([weight], lr=0.1)
    scheduler = torch.optim.lr_scheduler.ExponentialLR(
        optimizer, 0.5
    )
    return weight, optimizer, scheduler


def _nn(side, rate):
    weight = ms.Parameter(ms.Tensor(side.start), name="weight")
    return weight, ms.nn.SGD([weight], learning_rate=rate)
