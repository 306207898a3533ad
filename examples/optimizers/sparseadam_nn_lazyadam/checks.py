import functools

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from mindspore import nn

DEVICES = ["cpu"]


def same_weights(pytorch, mindspore):
    """In the example, in a step compiled with `@ms.jit` and with
    `optimizer.target = "CPU"`, `mindspore.nn.LazyAdam` matches the table of
    `torch.optim.SparseAdam` after each of 60 steps, here with a learning rate
    of 0.01 and `eps=1e-2`. Both add `eps` before the bias correction, as the
    formula computed with NumPy does.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(pytorch.weights, mindspore.weights, name="both")
    law = _law(pytorch)
    expect.close(law, pytorch.weights, name="pytorch_law")
    expect.close(law, mindspore.weights, name="mindspore_law")


def use_lazy_is_the_same(pytorch, mindspore):
    """In a step compiled with `@ms.jit`, `mindspore.nn.Adam` with
    `use_lazy=True`, `target = "CPU"` and the arguments of the example matches
    the table of `torch.optim.SparseAdam`. Without `use_lazy` it differs,
    because it also updates rows that were looked up only in an earlier step. A
    row that was never looked up does not change.
    """
    ours = _ours(mindspore, nn.Adam, use_lazy=True)
    expect.close(pytorch.weights, ours, name="use_lazy")
    ours = _ours(mindspore, nn.Adam)
    expect.apart(
        pytorch.weights, ours, at_least=0.01, name="plain"
    )
    seen, never, earlier = set(), [], []
    before = mindspore.start
    for rows, after in zip(mindspore.batches, ours, strict=True):
        move = np.abs(after - before).max(axis=1)
        never += [
            move[i] for i in range(5) if i not in seen | {*rows}
        ]
        earlier += [move[i] for i in seen - {*rows}]
        seen |= {*rows}
        before = after
    expect.equal(
        [True, True], [bool(never), bool(earlier)], name="found"
    )
    expect.close(0.0, max(never), tolerance=0.0, name="never")
    expect.equal(True, bool(min(earlier) > 0), name="earlier")


def without_target(pytorch, mindspore):
    """In the example, without `optimizer.target = "CPU"`, a step of
    `mindspore.nn.LazyAdam` compiled with `@ms.jit` raises no error. A row that
    is looked up twice in the step is updated twice, each time with one of its
    two gradients, and so differs from `torch.optim.SparseAdam`.
    """
    ours = _ours(mindspore, nn.LazyAdam, target=None)
    expect.apart(
        pytorch.weights, ours, at_least=0.01, name="apart"
    )
    expect.close(_law_twice(pytorch), ours, name="law")


def negated_loss_maximizes(pytorch, mindspore):
    """`mindspore.nn.LazyAdam` has no `maximize`. In a step compiled with
    `@ms.jit`, with `target = "CPU"`, the loss negated and the arguments of the
    example, it matches the table of `torch.optim.SparseAdam` with
    `maximize=True`.
    """
    theirs = _theirs(pytorch, maximize=True)
    ours = _ours(mindspore, nn.LazyAdam, sign=-1)
    expect.close(theirs, ours, name="both")


def eager_step_raises(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, the gradient of
    `nn.EmbeddingLookup` with `sparse=True` holds only the
    looked-up rows. A step of `mindspore.nn.LazyAdam` raises
    `ValueError` for 2 or 6 rows of a table of 5; with the 5 rows
    0, 0, 1, 2 and 3 it raises no error and changes row 4.
    """
    del pytorch
    expect.raises(
        ValueError,
        functools.partial(
            _ours, mindspore, nn.LazyAdam, jit=False
        ),
        match="var_shape",
        name="eager",
    )
    table = nn.EmbeddingLookup(
        5, 3, ms.Tensor(mindspore.start), sparse=True
    )
    optimizer = nn.LazyAdam(table.trainable_params(), 0.01)
    grad_fn = ms.value_and_grad(
        lambda rows: table(rows).square().sum(),
        None,
        optimizer.parameters,
    )
    _, six = grad_fn(ms.Tensor([0, 0, 1, 2, 3, 4], ms.int32))
    expect.raises(
        ValueError,
        lambda: optimizer(six),
        match="var_shape",
        name="six_rows",
    )
    _, gradients = grad_fn(ms.Tensor([0, 0, 1, 2, 3], ms.int32))
    optimizer(gradients)
    expect.apart(
        mindspore.start[4],
        table.embedding_table[4],
        at_least=0.001,
        name="row_4",
    )


