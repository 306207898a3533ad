from itertools import pairwise

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from mindspore import nn


def lazy_adam_is_sparse_adam(pytorch, mindspore):
    """In a function compiled with `@ms.jit`, `mindspore.nn.LazyAdam` with a
    learning rate of 0.01, `optimizer.target = "CPU"` and the sparse gradients
    of `nn.EmbeddingLookup` matches the table of `torch.optim.SparseAdam` after
    the three steps of the example: a step updates only the rows that were
    looked up in it.
    """
    expect.close(pytorch.lazy, mindspore.lazy, name="both")
    expect.close(
        _law(pytorch, lazy=True), mindspore.lazy, name="law"
    )


def adam_moves_the_other_rows(pytorch, mindspore):
    """In a function compiled with `@ms.jit`, `mindspore.nn.Adam` with a
    learning rate of 0.01, `optimizer.target = "CPU"` and the sparse gradients
    of `nn.EmbeddingLookup` updates, in each of the three steps of the example,
    every row that was looked up in that step or in an earlier one. With
    gradients of about 1, its table matches `torch.optim.Adam` with dense
    gradients, and differs from `LazyAdam`. With the loss multiplied by 1e-5 it
    differs from `torch.optim.Adam`, because it adds `eps` before the bias
    correction. In a longer run, a row that was looked up only in the first
    step no longer changes in step 202.
    """
    expect.close(pytorch.dense, mindspore.dense, name="both")
    expect.close(
        _law(pytorch, lazy=False), mindspore.dense, name="law"
    )
    lazy, dense = mindspore.lazy, mindspore.dense
    expect.apart(lazy, dense, at_least=0.005, name="apart")
    tables = _adam_tables(mindspore, pytorch.batches)
    moved = [
        np.flatnonzero((new != old).any(1)).tolist()
        for old, new in pairwise(tables)
    ]
    expect.equal(
        [[0, 1], [0, 1, 2], [0, 1, 2]], moved, name="moved"
    )
    expect.close(dense, tables[-1], name="same_run")
    law = _law(pytorch, lazy=False, scale=1e-5)
    small = _adam_tables(mindspore, pytorch.batches, scale=1e-5)
    expect.close(law, small[-1], name="small_law")
    theirs = _dense_adam(pytorch, 1e-5)
    expect.apart(theirs, small[-1], at_least=1e-3, name="small")
    later = [[0, 1]] + [[1, 2]] * 201
    tables = _adam_tables(mindspore, later)
    expect.close(
        tables[-2][0], tables[-1][0], tolerance=0.0, name="stops"
    )


def pytorch_adam_refuses(pytorch, mindspore):
    """A step of `torch.optim.Adam` with the sparse gradient of
    `torch.nn.Embedding(..., sparse=True)` raises a `RuntimeError`, whose
    message names `SparseAdam`.
    """
    del mindspore
    expect.raises(
        RuntimeError,
        lambda: pytorch.trained(torch.optim.Adam, sparse=True),
        match="SparseAdam",
    )


def pynative_raises(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, a step of `mindspore.nn.LazyAdam`
    with `optimizer.target = "CPU"` and the gradients of
    `nn.EmbeddingLookup(..., sparse=True)` for two rows of a table of four
    raises a `ValueError`, whose message names the shape of the table and that
    of the rows that were looked up. With as many indices as the table has
    rows, here `[0, 1, 1, 2]`, the step raises no error but updates row 3,
    which was not looked up.
    """
    del pytorch
    expect.raises(
        ValueError,
        lambda: mindspore.trained(nn.LazyAdam, jit=False),
        match="var_shape",
    )
    table = nn.EmbeddingLookup(
        4, 3, ms.Tensor(mindspore.start), sparse=True
    )
    optimizer = nn.LazyAdam(table.trainable_params(), 0.01)
    optimizer.target = "CPU"
    grad_fn = ms.grad(
        lambda rows: table(rows).square().sum(),
        None,
        optimizer.parameters,
    )
    optimizer(grad_fn(ms.Tensor([0, 1, 1, 2], ms.int32)))
    expect.close(
        mindspore.start[3] - 0.01,
        table.embedding_table.asnumpy()[3],
        name="row_not_looked_up",
    )


def _adam_tables(side, batches, scale=1.0):
    table = nn.EmbeddingLookup(
        4, 3, ms.Tensor(side.start), sparse=True
    )
    optimizer = nn.Adam(table.trainable_params(), 0.01)
    optimizer.target = "CPU"

    def loss_fn(rows):
        return scale * table(rows).square().sum()

    grad_fn = ms.value_and_grad(
        loss_fn, None, optimizer.parameters
    )

    @ms.jit
    def step(rows):
        loss, gradients = grad_fn(rows)
        optimizer(gradients)
        return loss

    tables = [side.start]
    for rows in batches:
        step(ms.Tensor(rows, ms.int32))
        tables.append(table.embedding_table.asnumpy().copy())
    return tables


def _dense_adam(side, scale):
    table = torch.nn.Embedding(4, 3)
    table.weight.data = torch.tensor(side.start)
    optimizer = torch.optim.Adam(table.parameters(), lr=0.01)
    for rows in side.batches:
        optimizer.zero_grad()
        loss = table(torch.tensor(rows)).square().sum()
        (scale * loss).backward()
        optimizer.step()
    return table.weight.numpy(force=True)


def _law(side, lazy, scale=1.0):
    lr, beta1, beta2, eps = 0.01, 0.9, 0.999, 1e-8
    table = side.start.astype(float)
    mean, square = np.zeros_like(table), np.zeros_like(table)
    for step, rows in enumerate(side.batches, 1):
        gradient = np.zeros_like(table)
        for row in rows:
            gradient[row] += 2 * scale * table[row]
        moved = sorted(set(rows)) if lazy else slice(None)
        for moment, beta, value in (
            (mean, beta1, gradient),
            (square, beta2, gradient**2),
        ):
            new = beta * moment + (1 - beta) * value
            moment[moved] = new[moved]
        rate = lr * np.sqrt(1 - beta2**step) / (1 - beta1**step)
        move = rate * mean / (np.sqrt(square) + eps)
        table[moved] -= move[moved]
    return table
