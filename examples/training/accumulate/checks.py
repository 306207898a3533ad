import numpy as np
import torch
from crosswalk import expect


def pytorch_adds_up(pytorch, mindspore):
    """Without `zero_grad()` a second `loss.backward()` adds to the first:
    in PyTorch the gradient of the same batch is then twice as large.
    """
    expect.close(2 * pytorch.once, pytorch.twice, name="pytorch")


def nothing_to_zero(pytorch, mindspore):
    """The function that `ms.value_and_grad` returns hands back new gradients
    at each call and keeps none: called twice on one batch it gives the same
    gradient twice, so there is nothing to set to zero.
    """
    expect.close(pytorch.once, mindspore.once, name="first")
    expect.close(pytorch.once, mindspore.twice, name="second")


def zero_grad_gives_none(pytorch, mindspore):
    """`optimizer.zero_grad()` sets PyTorch's gradients to `None`, and to
    zeros only with `set_to_none=False`.
    """
    weight = torch.nn.Parameter(torch.ones(2))
    optimizer = torch.optim.SGD([weight], lr=0.1)
    weight.sum().backward()
    optimizer.zero_grad(set_to_none=False)
    expect.close(
        [0.0, 0.0], [v.item() for v in weight.grad], name="zeros"
    )
    optimizer.zero_grad()
    expect.equal(None, weight.grad, name="default")


def same_updates(pytorch, mindspore):
    """To accumulate, add the gradients yourself, divide the sum by the number
    of batches, and call the MindSpore optimizer once: `mindspore.nn.SGD`
    with momentum then gives PyTorch's weights after each of three updates
    from two batches each.
    """
    expect.equal(3, len(mindspore.weights), name="updates")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def equals_the_large_batch(pytorch, mindspore):
    """The accumulated updates are those of the two batches put together:
    computed with NumPy, SGD with `momentum=0.9` on batches of eight gives the
    same weights on both sides.
    """
    weight, velocity, law = (
        pytorch.start.astype(np.float64),
        0.0,
        [],
    )
    for i in (0, 2, 4):
        x = np.concatenate(pytorch.xs[i : i + 2])
        y = np.concatenate(pytorch.ys[i : i + 2])
        gradient = 2 * (x @ weight.T - y).T @ x / len(x)
        velocity = 0.9 * velocity + gradient
        weight = weight - 0.1 * velocity
        law.append(weight)
    expect.close(law, pytorch.weights, name="pytorch")
    expect.close(law, mindspore.weights, name="mindspore")


def steps_are_optimizer_calls(pytorch, mindspore):
    """A `mindspore.nn` optimizer counts its calls, not the batches: after six
    batches in pairs `global_step` is 3, which is what a schedule sees.
    """
    expect.equal(6, len(mindspore.dataset), name="batches")
    steps = mindspore.optimizer.global_step.asnumpy().tolist()
    expect.equal([3], steps, name="global_step")