def weight_decay_is_extra(pytorch, mindspore):
    """`torch.optim.SparseAdam` raises `TypeError` for `weight_decay`. In the
    example, in a step compiled with `@ms.jit` and with `target = "CPU"`,
    `mindspore.nn.LazyAdam` adds `weight_decay=0.5` to the looked-up rows once
    per occurrence: a row looked up twice in a step decays twice.
    """
    expect.raises(
        TypeError,
        functools.partial(_theirs, pytorch, weight_decay=0.5),
        match="weight_decay",
        name="pytorch",
    )
    ours = _ours(mindspore, nn.LazyAdam, weight_decay=0.5)
    law = _law(pytorch, decay=0.5)
    expect.close(law, ours, name="per_occurrence")
    law = _law(pytorch, decay=0.5, once=True)
    expect.apart(law, ours, at_least=1e-3, name="per_row")


def _theirs(side, **options):
    table = torch.nn.Embedding(5, 3, sparse=True)
    table.weight.data = torch.tensor(side.start)
    optimizer = torch.optim.SparseAdam(
        table.parameters(), 0.01, eps=1e-2, **options
    )
    weights = []
    for rows in side.batches:
        optimizer.zero_grad()
        table(torch.tensor(rows)).square().sum().backward()
        optimizer.step()
        weights.append(table.weight.numpy(force=True).copy())
    return weights


def _ours(
    side, kind, *, target="CPU", sign=1, jit=True, **options
):
    table = nn.EmbeddingLookup(
        5, 3, ms.Tensor(side.start), sparse=True
    )
    optimizer = kind(
        table.trainable_params(), 0.01, eps=1e-2, **options
    )
    if target:
        optimizer.target = target

    def forward(rows):
        return sign * table(rows).square().sum()

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )

    def step(rows):
        loss, gradients = grad_fn(rows)
        optimizer(gradients)
        return loss

    step = ms.jit(step) if jit else step
    weights = []
    for rows in side.batches:
        step(ms.Tensor(rows, ms.int32))
        weights.append(table.embedding_table.asnumpy().copy())
    return weights


def _law_twice(side):
    table, history = side.start.astype(float), []
    mean, square = np.zeros_like(table), np.zeros_like(table)
    for step, rows in enumerate(side.batches, 1):
        gradient = 2 * table
        rate = 0.01 * np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
        moved = sorted(set(rows))
        for moment, beta, value in (
            (mean, 0.9, gradient),
            (square, 0.999, gradient**2),
        ):
            new = beta * moment + (1 - beta) * value
            moment[moved] = new[moved]
        move = rate * mean / (np.sqrt(square) + 1e-2)
        for row in rows:
            table[row] -= move[row]
        history.append(table.copy())
    return history


def _law(side, decay=0.0, once=False):
    table, history = side.start.astype(float), []
    mean, square = np.zeros_like(table), np.zeros_like(table)
    for step, rows in enumerate(side.batches, 1):
        gradient = np.zeros_like(table)
        for row in rows:
            gradient[row] += (2 + decay * (not once)) * table[row]
        moved = sorted(set(rows))
        if once:
            gradient[moved] += decay * table[moved]
        for moment, beta, value in (
            (mean, 0.9, gradient),
            (square, 0.999, gradient**2),
        ):
            new = beta * moment + (1 - beta) * value
            moment[moved] = new[moved]
        rate = 0.01 * np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
        move = rate * mean / (np.sqrt(square) + 1e-2)
        table[moved] -= move[moved]
        history.append(table.copy())
    return history
