import mindspore as ms
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
    at each call and keeps none: called twice on one batch of the linear model
    in the example, it gives the same gradient twice, so there is nothing to
    set to zero.
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
    """To accumulate, keep the line of the PyTorch loop that divides each loss
    by the number of batches, add the gradients yourself, and call the
    optimizer once: `mindspore.nn.SGD` with a fixed learning rate and
    `momentum=0.9` then matches `torch.optim.SGD` after each of three updates
    from two batches each.
    """
    expect.equal(3, len(mindspore.weights), name="updates")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def divide_once(pytorch, mindspore):
    """For batches of equal size and a mean loss, divide the loss or the sum of
    the gradients by the number of batches, not both: dividing the sum of two
    batches without dividing the loss gives PyTorch's gradient, and dividing
    both gives half of it.
    """
    x, y = (pair[:2] for pair in (pytorch.xs, pytorch.ys))
    expected = _gradient(
        pytorch, np.concatenate(x), np.concatenate(y)
    )
    model, loss_fn = mindspore.model, mindspore.loss_fn
    weight = ms.Tensor(pytorch.start)
    for name, every, factor in (
        ("once", 1, 1),
        ("twice", 2, 0.5),
    ):
        grad_fn = ms.value_and_grad(
            lambda x, y, every=every: (
                loss_fn(model(x), y) / every
            ),
            None,
            [model.weight],
        )
        model.weight.copy_(weight)
        model.bias.copy_(ms.ops.zeros_like(model.bias))
        grads = [
            grad_fn(*batch)[1][0]
            for batch in mindspore.dataset[:2]
        ]
        divided = (grads[0] + grads[1]) / 2
        expect.close(factor * expected, divided, name=name)


def equals_the_large_batch(pytorch, mindspore):
    """For a linear model, two batches of four, accumulated into one update of
    a mean loss, match one batch of eight: `torch.optim.SGD` and
    `mindspore.nn.SGD` with `momentum=0.9` reach the weights that NumPy
    computes from batches of eight.
    """
    weight, velocity, law = (
        np.append(
            pytorch.start.astype(np.float64), [[0]], axis=1
        ),
        0.0,
        [],
    )
    for i in (0, 2, 4):
        x = np.concatenate(pytorch.xs[i : i + 2])
        y = np.concatenate(pytorch.ys[i : i + 2])
        x = np.append(x, np.ones_like(y), axis=1)
        gradient = 2 * (x @ weight.T - y).T @ x / len(x)
        velocity = 0.9 * velocity + gradient
        weight = weight - 0.1 * velocity
        law.append(weight[0])
    expect.close(law, pytorch.weights, name="pytorch")
    expect.close(law, mindspore.weights, name="mindspore")


def steps_are_optimizer_calls(pytorch, mindspore):
    """`mindspore.nn.SGD` counts its own calls, not the batches: after six
    batches in pairs, `global_step`, which a schedule reads, is 3.
    """
    expect.equal(6, len(mindspore.dataset), name="batches")
    steps = mindspore.optimizer.global_step.asnumpy().tolist()
    expect.equal([3], steps, name="global_step")


def _gradient(side, x, y):
    weight = side.start.astype(np.float64)
    return 2 * (x @ weight.T - y).T @ x / len(x)
