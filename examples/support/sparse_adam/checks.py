import numpy as np
import torch
from crosswalk import expect
from mindspore import nn


def lazy_adam_is_sparse_adam(pytorch, mindspore):
    """Inside a function compiled with `ms.jit`, `mindspore.nn.LazyAdam` with
    the sparse gradients of `nn.EmbeddingLookup` gives the table that
    `torch.optim.SparseAdam` gives: only the rows that were looked up in a
    step move in that step.
    """
    expect.close(pytorch.lazy, mindspore.lazy, name="both")
    expect.close(
        _law(pytorch, lazy=True), mindspore.lazy, name="law"
    )


def adam_moves_the_other_rows(pytorch, mindspore):
    """Inside a function compiled with `ms.jit`, `mindspore.nn.Adam` with the
    sparse gradients of `nn.EmbeddingLookup` moves, in each step, every row
    that was looked up in that step or in an earlier one; its table is that
    of `torch.optim.Adam` with dense gradients, and not that of `LazyAdam`.
    """
    expect.close(pytorch.dense, mindspore.dense, name="both")
    expect.close(
        _law(pytorch, lazy=False), mindspore.dense, name="law"
    )
    lazy, dense = mindspore.lazy, mindspore.dense
    expect.apart(lazy, dense, at_least=0.005, name="apart")


def pytorch_adam_refuses(pytorch, mindspore):
    """`torch.optim.Adam` raises `RuntimeError` for sparse gradients and
    names `SparseAdam`.
    """
    del mindspore
    expect.raises(
        RuntimeError,
        lambda: pytorch.trained(torch.optim.Adam, sparse=True),
        match="SparseAdam",
    )


def pynative_raises(pytorch, mindspore):
    """In PyNative mode without `ms.jit`, a step of `mindspore.nn.LazyAdam`
    with the gradients of `nn.EmbeddingLookup(..., sparse=True)` raises
    `ValueError`: the gradient is not seen as a sparse one, and its shape is
    that of the rows that were looked up.
    """
    del pytorch
    expect.raises(
        ValueError,
        lambda: mindspore.trained(nn.LazyAdam, jit=False),
        match="var_shape",
    )


def _law(side, lazy):
    lr, beta1, beta2, eps = 0.01, 0.9, 0.999, 1e-8
    table = side.start.astype(float)
    mean, square = np.zeros_like(table), np.zeros_like(table)
    for step, rows in enumerate(side.batches, 1):
        gradient = np.zeros_like(table)
        for row in rows:
            gradient[row] += 2 * table[row]
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
