# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn

start = np.arange(12, dtype=np.float32).reshape(4, 3) / 10
batches = [[0, 1], [1, 2], [1, 1]]


# %%
def trained(optimizer_class, jit=True):
    table = nn.EmbeddingLookup(
        4, 3, ms.Tensor(start), sparse=True
    )
    optimizer = optimizer_class(table.trainable_params(), 0.01)
    optimizer.target = "CPU"

    def loss_fn(rows):
        return table(rows).square().sum()

    grad_fn = ms.value_and_grad(
        loss_fn, None, optimizer.parameters
    )

    def step(rows):
        loss, gradients = grad_fn(rows)
        optimizer(gradients)
        return loss

    step = ms.jit(step) if jit else step
    for rows in batches:
        step(ms.Tensor(rows, ms.int32))
    return table.embedding_table.asnumpy()


# %%
lazy = trained(nn.LazyAdam)
print(lazy.round(4))

# %%
dense = trained(nn.Adam)
print(dense.round(4))

# %%
try:
    trained(nn.LazyAdam, jit=False)
except ValueError as error:
    refused = str(error).splitlines()[0]
print("ValueError:", refused)
